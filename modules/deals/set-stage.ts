import { endClocks, pauseClock } from '../../kernel/clocks.ts'
import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { expired, type set_stage, stage_moved } from './contract.ts'
import { changeDeal, freeScope, startProtectionClocks, startReviewClock, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { type DealState, dealForUpdate, getDeal } from './queries.ts'
import { PROTECTION, REVIEW, STAGE, stands } from './rules.ts'
import type { Deal } from './shapes.ts'

const ENDING = ['deals.protection', 'deals.warning']

/** A lost sale lets go of everything: of its scope, and of a place in line that waited for evidence. */
async function lose(ctx: Ctx, deal: DealState): Promise<Partial<DealState>> {
  await endClocks(ctx, { subject_type: 'deals', subject_id: deal.id }, [...ENDING, 'deals.review', 'deals.hold', 'deals.price'])
  await freeScope(ctx, deal)
  if (deal.protection === 'held')
    return { protection: PROTECTION.move(deal.protection, 'lapse'), review: REVIEW.move(deal.review, 'lapse') }
  return deal.protection === 'protected' ? { protection: PROTECTION.move(deal.protection, 'release') } : {}
}

/** The clock of a review that goes on; it waits where the partner was asked something. */
export async function restartReview(ctx: Ctx, deal: DealState): Promise<void> {
  if (deal.review !== 'under_review' && deal.review !== 'info_requested') return
  const partner = await partnerOf(ctx, deal.partner_id)
  await startReviewClock(ctx, deal, { partner, terms: await termsOf(ctx, partner) })
  if (deal.review === 'info_requested')
    await pauseClock(ctx, { name: 'deals.review', subject_type: 'deals', subject_id: deal.id })
}

/** A won sale that is none goes on with what is left of its protection; one that ended meanwhile has come to its end. */
async function goOn(ctx: Ctx, deal: DealState): Promise<Partial<DealState>> {
  if (deal.protection !== 'protected') return {}
  if (stands(deal, ctx.now) && deal.protected_until) {
    const { warn_days } = await termsOf(ctx, await partnerOf(ctx, deal.partner_id))
    await startProtectionClocks(ctx, deal, deal.protected_until, warn_days)
    return {}
  }
  await freeScope(ctx, deal)
  ctx.emit(expired, { deal_id: deal.id, partner_id: deal.partner_id })
  return { protection: PROTECTION.move(deal.protection, 'expire') }
}

/** What a move brings to scope and clocks; a won deal keeps its scope to its end without a clock, and whoever reviews it goes on. */
async function follow(ctx: Ctx, deal: DealState, stage: string): Promise<Partial<DealState>> {
  if (stage === 'lost') return lose(ctx, deal)
  if (stage === 'won') await endClocks(ctx, { subject_type: 'deals', subject_id: deal.id }, ENDING)
  if (deal.stage === 'lost') await restartReview(ctx, deal)
  return deal.stage === 'won' ? goOn(ctx, deal) : {}
}

/** Moves the sale on or back. */
export async function setStage(ctx: Ctx, { id, stage, lost_reason }: Input<typeof set_stage>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (['draft', 'withdrawn', 'superseded'].includes(deal.review))
    throw new Refusal('conflict', 'Register the deal first; then its stage can move')
  const ways = STAGE.verbs(deal.stage)
  if (!ways.some((one) => one.to === stage))
    throw new Refusal(
      'conflict',
      `A deal does not move from ${deal.stage} to ${stage}; possible now: ${ways.map((one) => one.to).join(', ')}`,
    )
  const followed = await follow(ctx, deal, stage)
  ctx.emit(stage_moved, { deal_id: id, partner_id: deal.partner_id, stage }, { changes: { stage: [deal.stage, stage] } })
  const change = {
    stage,
    ...followed,
    won_at: stage === 'won' ? ctx.now : null,
    ...(lost_reason ? { reason_text: lost_reason } : {}),
  }
  const [, moved] = await Promise.all([changeDeal(ctx, id, change), getDeal(ctx, { id })])
  return moved
}
