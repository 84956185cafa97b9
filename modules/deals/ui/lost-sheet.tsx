import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskSheet } from '../../../web/kit/sheet.tsx'

/** Why it was lost, before it is. */
export function LostSheet({ name, onClose, onLose }: { name: string; onClose: () => void; onLose: (reason: string) => void }) {
  const { t } = useTranslation('deals')
  const [reason, setReason] = useState('')
  return (
    <AskSheet
      title={t('lost.title', { name })}
      onClose={onClose}
      doing={t('lost.do')}
      isBusy={false}
      failure=""
      onSubmit={() => onLose(reason.trim())}
    >
      <Textarea
        data-autofocus
        autosize
        minRows={3}
        label={t('lost.reason')}
        description={t('lost.text')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </AskSheet>
  )
}
