import { endClocks } from '../../kernel/clocks.ts'
import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type set_stage, stage_moved } from './contract.ts'
import { changeDeal, freeScope } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { STAGE } from './rules.ts'
import type { Deal } from './shapes.ts'

/** Moves the sale on or back; a lost deal frees its scope, a won one keeps it to its end without a clock. */
export async function setStage(ctx: Ctx, { id, stage, lost_reason }: Input<typeof set_stage>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (['draft', 'withdrawn', 'superseded'].includes(deal.review))
    throw new Refusal('conflict', 'Register the deal first; then its stage can move')
  const way = STAGE.verbs(deal.stage).find((one) => one.to === stage)
  if (!way)
    throw new Refusal(
      'conflict',
      `A deal does not move from ${deal.stage} to ${stage}; possible now: ${STAGE.verbs(deal.stage)
        .map((one) => one.to)
        .join(', ')}`,
    )
  const over = stage === 'won' || stage === 'lost'
  if (over)
    await endClocks(ctx, { subject_type: 'deals', subject_id: id }, [
      'deals.protection',
      'deals.warning',
      'deals.review',
      'deals.hold',
    ])
  if (stage === 'lost') await freeScope(ctx, deal)
  const protection = stage === 'lost' && deal.protection === 'protected' ? 'released' : deal.protection
  ctx.emit(stage_moved, { deal_id: id, partner_id: deal.partner_id, stage }, { changes: { stage: [deal.stage, stage] } })
  const change = {
    stage,
    protection,
    won_at: stage === 'won' ? ctx.now : null,
    ...(lost_reason ? { reason_text: lost_reason } : {}),
  }
  const [, moved] = await Promise.all([changeDeal(ctx, id, change), getDeal(ctx, { id })])
  return moved
}
