import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { recordDecision } from '../decisions/decide.ts'
import { type approve, decided } from './contract.ts'
import { territoryReason } from './judge-deal.ts'
import { approveScope, changeDeal } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'
import { weighDeal } from './weigh-deal.ts'

/** A person of the host approves: the scope is protected from now on, the decision keeps the facts of this moment. */
export async function approveDeal(ctx: Ctx, { id, note }: Input<typeof approve>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  REVIEW.move(deal.review, 'approve')
  const weighed = await weighDeal(ctx, deal, false)
  if (deal.stage === 'lost') throw new Refusal('conflict', 'The sale is lost; reopen it before the registration is approved')
  if (weighed.facts.partner_active !== true)
    throw new Refusal('conflict', 'The partner is not active and holds no scope; reinstate it first, or reject this registration')
  // A deal reviewed anew keeps the protection that it has.
  if (deal.protection === 'protected')
    await changeDeal(ctx, id, {
      review: REVIEW.move(deal.review, 'approve'),
      decided_at: ctx.now,
      decided_by: ctx.actor.member_id,
    })
  else if (!(await approveScope(ctx, deal, weighed, ctx.actor.member_id)))
    throw new Refusal('conflict', 'Another registration holds this scope; end that one first, or reject this one')
  recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: id,
    partner_id: deal.partner_id,
    outcome: 'approve',
    by: 'person',
    facts: weighed.facts,
    reasons: territoryReason(weighed.facts),
    note: note || null,
  })
  ctx.emit(decided, { deal_id: id, partner_id: deal.partner_id, outcome: 'approve', by: 'person', clause: null })
  return getDeal(ctx, { id })
}
