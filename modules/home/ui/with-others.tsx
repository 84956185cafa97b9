import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { InboxItem } from '../../../web/kit/inbox.tsx'
import { dotted, moneyText } from '../../../web/kit/locale.ts'
import { useClockWords } from '../../../web/kit/use-clock-words.ts'
import type { Side } from '../../../web/pages.ts'
import { useCan } from '../../../web/session.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'

const SHOWN = 6

/** Deals whose ball the other side holds: seen with their clock, so nobody has to ask. */
export function useOthers(side: Side): InboxItem[] {
  const { t } = useTranslation('deals')
  const words = useClockWords()
  const can = useCan()
  const nameOf = useProductName()
  const { data } = useRead(
    api.deals.list,
    { review: ['submitted', 'under_review', 'info_requested'], limit: 50 },
    { enabled: can('deals.read') },
  )
  const rows = (data?.items ?? []).filter((deal) => deal.clock && deal.clock.ball !== side)
  const due = (at: string | null | undefined) => at ?? '9999'
  return rows
    .sort((a, b) => due(a.clock?.due_at).localeCompare(due(b.clock?.due_at)))
    .slice(0, SHOWN)
    .map((deal) => ({
      key: deal.id,
      what: deal.account_name,
      why: dotted([
        t(deal.protection === 'held' ? 'protection.held' : `review.${deal.review}`),
        nameOf(deal.product),
        moneyText(deal.amount_minor, deal.currency),
        deal.clock && words(deal.clock, deal.clock.holder ?? (side === 'inner' ? deal.partner_name : null)),
      ]),
      to: `deals/${deal.id}`,
      clock: deal.clock,
    }))
}
