import { addCalendarDays, addWorkingDays } from '../../kernel/calendar.ts'
import type { NewClock } from '../../kernel/clocks.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { Said } from './judge-deal.ts'
import { nextWarning } from './outcomes.ts'
import type { DealState } from './queries.ts'
import { PROTECTION, REVIEW } from './rules.ts'
import type { Weighing } from './weigh-many.ts'

/** What becomes of a new registration: the deal as it will stand, the scope it takes, and its clocks. */
export interface Outcome {
  decision: string
  deal: DealState
  until_at: string | null
  clocks: NewClock[]
}

const ZONE = 'UTC'

const about = (deal: DealState) => ({
  subject_type: 'deals',
  subject_id: deal.id,
  party_id: deal.partner_id,
  ball: 'outer' as const,
})

function approved(ctx: Ctx, deal: DealState, { terms }: Weighing): Outcome {
  const until_at = addCalendarDays(ZONE, ctx.now, terms.protection_days)
  const warned_at = nextWarning(ctx, until_at, terms.warn_days)
  const stands = {
    ...deal,
    review: REVIEW.move(deal.review, 'approve'),
    protection: PROTECTION.move(deal.protection, 'protect'),
    protected_until: until_at,
    decided_at: ctx.now,
  }
  const clocks: NewClock[] = [{ name: 'deals.protection', ...about(deal), due_at: until_at }]
  if (warned_at) clocks.push({ name: 'deals.warning', ...about(deal), due_at: warned_at })
  return { decision: 'approve', deal: stands, until_at, clocks }
}

function held(ctx: Ctx, deal: DealState, { terms, partner: { calendar } }: Weighing): Outcome {
  const until_at = calendar
    ? addWorkingDays(calendar, ctx.now, terms.hold_working_days)
    : addCalendarDays(ZONE, ctx.now, terms.hold_working_days + 2)
  const clock: NewClock = { name: 'deals.hold', ...about(deal), due_at: until_at, holder_id: deal.partner_member_id }
  return { decision: 'hold', deal: { ...deal, protection: PROTECTION.move(deal.protection, 'hold') }, until_at, clocks: [clock] }
}

function reviewed(deal: DealState, { terms, partner }: Weighing): Outcome {
  const clock: NewClock = {
    ...about(deal),
    name: 'deals.review',
    ball: 'inner',
    holder_id: partner.manager_id,
    calendar: partner.calendar,
    minutes: terms.review_working_hours * 60,
  }
  return { decision: 'review', deal: { ...deal, review: REVIEW.move(deal.review, 'review') }, until_at: null, clocks: [clock] }
}

/** What becomes of a new registration by what the table says of it; where the scope that it would take is not free, a person looks. */
export function planOutcome(
  ctx: Ctx,
  deal: DealState,
  weighed: Weighing,
  { told, refusal, isFree }: Said & { isFree: boolean },
): Outcome {
  const at = { ...deal, completed_at: weighed.completed_at }
  if (told === 'reject') {
    const stands = { ...at, review: REVIEW.move(deal.review, 'reject'), decided_at: ctx.now, ...refusal }
    return { decision: 'reject', deal: stands, until_at: null, clocks: [] }
  }
  if (told === 'approve' && isFree) return approved(ctx, at, weighed)
  if (told === 'hold' && isFree) return held(ctx, at, weighed)
  return reviewed(at, weighed)
}
