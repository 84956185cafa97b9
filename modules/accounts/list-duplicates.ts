import { type RawBuilder, sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type * as contract from './contract.ts'

type Report = Output<typeof contract.duplicates>

// Keys that several accounts hold come from the index alone; only their accounts are looked at. A group is one own domain, one company
// number, or one whole name in one country. Shared domains, large groups under a domain and families by name are no duplicates.
const groups = (ctx: Ctx, among: RawBuilder<boolean> = sql`true`) => sql`held as materialized (
    select key from account_keys where tenant_id = ${ctx.tenant_id} and ${among}
      and ((key >= 'd:' and key < 'd;') or (key >= 'n:' and key < 'n;') or (key >= 's:' and key < 's;'))
    group by key having count(*) between 2 and 200
  ), g as materialized (
    select case left(h.key, 1) when 'd' then 'domain' when 'n' then 'company_number' else 'name' end as by,
      substr(h.key, 3) as value, array_agg(a.id order by a.created_at, a.id) as ids
    from held h join account_keys k on k.tenant_id = ${ctx.tenant_id} and k.key = h.key
      join accounts a on a.tenant_id = ${ctx.tenant_id} and a.id = k.account_id
    where a.archived_at is null
    group by h.key, case when h.key < 'n:' or h.key >= 's:' then a.country end
    having count(*) between 2 and 8 and not bool_or(a.shared_domain and h.key < 'e') and not (count(a.parent_id) >= 1 and h.key >= 's:')
  )`

/** How many accounts repeat another, how many families there are, and the first groups to look at. */
export async function listDuplicates(ctx: Ctx, { limit }: Input<typeof contract.duplicates>): Promise<Report> {
  const { rows } =
    await sql<Report>`with ${groups(ctx)}, first as (select distinct on (g.ids) g.* from g order by g.ids, g.by limit ${limit})
    select (select count(distinct x.id)::int from g cross join lateral unnest(g.ids[2:]) as x (id)) as duplicates,
      (select count(distinct parent_id)::int from accounts where tenant_id = ${ctx.tenant_id} and parent_id is not null and archived_at is null) as families,
      (select coalesce(jsonb_agg(jsonb_build_object('by', f.by, 'value', f.value, 'accounts',
          (select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'country', a.country, 'domain', a.domain) order by a.created_at, a.id)
            from accounts a where a.tenant_id = ${ctx.tenant_id} and a.id = any(f.ids))) order by f.by, f.value), '[]') from first f) as groups`.execute(
      ctx.db,
    )
  return rows[0] ?? { duplicates: 0, families: 0, groups: [] }
}

/** How many of these accounts (a query of ids) repeat another, and of how many families they are. */
export async function countDuplicates(ctx: Ctx, ids: RawBuilder<unknown>): Promise<{ duplicates: number; families: number }> {
  const { tenant_id } = ctx
  const theirs = sql<boolean>`key in (select k.key from account_keys k join named on named.id = k.account_id where k.tenant_id = ${tenant_id})`
  // The first of a group is repeated, not a repetition, unless what repeats it was there before.
  const { rows } = await sql<{
    duplicates: number
    families: number
  }>`with named (id) as materialized (${ids}), ${groups(ctx, theirs)}
    select (select count(distinct x.id)::int from g cross join lateral unnest(g.ids) as x (id) join named on named.id = x.id
        where x.id <> g.ids[1] or exists (select from unnest(g.ids[2:]) as y (id) where not exists (select from named n where n.id = y.id))) as duplicates,
      (select count(distinct a.parent_id)::int from accounts a where a.tenant_id = ${tenant_id} and a.parent_id is not null and a.archived_at is null
        and exists (select from named where named.id in (a.id, a.parent_id))) as families`.execute(ctx.db)
  return rows[0] ?? { duplicates: 0, families: 0 }
}
