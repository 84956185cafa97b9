import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type edit, edited } from './contract.ts'
import { columnsOf, type Fields, refuseUnusedCurrency, writeKeys } from './new-deal.ts'
import { changeDeal, startReviewClock, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { planValue } from './plan-value.ts'
import { askPriceAnew } from './price-clock.ts'
import { type DealState, dealForUpdate, getDeal } from './queries.ts'
import { CLOSED, REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'
import { weighDeal } from './weigh-deal.ts'

const SCOPE = [
  'account_name',
  'account_domain',
  'country',
  'product',
  'more_products',
  'deal_type',
  'tender',
  'customer_number',
] as const
const OPEN = new Set(['draft', 'info_requested', 'lapsed'])

const scopeMoved = (deal: DealState, after: DealState) => SCOPE.filter((column) => String(after[column]) !== String(deal[column]))

/** Writes what was typed anew of a deal and tells of it; gives the deal as it stands then. */
export async function changeFields(ctx: Ctx, deal: DealState, fields: Fields): Promise<DealState> {
  const values = columnsOf(fields)
  // What was granted or refused stays so until another price is asked.
  if (values.discount_asked_bps === deal.discount_asked_bps) delete values.price
  const after = { ...deal, ...values } as DealState
  const [moved] = scopeMoved(deal, after)
  if (moved && (!OPEN.has(deal.review) || deal.protection === 'protected'))
    throw new Refusal('conflict', `${moved}: a registered scope does not change; withdraw the deal and register the other scope`)
  if (after.currency !== deal.currency) await refuseUnusedCurrency(ctx, after, null)
  const changes = Object.fromEntries(
    Object.entries(values)
      .filter(([key, value]) => deal[key as keyof DealState] !== value)
      .map(([key, value]) => [key, [deal[key as keyof DealState], value] as const]),
  )
  await changeDeal(ctx, deal.id, values)
  if (deal.review !== 'draft') await writeKeys(ctx, after)
  ctx.emit(edited, { deal_id: deal.id, partner_id: deal.partner_id }, { changes: withoutPersons(changes) })
  return after
}

/** The value at plan rate of the last approval; null where it was not known then. */
async function approvedValue(ctx: Ctx, id: string): Promise<number | null> {
  const last = await ctx.db
    .selectFrom('decisions')
    .select(sql<number | null>`(facts ->> 'value_plan_minor')::float8`.as('value'))
    .where('tenant_id', '=', ctx.tenant_id)
    .where('subject_type', '=', 'deals')
    .where('subject_id', '=', id)
    .where('kind', '=', 'deals.review')
    .where('outcome', '=', 'approve')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.value ?? null
}

/** Whether a value is raised beyond so many percent, counted from the last approval: small steps and another currency come to the same. */
async function isRaisedBeyond(ctx: Ctx, deal: DealState, after: DealState, percent: number): Promise<boolean> {
  if (after.amount_minor === deal.amount_minor && after.currency === deal.currency) return false
  const value = await planValue(ctx, after.amount_minor, after.currency)
  const before = (await approvedValue(ctx, deal.id)) ?? (await planValue(ctx, deal.amount_minor, deal.currency))
  // Values that no plan rate compares are compared in their own currency, or looked at by a person.
  if (value === null || before === null)
    return after.currency !== deal.currency || after.amount_minor * 100 > deal.amount_minor * (100 + percent)
  return value * 100 > before * (100 + percent)
}

/** Changes a deal. What is registered keeps its scope; a value raised beyond the terms is reviewed anew, its protection stays. */
export async function editDeal(ctx: Ctx, { id, ...fields }: Input<typeof edit>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (CLOSED.includes(deal.review)) throw new Refusal('conflict', 'This deal is closed; register it anew')
  const after = await changeFields(ctx, deal, fields)
  // Whoever names another customer, product or country where it was asked back takes the next place in line for that one.
  if (deal.review === 'info_requested' && scopeMoved(deal, after).length > 0)
    await changeDeal(ctx, id, { completed_at: (await weighDeal(ctx, after, true)).completed_at })
  if (deal.review !== 'approved') return getDeal(ctx, { id })
  const partner = await partnerOf(ctx, deal.partner_id)
  const terms = await termsOf(ctx, partner)
  if (after.discount_asked_bps !== deal.discount_asked_bps) await askPriceAnew(ctx, after)
  if (await isRaisedBeyond(ctx, deal, after, terms.amend_review_percent)) {
    await changeDeal(ctx, id, { review: REVIEW.move(deal.review, 'review') })
    await startReviewClock(ctx, after, { partner, terms })
  }
  return getDeal(ctx, { id })
}

// The event log keeps no personal data: that a contact changed is said, not how.
const withoutPersons = (changes: Record<string, readonly [unknown, unknown]>) =>
  Object.fromEntries(
    Object.entries(changes).map(([key, change]) => [
      key,
      key.startsWith('contact_') || key === 'evidence_note' || key === 'description' ? ([null, null] as const) : change,
    ]),
  )
