import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useCan } from '../../../web/session.ts'
import type { Account } from '../shapes.ts'

/** The sites by which a registration is recognised as this account. */
export function AccountDomains({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const can = useCan()
  const act = useAct()
  const [text, setText] = useState('')
  const at = { version: account.version }
  const add = useWrite(api.accounts.add_domain, at)
  const remove = useWrite(api.accounts.remove_domain, at)
  const mayChange = can('accounts.update') && !account.merged_into_id
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (
      text.trim() &&
      (await act.run(() => add.mutateAsync({ id: account.id, domain: text.trim() }), t('domains.added', { domain: text.trim() })))
    )
      setText('')
  }
  const take = (domain: string) => act.run(() => remove.mutateAsync({ id: account.id, domain }), t('domains.removed', { domain }))
  return (
    <Section title={t('domains.title')}>
      <ul className="tally">
        {account.domain && (
          <li style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
            <span className="strong">{account.domain}</span>
            <span className="soft small">{t(account.shared_domain ? 'domains.shared' : 'domains.main')}</span>
          </li>
        )}
        {account.domains.map((domain) => (
          <li key={domain} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'center', paddingBlock: 5 }}>
            <span>{domain}</span>
            {mayChange && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('domains.remove', { domain })}
                onClick={() => void take(domain)}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <form onSubmit={(event) => void submit(event)} className="bar tight" style={{ marginBlockStart: 10, flexWrap: 'nowrap' }}>
          <TextInput
            size="xs"
            style={{ flex: 1 }}
            aria-label={t('domains.add')}
            placeholder={t('domains.example')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" type="submit" loading={act.isBusy}>
            {t('domains.do')}
          </Button>
        </form>
      )}
      <p role="alert" className="small" style={{ color: 'var(--brick)' }}>
        {act.failure}
      </p>
    </Section>
  )
}
