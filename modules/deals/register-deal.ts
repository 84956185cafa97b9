import type { Input } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { answerOf } from './answer-of.ts'
import { checkDeal } from './check-deal.ts'
import { type register, registered } from './contract.ts'
import { productsOf } from './find-rivals.ts'
import { judgeDeal, reasonsBeside } from './judge-deal.ts'
import { newDeal, partnerFor, refuseIncomplete, refuseUnknownProduct, refuseUnusedCurrency } from './new-deal.ts'
import { planOutcome } from './plan-outcome.ts'
import { type DealState, getDeal } from './queries.ts'
import { tell } from './register-many.ts'
import { REVIEW } from './rules.ts'
import { scopeBook, wantedScopes } from './scopes.ts'
import type { Deal } from './shapes.ts'
import { weighDeal } from './weigh-deal.ts'
import { type Registered, writeRegistrations } from './write-registrations.ts'

/** A complete deal as it is when it was submitted just now. */
function submitted(ctx: Ctx, deal: DealState): DealState {
  refuseIncomplete(deal)
  if ((deal.closes_on ?? '') < ctx.now.slice(0, 7)) throw invalid([{ path: 'closes_on', message: 'the month lies in the past' }])
  return { ...deal, review: REVIEW.move(deal.review, 'submit') }
}

/** Files a stored draft: from now on it stands in line, and the table in force judges it. */
export async function fileDraft(ctx: Ctx, draft: DealState): Promise<void> {
  const deal = submitted(ctx, draft)
  ctx.emit(registered, { deal_id: deal.id, partner_id: deal.partner_id, product: deal.product, country: deal.country })
  await checkDeal(ctx, deal, { place: true })
}

/** Files a complete deal that is not stored yet. */
export async function fileDeal(ctx: Ctx, complete: DealState): Promise<Registered> {
  const deal = submitted(ctx, complete)
  const weighed = await weighDeal(ctx, deal, true)
  for (const product of productsOf(deal)) refuseUnknownProduct(product, weighed.families.keys())
  await refuseUnusedCurrency(ctx, deal, weighed.facts.value_plan_minor)
  const said = judgeDeal(deal, weighed)
  const left = { ...deal, ...weighed.left }
  const isFree = scopeBook(weighed.held).areFree(wantedScopes(left, weighed))
  const outcome = planOutcome(ctx, left, weighed, { ...said, isFree })
  const reasons = reasonsBeside(deal, weighed, said.clause, outcome.decision)
  const [written] = await writeRegistrations(ctx, [{ outcome, weighed, said, reasons }])
  if (!written) throw new Error('A registration was not written')
  tell(ctx, written)
  return written
}

/** Registers a deal in one step. */
export async function registerDeal(ctx: Ctx, { partner_id, ...fields }: Input<typeof register>): Promise<Deal> {
  const deal = newDeal(ctx, partnerFor(ctx, partner_id), fields)
  const written = await fileDeal(ctx, deal)
  // What a partner is told of a new registration was all written just now; the host's side sees more, which is read.
  return ctx.actor.side === 'outer' ? answerOf(ctx, written) : getDeal(ctx, deal)
}
