import type { Ctx } from '../../kernel/module.ts'
import type { Rival } from './find-rivals.ts'
import type { DealState } from './queries.ts'

/** Whether whoever registers was before with a firm that registered the same customer; judged, since the caller may be of neither. */
export async function knewAtAnotherFirm(ctx: Ctx, deal: DealState, rivals: readonly Rival[]): Promise<boolean> {
  const there = rivals.filter((one) => one.band === 'same' && one.partner_id !== deal.partner_id)
  if (!deal.partner_member_id || there.length === 0) return false
  const former = ctx.db
    .selectFrom('members as m')
    .innerJoin('members as f', (join) => join.onRef('f.tenant_id', '=', 'm.tenant_id').onRef('f.person_id', '=', 'm.person_id'))
    .select('f.id')
    .where('m.tenant_id', '=', ctx.tenant_id)
    .where('m.id', '=', deal.partner_member_id)
    .where('f.party_id', 'in', [...new Set(there.map((one) => one.partner_id))])
    .limit(1)
  return (await ctx.judge(former)).length > 0
}
