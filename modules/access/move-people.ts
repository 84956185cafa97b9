import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { getMember } from './queries.ts'
import { closeMember } from './update-member.ts'

/** Ends the invitations of people who are at the other of two firms as well, so that each stands once in what becomes of both. */
async function endTwice(ctx: Ctx, from_id: string, into_id: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select case when f.state = 'active' then i.id else f.id end as id from members f
    join members i on i.tenant_id = f.tenant_id and i.email = f.email and i.party_id = ${into_id} and i.state <> 'ended'
    where f.tenant_id = ${ctx.tenant_id} and f.party_id = ${from_id} and f.state <> 'ended' order by f.email`.execute(ctx.db)
  for (const { id } of rows) await closeMember(ctx, await getMember(ctx, { id }), null)
}

/** Moves all people of one party to another, with their roles, open invitations and keys; gives their member ids. */
export async function movePeople(ctx: Ctx, from_id: string, into_id: string): Promise<string[]> {
  await endTwice(ctx, from_id, into_id)
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
