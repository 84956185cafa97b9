import { pauseClock, resumeClock } from '../../kernel/clocks.ts'
import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type answer, answered, type ask, asked } from './contract.ts'
import { changeDeal } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'

const clockOf = (id: string) => ({ name: 'deals.review', subject_type: 'deals', subject_id: id })

/** Asks the partner for something: the ball is theirs, and the host's clock waits. */
export async function askPartner(ctx: Ctx, { id, text }: Input<typeof ask>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  await changeDeal(ctx, id, { review: REVIEW.move(deal.review, 'ask'), asked: text, answered: null })
  await pauseClock(ctx, clockOf(id))
  ctx.emit(asked, { deal_id: id, partner_id: deal.partner_id })
  return getDeal(ctx, { id })
}

/** Answers what was asked: the host's clock runs on with what was left. */
export async function answerHost(ctx: Ctx, { id, text }: Input<typeof answer>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  await changeDeal(ctx, id, { review: REVIEW.move(deal.review, 'answer'), answered: text })
  await resumeClock(ctx, clockOf(id))
  ctx.emit(answered, { deal_id: id, partner_id: deal.partner_id })
  return getDeal(ctx, { id })
}
