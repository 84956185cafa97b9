import { type RawBuilder, sql } from 'kysely'
import type { Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { inPartnerScope } from '../access/partner-scope.ts'
import type * as contract from './contract.ts'

type Group = Output<typeof contract.duplicates>['items'][number]

const seen = (ctx: Ctx) => sql`select 'domain' as by, d.domain as value, partners.* from partners
    join partner_domains d on d.tenant_id = partners.tenant_id and d.partner_id = partners.id
    where partners.tenant_id = ${ctx.tenant_id} and d.tenant_id = ${ctx.tenant_id} and partners.archived_at is null and ${inPartnerScope(ctx)}
  union all
  select 'name', partners.name_key, partners.* from partners
    where partners.tenant_id = ${ctx.tenant_id} and partners.archived_at is null and ${inPartnerScope(ctx)}`

/** How many groups of partners that seem to be one have one of these among them. */
export async function countPartnerDuplicates(ctx: Ctx, among: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`with seen as (${seen(ctx)})
    select count(distinct g.ids)::int as count from (select array_agg(s.id order by s.id) as ids from seen s
      group by s.by, s.value, s.country having count(*) > 1 and bool_or(s.id in (${among}))) g`.execute(ctx.db)
  return rows[0]?.count ?? 0
}

/** Partners of one country with the same domain or the same core name; groups over borders are families, not duplicates. */
export async function listDuplicates(ctx: Ctx): Promise<Output<typeof contract.duplicates>> {
  const { rows } = await sql<Group>`with seen as (${seen(ctx)})
    select s.by, s.value, jsonb_agg(jsonb_build_object('id', s.id, 'number', s.number, 'name', s.name, 'country', s.country, 'status', s.status)
      order by s.number) as partners
    from seen s group by s.by, s.value, s.country having count(*) > 1 order by s.by, s.value limit 200`.execute(ctx.db)
  return { items: rows }
}
