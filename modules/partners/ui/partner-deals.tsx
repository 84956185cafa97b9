import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Money } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { DealState } from '../../deals/ui/deal-states.tsx'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import type { Partner } from '../shapes.ts'

const SHOWN = 8

/** The partner's registrations, the newest first. */
export function PartnerDeals({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const productName = useProductName()
  const { data } = useRead(api.deals.list, { partner_id: partner.id, limit: SHOWN, sort: '-created_at' })
  if (!data) return null
  return (
    <Section title={t('deals.title')}>
      {data.items.length === 0 && <p className="soft">{t('deals.none', { name: partner.name })}</p>}
      <ul className="tally">
        {data.items.map((deal) => (
          <li
            key={deal.id}
            style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, auto) minmax(90px, auto)', alignItems: 'center' }}
          >
            <span className="ellipsis">
              <Go to={`deals/${deal.id}`}>{deal.account_name}</Go> <span className="soft small">{productName(deal.product)}</span>
            </span>
            <DealState deal={deal} />
            <span style={{ textAlign: 'end' }}>
              <Money minor={deal.amount_minor} currency={deal.currency} />
            </span>
          </li>
        ))}
      </ul>
      {data.next && (
        <p style={{ marginBlockStart: 8 }}>
          <Go to={`deals?partner_id=${partner.id}`}>{t('deals.all')}</Go>
        </p>
      )}
    </Section>
  )
}
