import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { save_draft } from './contract.ts'
import { productsOf } from './find-rivals.ts'
import { newDeal, partnerFor, refuseUnknownProduct, storeDeal } from './new-deal.ts'
import { partnerOf } from './partner-of.ts'
import { getDeal } from './queries.ts'
import type { Deal } from './shapes.ts'
import { productFamilies } from './weigh-deal.ts'

/** Keeps what was typed so far; a draft has no place in line. */
export async function saveDraft(ctx: Ctx, { partner_id, ...fields }: Input<typeof save_draft>): Promise<Deal> {
  const deal = newDeal(ctx, partnerFor(ctx, partner_id), fields)
  const [families] = await Promise.all([productFamilies(ctx), partnerOf(ctx, deal.partner_id)])
  for (const product of productsOf(deal)) refuseUnknownProduct(product, families.keys())
  await storeDeal(ctx, deal)
  return getDeal(ctx, deal)
}
