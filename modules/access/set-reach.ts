import type { Ctx } from '../../kernel/module.ts'

export interface Reach {
  party_id: string
  sees_id: string
}

/** Says anew which further parties these parties see; their people's next request goes by it. */
export async function setReach(ctx: Ctx, party_ids: readonly string[], reach: readonly Reach[]): Promise<void> {
  if (party_ids.length === 0) return
  await ctx.db.deleteFrom('party_reach').where('tenant_id', '=', ctx.tenant_id).where('party_id', 'in', party_ids).execute()
  if (reach.length === 0) return
  const rows = reach.map(({ party_id, sees_id }) => ({ tenant_id: ctx.tenant_id, party_id, sees_id }))
  await ctx.db.insertInto('party_reach').values(rows).execute()
}
