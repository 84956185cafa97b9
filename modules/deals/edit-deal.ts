import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type edit, edited } from './contract.ts'
import { columnsOf, type Fields, refuseUnusedCurrency, writeKeys } from './new-deal.ts'
import { changeDeal, startReviewClock, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { type DealState, dealForUpdate, getDeal } from './queries.ts'
import { CLOSED, REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'

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

/** Writes what was typed anew of a deal and tells of it; gives the deal as it stands then. */
export async function changeFields(ctx: Ctx, deal: DealState, fields: Fields): Promise<DealState> {
  const values = columnsOf(fields)
  const after = { ...deal, ...values } as DealState
  const moved = SCOPE.filter((column) => String(after[column]) !== String(deal[column]))
  if (moved.length > 0 && !OPEN.has(deal.review))
    throw new Refusal(
      'conflict',
      `${moved[0]}: a registered scope does not change; withdraw the deal and register the other scope`,
    )
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

/** Changes a deal. What is registered keeps its scope; a value raised beyond the terms is reviewed anew, its protection stays. */
export async function editDeal(ctx: Ctx, { id, ...fields }: Input<typeof edit>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (CLOSED.includes(deal.review)) throw new Refusal('conflict', 'This deal is closed; register it anew')
  const after = await changeFields(ctx, deal, fields)
  const partner = await partnerOf(ctx, deal.partner_id)
  const terms = await termsOf(ctx, partner)
  if (
    deal.review === 'approved' &&
    after.currency === deal.currency &&
    after.amount_minor * 100 > deal.amount_minor * (100 + terms.amend_review_percent)
  ) {
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
