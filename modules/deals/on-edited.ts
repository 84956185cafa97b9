import type { Ctx, HeardEvent } from '../../kernel/module.ts'
import { planValue } from './plan-value.ts'
import { dealForUpdate } from './queries.ts'
import { weighDeal } from './weigh-deal.ts'

/** What the host alone knows of a deal follows what its partner changed, who may not write it: the plan value, and of another customer the account. */
export async function followEdit(ctx: Ctx, { data }: HeardEvent<{ deal_id: string }>): Promise<void> {
  const deal = await dealForUpdate(ctx, data.deal_id)
  const amount_plan_minor = await planValue(ctx, deal.amount_minor, deal.currency)
  // Only where the host asked back the customer can change.
  const account = deal.review === 'info_requested' ? { account_id: (await weighDeal(ctx, deal, false)).account_id } : {}
  await ctx.db
    .updateTable('deal_inners')
    .set({ amount_plan_minor, ...account })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('deal_id', '=', deal.id)
    .execute()
}
