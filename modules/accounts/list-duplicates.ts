import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type * as contract from './contract.ts'

type Group = Output<typeof contract.duplicates>['groups'][number]

// Accounts under one own domain, one company number or one whole name in one country. Shared domains, large groups under a domain and
// parents with their children are no duplicates.
const groups = (
  ctx: Ctx,
) => sql`select case left(k.key, 1) when 'd' then 'domain' when 'n' then 'company_number' else 'name' end as by,
    substr(k.key, 3) as value, array_agg(a.id order by a.created_at, a.id) as ids
  from account_keys k join accounts a on a.tenant_id = k.tenant_id and a.id = k.account_id
  where k.tenant_id = ${ctx.tenant_id} and a.archived_at is null
    and ((k.key >= 'd:' and k.key < 'd;') or (k.key >= 'n:' and k.key < 'n;') or (k.key >= 's:' and k.key < 's;'))
  group by k.key, case when k.key < 'n:' or k.key >= 's:' then a.country end
  having count(*) between 2 and 8 and not bool_or(a.shared_domain and k.key < 'e')
    and not (count(distinct a.parent_id) >= 1 and k.key >= 's:')`

/** How many accounts repeat another, how many families there are, and the first groups to look at. */
export async function listDuplicates(
  ctx: Ctx,
  { limit }: Input<typeof contract.duplicates>,
): Promise<Output<typeof contract.duplicates>> {
  const [counted, families, shown] = await Promise.all([
    sql<{
      count: number
    }>`with g as (${groups(ctx)}) select count(distinct x.id)::int as count from g cross join lateral unnest(g.ids[2:]) as x (id)`.execute(
      ctx.db,
    ),
    sql<{
      count: number
    }>`select count(distinct parent_id)::int as count from accounts where tenant_id = ${ctx.tenant_id} and parent_id is not null and archived_at is null`.execute(
      ctx.db,
    ),
    sql<Group>`with g as (${groups(ctx)}), first as (select distinct on (g.ids) g.* from g order by g.ids, g.by limit ${limit})
      select f.by, f.value, (select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'country', a.country, 'domain', a.domain) order by a.created_at, a.id)
        from accounts a where a.tenant_id = ${ctx.tenant_id} and a.id = any(f.ids)) as accounts from first f order by f.by, f.value`.execute(
      ctx.db,
    ),
  ])
  return { duplicates: counted.rows[0]?.count ?? 0, families: families.rows[0]?.count ?? 0, groups: shown.rows }
}
