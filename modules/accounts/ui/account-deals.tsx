import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { DealTally } from '../../deals/ui/deal-tally.tsx'
import type { Account } from '../shapes.ts'

const SHOWN = 100

/** Registrations of partners that were matched to this account. */
export function AccountDeals({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const { data } = useRead(api.deals.list, { account_id: account.id, limit: SHOWN })
  if (!data) return null
  return (
    <Section title={t('deals.title')}>
      {data.items.length === 0 && <p className="soft">{t('deals.none')}</p>}
      <DealTally deals={data.items} nameOf={(deal) => deal.partner_name} />
    </Section>
  )
}
