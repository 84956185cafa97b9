import type { Ctx } from '../../kernel/module.ts'
import { approved, decided, registered, rejected } from './contract.ts'
import { judgeDeal, reasonsBeside } from './judge-deal.ts'
import { planOutcome } from './plan-outcome.ts'
import type { DealState } from './queries.ts'
import { REVIEW } from './rules.ts'
import { heldScopes, scopeBook, wantedScopes } from './scopes.ts'
import { weighMany } from './weigh-many.ts'
import { tellCollisions, type Written, writeRegistrations } from './write-registrations.ts'

/** Tells of a registration and of what came of it. */
export function tell(ctx: Ctx, { outcome: { deal, decision }, weighed, said: { clause } }: Written): void {
  const about = { deal_id: deal.id, partner_id: deal.partner_id }
  ctx.emit(registered, { ...about, product: deal.product, country: deal.country })
  if (decision === 'approve') ctx.emit(approved, about)
  if (decision === 'reject') ctx.emit(rejected, { ...about, reason_code: deal.reason_code ?? 'other' })
  tellCollisions(ctx, { deal, weighed })
  ctx.emit(decided, { ...about, outcome: decision, by: 'rule', clause })
}

/**
 * Registers complete drafts that are not stored yet, in their order and each with the full check, as if one came after another:
 * all reads before the first, all writes after the last.
 */
export async function registerMany(ctx: Ctx, drafts: readonly DealState[]): Promise<void> {
  if (drafts.length === 0) return
  const book = await weighMany(ctx, drafts)
  const scopes = scopeBook(await ctx.ask(heldScopes(ctx, book.customers)))
  const written = drafts.map((draft): Written => {
    const deal = { ...draft, review: REVIEW.move(draft.review, 'submit') }
    const weighed = book.weigh(deal)
    const said = judgeDeal(deal, weighed)
    const wanted = wantedScopes(deal, weighed)
    const outcome = planOutcome(ctx, deal, weighed, { ...said, isFree: scopes.areFree(wanted) })
    const reasons = reasonsBeside(deal, weighed, said.clause, outcome.decision)
    if (outcome.until_at !== null) scopes.take(wanted)
    book.enter(outcome.deal, weighed)
    return { outcome, weighed, said, reasons }
  })
  for (const one of written) tell(ctx, one)
  await writeRegistrations(ctx, written)
}
