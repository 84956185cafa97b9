import { sql } from 'kysely'
import { addCalendarDays, addWorkingDays } from '../../kernel/calendar.ts'
import { endClocks, startClock } from '../../kernel/clocks.ts'
import type { Ctx } from '../../kernel/module.ts'
import { approved, rejected, released } from './contract.ts'
import { familiesOf } from './find-rivals.ts'
import type { DealPartner } from './partner-of.ts'
import type { DealState } from './queries.ts'
import { PROTECTION, REVIEW } from './rules.ts'
import { type Scope, scopeRows } from './scopes.ts'
import { type Terms, termsFor } from './terms.ts'
import type { Weighed } from './weigh-deal.ts'

const ZONE = 'UTC'

/** Changes a deal's row and counts its version; it leaves at once, so that what is asked next sees it without waiting for it. */
export async function changeDeal(ctx: Ctx, id: string, values: Record<string, unknown>): Promise<void> {
  await ctx.ask(
    ctx.db
      .updateTable('deals')
      .set({ ...values, updated_at: ctx.now, version: sql`version + 1` })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('id', '=', id),
  )
}

const about = (deal: Pick<DealState, 'id' | 'partner_id'>) => ({
  subject_type: 'deals',
  subject_id: deal.id,
  party_id: deal.partner_id,
})
export const termsOf = (ctx: Ctx, partner: DealPartner): Promise<Terms> => termsFor(ctx, partner)

/** Ends what a deal holds; its scope is free from now on. */
export async function freeScope(ctx: Ctx, deal: Pick<DealState, 'id'>): Promise<void> {
  await ctx.db
    .updateTable('protections')
    .set({ ended_at: ctx.now })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('deal_id', '=', deal.id)
    .where('ended_at', 'is', null)
    .execute()
}

/** Takes the scopes of its products until a moment; false, and none is taken, where the database says that another holds one. */
export async function takeScope(ctx: Ctx, deal: DealState, scope: Scope): Promise<boolean> {
  await freeScope(ctx, deal)
  const scopes = scopeRows(ctx, deal, scope)
  const stored = await ctx.db
    .insertInto('protections')
    .values(scopes)
    .onConflict((held) => held.doNothing())
    .execute()
  const taken = stored.reduce((sum, { numInsertedOrUpdatedRows = 0n }) => sum + Number(numInsertedOrUpdatedRows), 0)
  if (taken === scopes.length) return true
  // All of its scopes or none.
  if (taken > 0) await freeScope(ctx, deal)
  return false
}

/** Takes the scope until a moment and changes the deal with it; false where the database says that another holds it, and the deal stands as it did. */
async function takeWith(
  ctx: Ctx,
  deal: DealState,
  weighed: Weighed,
  { until_at, ...change }: Partial<DealState> & { until_at: string },
): Promise<boolean> {
  const scope = { account_key: weighed.account_key, families: familiesOf(deal, weighed.families), until_at }
  if (!(await takeScope(ctx, deal, scope))) return false
  await changeDeal(ctx, deal.id, change)
  return true
}

/** Starts the clock of a protection's end and the first of its warnings. */
export async function startProtectionClocks(
  ctx: Ctx,
  deal: DealState,
  until_at: string,
  warn_days: readonly number[],
): Promise<void> {
  const clock = { name: 'deals.protection', ...about(deal), ball: 'outer' as const, due_at: until_at }
  await Promise.all([startClock(ctx, clock), startWarningClock(ctx, deal, until_at, warn_days)])
}

/** The next warning that still lies ahead, if any. */
export const nextWarning = (ctx: Ctx, until_at: string, warn_days: readonly number[]): string | undefined =>
  [...warn_days]
    .sort((a, b) => b - a)
    .map((days) => addCalendarDays(ZONE, until_at, -days))
    .find((at) => Date.parse(at) > Date.parse(ctx.now))

/** Starts the clock of the next warning. */
export async function startWarningClock(
  ctx: Ctx,
  deal: DealState,
  until_at: string,
  warn_days: readonly number[],
): Promise<void> {
  const next = nextWarning(ctx, until_at, warn_days)
  if (next) await startClock(ctx, { name: 'deals.warning', ...about(deal), ball: 'outer', due_at: next })
  else await endClocks(ctx, about(deal), ['deals.warning'])
}

const CLOCKS = ['deals.review', 'deals.hold', 'deals.protection', 'deals.warning', 'deals.price']
const endReviewClocks = (ctx: Ctx, deal: DealState): Promise<void> => endClocks(ctx, about(deal), ['deals.review', 'deals.hold'])

