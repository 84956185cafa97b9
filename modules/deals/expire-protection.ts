import { addCalendarDays } from '../../kernel/calendar.ts'
import type { Ctx, DueClock } from '../../kernel/module.ts'
import { expired, hold_lapsed, protection_warned } from './contract.ts'
import { changeDeal, freeScope, startWarningClock, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { dealForUpdate } from './queries.ts'
import { PROTECTION, REVIEW } from './rules.ts'

/** A protection came to its end: the scope is free. */
export async function expireProtection(ctx: Ctx, { subject_id }: DueClock): Promise<void> {
  const deal = await dealForUpdate(ctx, subject_id)
  if (deal.protection !== 'protected') return
  await freeScope(ctx, deal)
  await changeDeal(ctx, deal.id, { protection: PROTECTION.move(deal.protection, 'expire') })
  ctx.emit(expired, { deal_id: deal.id, partner_id: deal.partner_id })
}

/** Warns the partner that a protection ends soon, and sets the next warning. */
export async function warnProtection(ctx: Ctx, { subject_id }: DueClock): Promise<void> {
  const deal = await dealForUpdate(ctx, subject_id)
  if (deal.protection !== 'protected' || !deal.protected_until) return
  const terms = await termsOf(ctx, await partnerOf(ctx, deal.partner_id))
  const days = Math.max(0, Math.round((Date.parse(deal.protected_until) - Date.parse(ctx.now)) / 86_400_000))
  ctx.emit(protection_warned, { deal_id: deal.id, partner_id: deal.partner_id, days })
  // Looked for after this moment, so that the warning just given is not given again.
  const later = terms.warn_days.filter(
    (warn) => Date.parse(addCalendarDays('UTC', deal.protected_until ?? '', -warn)) > Date.parse(ctx.now),
  )
  await startWarningClock(ctx, deal, deal.protected_until, later)
}

/** Evidence did not follow in time: the place in line is given up. */
export async function lapseHold(ctx: Ctx, { subject_id }: DueClock): Promise<void> {
  const deal = await dealForUpdate(ctx, subject_id)
  if (deal.review !== 'submitted' || deal.protection !== 'held') return
  await freeScope(ctx, deal)
  await changeDeal(ctx, deal.id, {
    review: REVIEW.move(deal.review, 'lapse'),
    protection: PROTECTION.move(deal.protection, 'lapse'),
  })
  ctx.emit(hold_lapsed, { deal_id: deal.id, partner_id: deal.partner_id })
}
