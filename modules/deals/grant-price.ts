import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type grant_price, price_decided } from './contract.ts'
import { changeDeal } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { PRICE } from './rules.ts'
import type { Deal } from './shapes.ts'

/** Grants or refuses a special price; no clock ever does. */
export async function grantPrice(ctx: Ctx, { id, granted_bps }: Input<typeof grant_price>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  const price = PRICE.move(deal.price, granted_bps > 0 ? 'grant' : 'refuse')
  await changeDeal(ctx, id, { price, discount_granted_bps: granted_bps })
  ctx.emit(price_decided, { deal_id: id, partner_id: deal.partner_id, granted_bps })
  return getDeal(ctx, { id })
}
