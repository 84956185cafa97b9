import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { recordDecision } from '../decisions/decide.ts'
import { decided, type reject } from './contract.ts'
import { rejectScope } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'
import { weighDeal } from './weigh-deal.ts'

/** A person of the host rejects, with a code and a text that the partner reads. */
export async function rejectDeal(ctx: Ctx, { id, reason_code, text, clause }: Input<typeof reject>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  REVIEW.move(deal.review, 'reject')
  const { facts } = await weighDeal(ctx, deal, false)
  await rejectScope(ctx, deal, { reason_code, reason_text: text, decided_by: ctx.actor.member_id })
  const reason = { row: reason_code, label: text, hit: true, clause: clause ?? null, comparisons: [] }
  recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: id,
    partner_id: deal.partner_id,
    outcome: 'reject',
    by: 'person',
    facts,
    reasons: [reason],
    note: text,
  })
  ctx.emit(decided, { deal_id: id, partner_id: deal.partner_id, outcome: 'reject', by: 'person', clause: clause ?? null })
  return getDeal(ctx, { id })
}
