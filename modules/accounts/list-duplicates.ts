import { type RawBuilder, sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type * as contract from './contract.ts'

type Report = Output<typeof contract.duplicates>

// Keys that several accounts hold come from the index alone; only their accounts are looked at. A group is one own domain, one company
// number, or one whole name in one country. Shared domains, large groups under a domain and families by name are no duplicates.
const groups = (ctx: Ctx, only: 'all' | 'named') => sql`held as materialized (
    select k.key from account_keys k ${only === 'named' ? sql`left join named on named.id = k.account_id` : sql``}
    where k.tenant_id = ${ctx.tenant_id} and ((k.key >= 'd:' and k.key < 'd;') or (k.key >= 'n:' and k.key < 'n;') or (k.key >= 's:' and k.key < 's;'))
    group by k.key having count(*) between 2 and 200 ${only === 'named' ? sql`and count(named.id) > 0` : sql``}
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
    await sql<Report>`with ${groups(ctx, 'all')}, first as (select distinct on (g.ids) g.* from g order by g.ids, g.by limit ${limit})
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
  // An import is counted right after it filled its tables, when the database's statistics know nothing of its rows: a planner that
  // expects a single one reads all keys for each of a hundred thousand. The elements make it expect a hundred, and so join by hash.
  // The first of a group is repeated, not a repetition, unless what repeats it was there before.
  const { rows } = await sql<{
    duplicates: number
    families: number
  }>`with named (id) as materialized (select distinct i.id from (${ids}) as i (id) cross join jsonb_array_elements('[0]') as expected),
    ${groups(ctx, 'named')}, members as (
      select x.id, x.place, named.id is not null as is_named,
        bool_or(x.place > 1 and named.id is null) over (partition by g.ids, g.by, g.value) as was_there
      from g cross join lateral unnest(g.ids) with ordinality as x (id, place) left join named on named.id = x.id)
    select (select count(distinct id)::int from members where is_named and (place > 1 or was_there)) as duplicates,
      (select count(distinct a.parent_id)::int from accounts a left join named own on own.id = a.id left join named parent on parent.id = a.parent_id
        where a.tenant_id = ${tenant_id} and a.parent_id is not null and a.archived_at is null
          and (own.id is not null or parent.id is not null)) as families`.execute(ctx.db)
  return rows[0] ?? { duplicates: 0, families: 0 }
}
