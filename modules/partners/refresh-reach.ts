import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { type Reach, setReach } from '../access/set-reach.ts'

/** Everybody above these partners by distributor or merger, they themselves included. */
async function above(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with recursive up (id) as (
      select unnest(${ids}::uuid[])
      union select x.next from up u join partners p on p.tenant_id = ${ctx.tenant_id} and p.id = u.id
        cross join lateral (values (p.distributor_id), (p.merged_into_id)) as x (next) where x.next is not null
    ) select id from up`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/** A distributor's people see the chain below it, and everybody what was merged into their firm: computed anew around these partners. */
export async function refreshReach(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const parties = await above(ctx, ids)
  const { rows } = await sql<Reach>`with recursive chain (party_id, sees_id) as (
      select id, id from unnest(${parties}::uuid[]) as id
      union select c.party_id, p.id from chain c join partners p on p.tenant_id = ${ctx.tenant_id}
        and (p.distributor_id = c.sees_id or p.merged_into_id = c.sees_id)
    ) select party_id, sees_id from chain where party_id <> sees_id`.execute(ctx.db)
  await setReach(ctx, parties, rows)
}
