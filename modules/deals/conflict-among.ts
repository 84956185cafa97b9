import type { ConflictKind } from './facts.ts'
import type { Rival } from './find-rivals.ts'
import type { DealState } from './queries.ts'

/** How others stand in a registration's way: the gravest way of all rivals that ask for the same scope. */
export function conflictAmong(rivals: readonly Rival[], deal: DealState, now: string): ConflictKind {
  // Bidders of one tender stand side by side; nobody's scope bars another's.
  const there = rivals.filter(
    (one) => one.same_scope && one.partner_id !== deal.partner_id && !(deal.deal_type === 'tender' && one.deal_type === 'tender'),
  )
  const same = there.filter((one) => one.band === 'same')
  const lasts = (one: Rival) => one.protection === 'protected' && Date.parse(one.protected_until ?? '') > Date.parse(now)
  if (same.some(lasts)) return 'protected'
  if (same.some((one) => one.protection === 'held')) return 'held'
  if (same.some((one) => one.review !== 'approved')) return 'queued'
  return there.some((one) => one.band === 'review' && one.review !== 'approved') ||
    there.some((one) => one.band === 'review' && lasts(one))
    ? 'similar'
    : 'none'
}
