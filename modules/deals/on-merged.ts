import { sql } from 'kysely'
import { moveClocks } from '../../kernel/clocks.ts'
import type { Ctx, HeardEvent } from '../../kernel/module.ts'

/** Two partners became one: deals, places and protections go to the one that stays. */
export async function moveMergedDeals(ctx: Ctx, { data }: HeardEvent<{ partner_id: string; into_id: string }>): Promise<void> {
  const [from, to] = [data.partner_id, data.into_id]
  for (const table of ['deals', 'deal_keys', 'protections'] as const) {
    await ctx.db
      .updateTable(table)
      .set({ partner_id: to })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('partner_id', '=', from)
      .execute()
  }
  await moveClocks(ctx, from, to)
}

/**
 * Two customers became one: open registrations are re-scoped and none is taken away. Where both had the same scope protected, each keeps
 * its own until it ends, and stands as a conflict for the host to see.
 */
export async function rescopeMergedCustomers(
  ctx: Ctx,
  { data }: HeardEvent<{ account_id: string; into_id: string }>,
): Promise<void> {
  const [from, to] = [`a:${data.account_id}`, `a:${data.into_id}`]
  await sql`insert into deal_conflicts (tenant_id, id, deal_id, other_deal_id, same_scope, fields, at)
    select p.tenant_id, gen_random_uuid(), p.deal_id, q.deal_id, true, '[{"field": "account", "ours": "", "theirs": "", "how": "alias"}]'::jsonb, ${ctx.now}::timestamptz
    from protections p join protections q on q.tenant_id = p.tenant_id and q.account_key = ${to} and q.ended_at is null and q.partner_id <> p.partner_id
      and app.part(q.product_family) && app.part(p.product_family) and app.part(q.country) && app.part(p.country)
    where p.tenant_id = ${ctx.tenant_id} and p.account_key = ${from} and p.ended_at is null on conflict do nothing`.execute(
    ctx.db,
  )
  await sql`update protections p set account_key = ${to} where p.tenant_id = ${ctx.tenant_id} and p.account_key = ${from} and p.ended_at is null
    and not exists (select from protections q where q.tenant_id = p.tenant_id and q.account_key = ${to} and q.ended_at is null
      and app.part(q.product_family) && app.part(p.product_family) and app.part(q.country) && app.part(p.country))`.execute(
    ctx.db,
  )
  // A bidder's scope of a tender is its own, so that at most its own other one stands there.
  await sql`update protections p set account_key = replace(p.account_key, ${from}, ${to}) where p.tenant_id = ${ctx.tenant_id}
    and p.account_key like 't:%' and right(p.account_key, ${from.length + 1}) = ${`:${from}`} and p.ended_at is null
    and not exists (select from protections q where q.tenant_id = p.tenant_id and q.account_key = replace(p.account_key, ${from}, ${to})
      and q.ended_at is null and app.part(q.product_family) && app.part(p.product_family) and app.part(q.country) && app.part(p.country))`.execute(
    ctx.db,
  )
  await ctx.db
    .updateTable('deal_inners')
    .set({ account_id: data.into_id })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('account_id', '=', data.account_id)
    .execute()
}
