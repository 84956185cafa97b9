import type { ConflictKind } from './facts.ts'
import type { Rival } from './find-rivals.ts'
import type { DealState } from './queries.ts'

/** How others stand in a registration's way: the gravest way of all rivals that ask for the same scope. */
export function conflictAmong(rivals: readonly Rival[], deal: DealState): ConflictKind {
  // What is over meets nobody in a scope (`stands`). Bidders of one tender stand side by side; nobody's scope bars another's.
  const there = rivals.filter(
    (one) => one.same_scope && one.partner_id !== deal.partner_id && !(deal.deal_type === 'tender' && one.deal_type === 'tender'),
  )
  const same = there.filter((one) => one.band === 'same')
  if (same.some((one) => one.protection === 'protected')) return 'protected'
  if (same.some((one) => one.protection === 'held')) return 'held'
  if (same.length > 0) return 'queued'
  return there.length > 0 ? 'similar' : 'none'
}
