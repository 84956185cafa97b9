import { endClock } from '../../kernel/clocks.ts'
import type { Input } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { recordDecision } from '../decisions/decide.ts'
import { decided, type overrule, type supersede, superseded } from './contract.ts'
import { compareCustomers } from './customer.ts'
import { microsOf } from './micros.ts'
import { approveScope, changeDeal, releaseScope } from './outcomes.ts'
import { type DealState, dealForUpdate, getDeal, lockedDeal } from './queries.ts'
import { REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'
import { usualReason } from './usual-reasons.ts'
import { customerOf, weighDeal } from './weigh-deal.ts'

const CLAUSE = 10
const OVER = new Set(['won', 'lost'])

interface Ending {
  by: 'partner' | 'customer' | 'host'
  reason_code: 'superseded' | 'customer_word' | 'handed_over'
  text: string
  /** Told to the partner only where it is its own. */
  by_deal_id: string | null
  opportunity_id?: string | null
  written_on?: string | null
}

/** Ends a registration whose scope is free already, since another took its place; what the host alone may know stays with the host. */
export async function endSuperseded(ctx: Ctx, deal: DealState, ending: Ending): Promise<void> {
  const review = REVIEW.move(deal.review, 'supersede')
  if (OVER.has(deal.stage)) throw new Refusal('conflict', `This deal is ${deal.stage}; only an open one can be superseded`)
  const { by, reason_code, text, by_deal_id, opportunity_id = null, written_on = null } = ending
  await endClock(ctx, { name: 'deals.price', subject_type: 'deals', subject_id: deal.id })
  await changeDeal(ctx, deal.id, { review, reason_code, reason_text: text || null })
  await ctx.db
    .insertInto('deal_successions')
    .values({
      tenant_id: ctx.tenant_id,
      deal_id: deal.id,
      party_id: by === 'partner' ? deal.partner_id : null,
      decided_by: by,
      by_deal_id,
      opportunity_id,
      written_on,
      at: ctx.now,
    })
    .execute()
  const clause = by === 'customer' ? CLAUSE : null
  const label = by === 'customer' ? "The customer's written word" : by === 'host' ? 'Handed on by the host' : 'Registered anew'
  recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: deal.id,
    partner_id: deal.partner_id,
    outcome: 'supersede',
    by: 'person',
    facts: written_on ? { written_on } : {},
    reasons: [{ row: reason_code, label, hit: true, clause, comparisons: [] }],
    note: text || null,
  })
  const about = { deal_id: deal.id, partner_id: deal.partner_id }
  ctx.emit(superseded, { ...about, by })
  if (by !== 'partner') ctx.emit(decided, { ...about, outcome: 'supersede', by: 'person', clause })
}

/** The row of another deal that the caller sees, locked; its version is not what the request speaks of. */
async function otherForUpdate(ctx: Ctx, id: string, field: string): Promise<DealState> {
  const row = await lockedDeal(ctx, id)
  if (!row) throw invalid([{ path: field, message: 'there is no such deal, or it is not yours to see' }])
  return row
}

/** Whether two registrations may be for one customer: by what was typed, or since the host found one account for both, which a partner cannot ask. */
async function sameCustomer(ctx: Ctx, a: DealState, b: DealState): Promise<boolean> {
  if (compareCustomers(customerOf(a), customerOf(b)).band !== 'different') return true
  const found = await ctx.db
    .selectFrom('deal_inners')
    .select('account_id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('deal_id', 'in', [a.id, b.id])
    .where('account_id', 'is not', null)
    .execute()
  return found.length === 2 && found[0]?.account_id === found[1]?.account_id
}

const ALIVE = new Set(['submitted', 'under_review', 'info_requested', 'approved'])

/** A partner registered the customer anew, as for another scope: the later registration takes the earlier one's place. */
export async function supersedeDeal(ctx: Ctx, { id, by_id, text }: Input<typeof supersede>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  const later = await otherForUpdate(ctx, by_id, 'by_id')
  const problem =
    later.partner_id !== deal.partner_id
      ? 'is of another partner'
      : !ALIVE.has(later.review)
        ? `is ${later.review}; it must be registered and not refused`
        : microsOf(later.completed_at ?? '') <= microsOf(deal.completed_at ?? '')
          ? 'was registered before this one'
          : (await sameCustomer(ctx, deal, later))
            ? null
            : 'is for another customer'
  if (problem) throw new Refusal('conflict', `by_id: that registration ${problem}`)
  await releaseScope(ctx, deal)
  await endSuperseded(ctx, deal, { by: 'partner', reason_code: 'superseded', text, by_deal_id: by_id })
  return getDeal(ctx, { id })
}

/** The registration that the customer chose is approved, whatever the queue said. */
async function favour(ctx: Ctx, deal: DealState, chosen: DealState): Promise<void> {
  if (!(await sameCustomer(ctx, deal, chosen)))
    throw new Refusal('conflict', 'in_favour_of_id: that registration is for another customer')
  REVIEW.move(chosen.review, chosen.review === 'rejected' ? 'restore' : 'approve')
  const weighed = await weighDeal(ctx, chosen, false)
  // A refused one comes back into review for this moment: what follows is an approval as any other.
  const back = chosen.review === 'rejected' ? { ...chosen, review: 'under_review' } : chosen
  if (!(await approveScope(ctx, back, weighed, ctx.actor.member_id)))
    throw new Refusal('conflict', 'in_favour_of_id: a third registration holds that scope; end that one first')
  recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: chosen.id,
    partner_id: chosen.partner_id,
    outcome: 'approve',
    by: 'person',
    facts: weighed.facts,
    reasons: [usualReason('customer_word', CLAUSE)],
  })
  ctx.emit(decided, {
    deal_id: chosen.id,
    partner_id: chosen.partner_id,
    outcome: 'approve',
    by: 'person',
    clause: CLAUSE,
  })
}

/** The customer wrote whom it wants: its word outranks the queue (clause 10). */
export async function overruleDeal(ctx: Ctx, { id, written_on, text, in_favour_of_id }: Input<typeof overrule>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (written_on > ctx.now.slice(0, 10)) throw invalid([{ path: 'written_on', message: 'the letter cannot be of a day to come' }])
  const chosen = in_favour_of_id ? await otherForUpdate(ctx, in_favour_of_id, 'in_favour_of_id') : null
  if (chosen?.partner_id === deal.partner_id)
    throw new Refusal('conflict', 'in_favour_of_id: both are of one partner, who supersedes the one by the other')
  const ending = { by: 'customer' as const, reason_code: 'customer_word' as const, text, written_on }
  await releaseScope(ctx, deal)
  await endSuperseded(ctx, deal, { ...ending, by_deal_id: chosen?.id ?? null })
  if (chosen) await favour(ctx, deal, chosen)
  return getDeal(ctx, { id })
}
