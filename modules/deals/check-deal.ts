import type { Ctx } from '../../kernel/module.ts'
import { recordDecisions } from '../decisions/decide.ts'
import { decided } from './contract.ts'
import { productsOf } from './find-rivals.ts'
import { judgeDeal, reasonsBeside, type Said } from './judge-deal.ts'
import { refuseUnknownProduct, refuseUnusedCurrency, writeKeys } from './new-deal.ts'
import { approveScope, changeDeal, holdScope, rejectScope, reviewScope } from './outcomes.ts'
import type { DealState } from './queries.ts'
import { type Weighed, weighDeal } from './weigh-deal.ts'
import { decisionOf, tellCollisions, writeInners } from './write-registrations.ts'

/** Carries out what the table says, and tells what came of it: where the database knows that another holds the scope, a person looks. */
async function carryOut(ctx: Ctx, deal: DealState, weighed: Weighed, { told, refusal }: Said): Promise<string> {
  if (told === 'reject') {
    await rejectScope(ctx, deal, refusal)
    return told
  }
  if (told === 'approve' && (await approveScope(ctx, deal, weighed))) return told
  if (told === 'hold' && (await holdScope(ctx, deal, weighed))) return told
  await reviewScope(ctx, deal, weighed)
  return 'review'
}

/** Weighs a complete registration that is stored already by the table in force and carries out what it says; the decision is recorded with its reasons. */
export async function checkDeal(ctx: Ctx, deal: DealState, { place }: { place: boolean }): Promise<void> {
  const weighed = await weighDeal(ctx, deal, place)
  for (const product of productsOf(deal)) refuseUnknownProduct(product, weighed.families.keys())
  if (place) await refuseUnusedCurrency(ctx, deal, weighed.facts.value_plan_minor)
  const said = judgeDeal(deal, weighed)
  const { left, completed_at } = weighed
  if (left.refused_products.length > deal.refused_products.length) await changeDeal(ctx, deal.id, left)
  const stands = { ...deal, ...left, completed_at }
  const decision = await carryOut(ctx, stands, weighed, said)
  const reasons = reasonsBeside(deal, weighed, said.clause, decision)
  recordDecisions(ctx, [decisionOf({ deal, decision, weighed, said, reasons })])
  writeInners(ctx, [{ deal, weighed }])
  await writeKeys(ctx, deal)
  tellCollisions(ctx, { deal, weighed })
  ctx.emit(decided, { deal_id: deal.id, partner_id: deal.partner_id, outcome: decision, by: 'rule', clause: said.clause })
}
