import type { Ctx } from '../../kernel/module.ts'

/** Moves all people of one party to another, with their roles, open invitations and keys; gives their member ids. */
export async function movePeople(ctx: Ctx, from_id: string, into_id: string): Promise<string[]> {
  const moved = await ctx.db
    .updateTable('members')
    .set(({ eb }) => ({ party_id: into_id, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', ctx.tenant_id)
    .where('party_id', '=', from_id)
    .returning('id')
    .execute()
  for (const table of ['member_roles', 'invitations', 'api_keys'] as const) {
    await ctx.db
      .updateTable(table)
      .set({ party_id: into_id })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('party_id', '=', from_id)
      .execute()
  }
  return moved.map((row) => row.id).sort()
}
