import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Money } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { DealState } from '../../deals/ui/deal-states.tsx'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import type { Account } from '../shapes.ts'

const SHOWN = 100

/** Registrations of partners that were matched to this account. */
export function AccountDeals({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const productName = useProductName()
  const { data } = useRead(api.deals.list, { account_id: account.id, limit: SHOWN })
  if (!data) return null
  const rows = data.items
  return (
    <Section title={t('deals.title')}>
      {rows.length === 0 && <p className="soft">{t('deals.none')}</p>}
      <ul className="tally">
        {rows.map((deal) => (
          <li
            key={deal.id}
            style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, auto) minmax(90px, auto)', alignItems: 'center' }}
          >
            <span className="ellipsis">
              <Go to={`deals/${deal.id}`}>{deal.partner_name}</Go> <span className="soft small">{productName(deal.product)}</span>
            </span>
            <DealState deal={deal} />
            <span style={{ textAlign: 'end' }}>
              <Money minor={deal.amount_minor} currency={deal.currency} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
