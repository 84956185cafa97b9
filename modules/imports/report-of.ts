import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { countDuplicates } from '../accounts/list-duplicates.ts'

/** Registrations still under way or protected whose customer is one that this import brought as ours. */
async function collisions(ctx: Ctx, import_id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct d.id)::int as count
    from import_rows r
      join accounts a on a.tenant_id = ${ctx.tenant_id} and a.id = r.record_id and a.archived_at is null
      join account_keys k on k.tenant_id = ${ctx.tenant_id} and k.account_id = a.id
      join deal_keys dk on dk.tenant_id = ${ctx.tenant_id} and dk.key = k.key
      join deals d on d.tenant_id = ${ctx.tenant_id} and d.id = dk.deal_id
    where r.tenant_id = ${ctx.tenant_id} and r.import_id = ${import_id} and r.outcome in ('created', 'updated')
      and (k.key < 'e' or k.key >= 's:' and k.key < 's;' and d.country = a.country or k.key >= 'n:' and k.key < 'n;')
      and (a.is_customer or exists (select from opportunities o where o.tenant_id = a.tenant_id and o.account_id = a.id and o.archived_at is null and o.outcome is null))
      and (d.review in ('submitted', 'under_review', 'info_requested') or d.protection in ('held', 'protected'))`.execute(ctx.db)
  return rows[0]?.count ?? 0
}

/** What a person should know of the rows that an import brought or changed, as counts by name; null for kinds that have nothing to tell. */
export async function reportOf(ctx: Ctx, { id, kind }: { id: string; kind: string }): Promise<Record<string, number> | null> {
  if (kind !== 'accounts') return null
  const touched = sql`select record_id from import_rows
    where tenant_id = ${ctx.tenant_id} and import_id = ${id} and record_id is not null and outcome in ('created', 'updated')`
  const { duplicates, families } = await countDuplicates(ctx, touched)
  return { duplicates, families, collisions: await collisions(ctx, id) }
}