/** Approves and protects the scope; false, and nothing is changed, where another holds it. */
export async function approveScope(
  ctx: Ctx,
  deal: DealState,
  weighed: Weighed,
  decided_by: string | null = null,
): Promise<boolean> {
  const { terms } = weighed
  const until_at = addCalendarDays(ZONE, ctx.now, terms.protection_days)
  const taken = await takeWith(ctx, deal, weighed, {
    until_at,
    review: REVIEW.move(deal.review, 'approve'),
    protection: PROTECTION.move(deal.protection, 'protect'),
    protected_until: until_at,
    completed_at: deal.completed_at,
    decided_at: ctx.now,
    decided_by,
    reason_code: null,
    reason_text: null,
    free_products: [],
  })
  if (!taken) return false
  await endReviewClocks(ctx, deal)
  // A won deal keeps its scope to its end without a clock.
  if (deal.stage !== 'won') await startProtectionClocks(ctx, deal, until_at, terms.warn_days)
  ctx.emit(approved, { deal_id: deal.id, partner_id: deal.partner_id })
  return true
}

/** Keeps the place in line while evidence follows; false, and nothing is changed, where another holds the scope. */
export async function holdScope(ctx: Ctx, deal: DealState, weighed: Weighed): Promise<boolean> {
  const { terms } = weighed
  const { calendar } = weighed.partner
  const until_at = calendar
    ? addWorkingDays(calendar, ctx.now, terms.hold_working_days)
    : addCalendarDays(ZONE, ctx.now, terms.hold_working_days + 2)
  const taken = await takeWith(ctx, deal, weighed, {
    until_at,
    review: deal.review,
    protection: PROTECTION.move(deal.protection, 'hold'),
    completed_at: deal.completed_at,
    protected_until: null,
  })
  if (!taken) return false
  await startClock(ctx, {
    name: 'deals.hold',
    ...about(deal),
    ball: 'outer',
    due_at: until_at,
    holder_id: deal.partner_member_id,
  })
  return true
}

/** Gives it to a person of the host, against the host's clock. */
export async function reviewScope(ctx: Ctx, deal: DealState, weighed: Weighed): Promise<void> {
  await changeDeal(ctx, deal.id, {
    review: deal.review === 'under_review' ? 'under_review' : REVIEW.move(deal.review, 'review'),
    completed_at: deal.completed_at,
  })
  await startReviewClock(ctx, deal, weighed)
}

export async function startReviewClock(
  ctx: Ctx,
  deal: DealState,
  { partner, terms }: Pick<Weighed, 'partner' | 'terms'>,
): Promise<void> {
  await endClocks(ctx, about(deal), ['deals.hold'])
  await startClock(ctx, {
    name: 'deals.review',
    ...about(deal),
    ball: 'inner',
    holder_id: partner.manager_id,
    calendar: partner.calendar,
    minutes: terms.review_working_hours * 60,
  })
}

export interface Rejection {
  reason_code: string
  reason_text?: string
  free_products?: string[]
  decided_by?: string | null
}

export async function rejectScope(
  ctx: Ctx,
  deal: DealState,
  { reason_code, reason_text, free_products = [], decided_by = null }: Rejection,
): Promise<void> {
  await endClocks(ctx, about(deal), CLOCKS)
  await freeScope(ctx, deal)
  await changeDeal(ctx, deal.id, {
    review: REVIEW.move(deal.review, 'reject'),
    protection: PROTECTION.can(deal.protection, 'release') ? PROTECTION.move(deal.protection, 'release') : deal.protection,
    completed_at: deal.completed_at,
    decided_at: ctx.now,
    decided_by,
    reason_code,
    reason_text: reason_text ?? null,
    free_products,
  })
  ctx.emit(rejected, { deal_id: deal.id, partner_id: deal.partner_id, reason_code })
}

/** Lets go of everything that a deal holds, as when its partner is suspended or it is withdrawn. */
export async function releaseScope(ctx: Ctx, deal: DealState): Promise<void> {
  await endClocks(ctx, about(deal), CLOCKS)
  await freeScope(ctx, deal)
  if (!PROTECTION.can(deal.protection, 'release')) return
  await changeDeal(ctx, deal.id, { protection: PROTECTION.move(deal.protection, 'release') })
  ctx.emit(released, { deal_id: deal.id, partner_id: deal.partner_id })
}
