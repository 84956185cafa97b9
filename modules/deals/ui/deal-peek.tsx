import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { ClockRing } from '../../../web/kit/clock-ring.tsx'
import { Money } from '../../../web/kit/figures.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { monthText } from '../../../web/kit/locale.ts'
import { Facts } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import { DealState } from './deal-states.tsx'
import { useOutcome } from './deal-why.tsx'
import { countryOf, useCustomerName, worthOf } from './said.ts'
import { useRowLabel } from './usual-words.ts'

/** A look at a deal without leaving the list. */
export function DealPeek({ id }: { id: string }) {
  const { t } = useTranslation('deals')
  const { go } = useGo()
  const outcome = useOutcome()
  const labelOf = useRowLabel()
  const customerName = useCustomerName()
  const nameOf = useProductName()
  const { data: deal, error } = useRead(api.deals.get, { id })
  if (error) return <ErrorState error={error} />
  if (!deal) return <Waiting rows={5} />
  // That it was refused stands above already.
  const reason = deal.review === 'rejected' && deal.decision?.reasons.find((one) => one.hit)
  return (
    <div className="stack">
      <h2 className="honour" style={{ fontSize: '1.375rem' }}>
        {customerName(deal)}
      </h2>
      <div className="bar">
        <DealState deal={deal} />
        {deal.clock && <ClockRing clock={deal.clock} holder={deal.clock.holder} size={22} />}
      </div>
      {deal.decision && <p className="soft">{reason ? labelOf(reason.row, reason.label) : outcome(deal)}</p>}
      <Facts
        facts={[
          { label: t('field.amount'), value: <Money minor={worthOf(deal)} currency={deal.currency} />, isHonour: true },
          { label: t('field.partner'), value: deal.partner_name },
          { label: t('field.product'), value: nameOf(deal.product) },
          { label: t('field.country'), value: countryOf(deal) },
          { label: t('field.closes'), value: deal.closes_on && monthText(deal.closes_on) },
        ]}
      />
      <div>
        <Button variant="default" onClick={() => go(`deals/${deal.id}`)}>
          {t('record.open')}
        </Button>
      </div>
    </div>
  )
}
