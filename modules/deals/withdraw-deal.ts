import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type withdraw, withdrawn } from './contract.ts'
import { changeDeal, releaseScope } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'

/** Takes a registration back; its scope is free at once. */
export async function withdrawDeal(ctx: Ctx, { id, text }: Input<typeof withdraw>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  const review = REVIEW.move(deal.review, 'withdraw')
  await releaseScope(ctx, deal)
  await changeDeal(ctx, id, { review, reason_text: text || null })
  ctx.emit(withdrawn, { deal_id: id, partner_id: deal.partner_id })
  return getDeal(ctx, { id })
}
