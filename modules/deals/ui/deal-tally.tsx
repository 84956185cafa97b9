import type { ReactNode } from 'react'
import { Money } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import type { DealRow } from '../shapes.ts'
import { DealState } from './deal-states.tsx'
import { worthOf } from './said.ts'

/** A few registrations as lines, on the page of what they belong to. */
export function DealTally({ deals, nameOf }: { deals: DealRow[]; nameOf: (deal: DealRow) => ReactNode }) {
  const productName = useProductName()
  return (
    <ul className="tally">
      {deals.map((deal) => (
        <li
          key={deal.id}
          style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, auto) minmax(90px, auto)', alignItems: 'center' }}
        >
          <span className="ellipsis">
            <Go to={`deals/${deal.id}`}>{nameOf(deal)}</Go> <span className="soft small">{productName(deal.product)}</span>
          </span>
          <DealState deal={deal} />
          <span style={{ textAlign: 'end' }}>
            <Money minor={worthOf(deal)} currency={deal.currency} />
          </span>
        </li>
      ))}
    </ul>
  )
}
