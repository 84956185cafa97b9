import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { DealTally } from '../../deals/ui/deal-tally.tsx'
import { useCustomerName } from '../../deals/ui/said.ts'
import type { Partner } from '../shapes.ts'

const SHOWN = 8

/** The partner's registrations, the newest first. */
export function PartnerDeals({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const customerName = useCustomerName()
  const { data } = useRead(api.deals.list, { partner_id: partner.id, limit: SHOWN, sort: '-created_at' })
  if (!data) return null
  return (
    <Section title={t('deals.title')}>
      {data.items.length === 0 && <p className="soft">{t('deals.none', { name: partner.name })}</p>}
      <DealTally deals={data.items} nameOf={customerName} />
      {data.next && (
        <p style={{ marginBlockStart: 8 }}>
          <Go to={`deals?partner_id=${partner.id}`}>{t('deals.all')}</Go>
        </p>
      )}
    </Section>
  )
}
