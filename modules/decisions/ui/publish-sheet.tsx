import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { RuleDocument } from '../contract.ts'
import { useTitleWords } from './usual-words.ts'

/** Puts a tested document in force, now or from a moment to come; or ends a published one. */
export function PublishSheet({ document, isEnd, onClose }: { document: RuleDocument; isEnd: boolean; onClose: () => void }) {
  const { t } = useTranslation('decisions')
  const act = useAct()
  const publish = useWrite(api.decisions.publish, { version: document.version })
  const retire = useWrite(api.decisions.retire, { version: document.version })
  const [from, setFrom] = useState('')
  const what = isEnd ? 'retire' : 'publish'
  const title = useTitleWords()(document.title)
  const submit = async () => {
    const when = from ? { from: new Date(from).toISOString() } : {}
    const send = () => (isEnd ? retire.mutateAsync({ id: document.id }) : publish.mutateAsync({ id: document.id, ...when }))
    if (await act.run(send, t(`${what}.done`, { title }))) onClose()
  }
  return (
    <AskSheet
      title={t(`${what}.title`, { title, number: document.number })}
      doing={t(`${what}.do`)}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
      isGrave={isEnd}
    >
      <p className="soft">{t(`${what}.text`)}</p>
      {!isEnd && (
        <TextInput
          type="datetime-local"
          label={t('publish.from')}
          description={t('publish.from_text')}
          value={from}
          error={act.issues.from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      )}
    </AskSheet>
  )
}
