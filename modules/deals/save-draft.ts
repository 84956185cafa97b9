import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { save_draft } from './contract.ts'
import { insertDeal, numberDeal, partnerFor } from './new-deal.ts'
import { getDeal } from './queries.ts'
import type { Deal } from './shapes.ts'

/** Keeps what was typed so far; a draft has no place in line. */
export async function saveDraft(ctx: Ctx, { partner_id, ...fields }: Input<typeof save_draft>): Promise<Deal> {
  const deal = await insertDeal(ctx, partnerFor(ctx, partner_id), fields)
  await numberDeal(ctx, deal.id)
  return getDeal(ctx, deal)
}
