import type { Input } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { checkDeal } from './check-deal.ts'
import { type register, registered } from './contract.ts'
import { newDeal, partnerFor, refuseIncomplete } from './new-deal.ts'
import { type DealState, getDeal } from './queries.ts'
import { REVIEW } from './rules.ts'
import type { Deal } from './shapes.ts'

/** Files a complete draft: from now on it stands in line, and the table in force judges it. */
export async function fileDeal(ctx: Ctx, deal: DealState): Promise<void> {
  refuseIncomplete(deal)
  if (deal.closes_on < ctx.now.slice(0, 7)) throw invalid([{ path: 'closes_on', message: 'the month lies in the past' }])
  const review = REVIEW.move(deal.review, 'submit')
  ctx.emit(registered, { deal_id: deal.id, partner_id: deal.partner_id, product: deal.product, country: deal.country })
  await checkDeal(ctx, { ...deal, review }, { place: true })
}

/** Registers a deal in one step. */
export async function registerDeal(ctx: Ctx, { partner_id, ...fields }: Input<typeof register>): Promise<Deal> {
  const deal = newDeal(ctx, partnerFor(ctx, partner_id), fields)
  await fileDeal(ctx, deal)
  return getDeal(ctx, deal)
}
