import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useNow } from '../../../web/kit/now.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { Account } from '../shapes.ts'

/** Puts an account on the named list from a day. */
export function NamedSheet({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation('accounts')
  const today = new Date(useNow()).toISOString().slice(0, 10)
  const act = useAct()
  const write = useWrite(api.accounts.add_named)
  const [from_on, setFrom] = useState(today)
  const [until_on, setUntil] = useState('')
  const [note, setNote] = useState('')
  const submit = async () => {
    const input = { id: account.id, from_on, until_on: until_on || null, note: note.trim() }
    if (await act.run(() => write.mutateAsync(input), t('named.done', { name: account.name }))) onClose()
  }
  return (
    <AskSheet
      title={t('named.title', { name: account.name })}
      doing={t('named.add')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">{t('named.text')}</p>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
        <TextInput
          type="date"
          label={t('named.from')}
          value={from_on}
          error={act.issues.from_on}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('named.until')}
          value={until_on}
          error={act.issues.until_on}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label={t('named.why')}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </AskSheet>
  )
}
