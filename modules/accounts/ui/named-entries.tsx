import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useCan } from '../../../web/session.ts'
import type { Account } from '../shapes.ts'

/** When the account was on the named list; a later entry never undoes a registration. */
export function NamedEntries({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const can = useCan()
  const act = useAct()
  const end = useWrite(api.accounts.remove_named)
  if (account.named.length === 0) return null
  return (
    <Section title={t('named.list')}>
      <ul className="tally">
        {account.named.map((entry) => (
          <li key={entry.id} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <span>
              <When at={entry.from_on} /> – {entry.until_on ? <When at={entry.until_on} /> : t('named.open')}
            </span>
            <span className="soft small">
              {entry.note && `${entry.note} · `}
              {t('named.recorded')} <When at={entry.recorded_at} as="moment" />
            </span>
          </li>
        ))}
      </ul>
      <p className="soft small" style={{ marginBlockStart: 8 }}>
        {t('named.rule')}
      </p>
      {account.is_named && can('accounts.name') && (
        <Button
          size="xs"
          variant="default"
          loading={act.isBusy}
          style={{ marginBlockStart: 8 }}
          onClick={() => void act.run(() => end.mutateAsync({ id: account.id }), t('named.ended', { name: account.name }))}
        >
          {t('named.end')}
        </Button>
      )}
      <p role="alert" style={{ color: 'var(--brick)' }}>
        {act.failure}
      </p>
    </Section>
  )
}
