import { Button, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Money, When } from '../../../web/kit/figures.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { useCan } from '../../../web/session.ts'
import type { Account } from '../shapes.ts'
import { OpportunitySheet } from './opportunity-sheet.tsx'

/** The host's own chances here, each with the moment that counts against a registration. */
export function Opportunities({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const can = useCan()
  // By id, so that an open sheet follows its row when somebody else changes it.
  const [edited, setEdited] = useState<string | null>(null)
  const { data } = useRead(api.accounts.list_opportunities, { account_id: account.id, limit: 20, sort: '-first_seen' })
  const rows = data?.items ?? []
  const row = rows.find(({ id }) => id === edited)
  const mayKeep = can('accounts.save_opportunities') && !account.merged_into_id
  return (
    <Section
      title={t('opportunities.title')}
      beside={
        mayKeep && (
          <Button size="compact-sm" variant="subtle" onClick={() => setEdited('new')}>
            {t('opportunities.add')}
          </Button>
        )
      }
    >
      {data && rows.length === 0 && <p className="soft">{t('opportunities.none')}</p>}
      <ul className="tally">
        {rows.map((one) => (
          <li key={one.id} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto minmax(90px, auto)' }}>
            <span style={{ minInlineSize: 0 }}>
              {mayKeep ? (
                <UnstyledButton fw={560} c="var(--lagoon)" fz="inherit" onClick={() => setEdited(one.id)}>
                  {one.name}
                </UnstyledButton>
              ) : (
                <span className="strong">{one.name}</span>
              )}
              <span className="soft small" style={{ display: 'block' }}>
                {t('opportunities.seen')} <When at={one.first_seen_at} as="moment" />
                {one.opened_on && one.opened_on < one.first_seen_at.slice(0, 10) && (
                  <>
                    {' · '}
                    {t('opportunities.typed')} <When at={one.opened_on} />
                  </>
                )}
              </span>
            </span>
            <span className="soft small">{one.outcome ? t(`outcome.${one.outcome}`) : one.stage}</span>
            <span style={{ textAlign: 'end' }}>
              <Money minor={one.amount_minor} currency={one.currency} />
            </span>
          </li>
        ))}
      </ul>
      {rows.length > 0 && (
        <p className="soft small" style={{ marginBlockStart: 8, maxInlineSize: '72ch' }}>
          {t('opportunities.rule')}
        </p>
      )}
      {(edited === 'new' || row) && (
        <OpportunitySheet account={account} {...(row ? { opportunity: row } : {})} onClose={() => setEdited(null)} />
      )}
    </Section>
  )
}
