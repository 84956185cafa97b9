import type { Ctx } from '../../kernel/module.ts'
import { statement } from '../../kernel/statements.ts'
import type { Rival } from './find-rivals.ts'
import type { DealState } from './queries.ts'

const FORMER = `select f.id from members m join members f on f.tenant_id = m.tenant_id and f.person_id = m.person_id
    where m.tenant_id = $1 and m.id = $2 and f.party_id = any($3::uuid[]) limit 1`

/** Whether whoever registers was before with a firm that registered the same customer; judged, since the caller may be of neither. */
export async function knewAtAnotherFirm(ctx: Ctx, deal: DealState, rivals: readonly Rival[]): Promise<boolean> {
  const there = rivals.filter((one) => one.band === 'same' && one.partner_id !== deal.partner_id)
  if (!deal.partner_member_id || there.length === 0) return false
  const firms = [...new Set(there.map((one) => one.partner_id))]
  return (await ctx.judge(statement(FORMER, ctx.tenant_id, deal.partner_member_id, firms))).length > 0
}
