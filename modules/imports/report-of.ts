import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { countDuplicates } from '../accounts/list-duplicates.ts'
import { countPartnerDuplicates } from '../partners/list-duplicates.ts'

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

/** What the rules made of the registrations that an import brought. */
async function judged(ctx: Ctx, import_id: string): Promise<Record<string, number>> {
  const { rows } = await sql<
    Record<string, number>
  >`select count(*) filter (where d.protection in ('held', 'protected'))::int as protected,
      count(*) filter (where d.review in ('submitted', 'under_review', 'info_requested') and d.protection = 'none')::int as waiting,
      count(*) filter (where d.review = 'rejected')::int as not_approved
    from import_rows r join deals d on d.tenant_id = ${ctx.tenant_id} and d.id = r.record_id
    where r.tenant_id = ${ctx.tenant_id} and r.import_id = ${import_id} and r.outcome = 'created'`.execute(ctx.db)
  return rows[0] ?? {}
}

/** What a person should know of the rows that an import brought or changed, as counts by name; null for kinds that have nothing to tell. */
export async function reportOf(ctx: Ctx, { id, kind }: { id: string; kind: string }): Promise<Record<string, number> | null> {
  if (kind === 'deals') return judged(ctx, id)
  if (kind !== 'accounts' && kind !== 'partners') return null
  const touched = sql`select record_id from import_rows
    where tenant_id = ${ctx.tenant_id} and import_id = ${id} and record_id is not null and outcome in ('created', 'updated')`
  if (kind === 'partners') {
    const { rows } = await sql<{ onboarding: number }>`select count(*)::int as onboarding from partners p
      where p.tenant_id = ${ctx.tenant_id} and p.status = 'onboarding' and p.id in (${touched})`.execute(ctx.db)
    return { partner_duplicates: await countPartnerDuplicates(ctx, touched), onboarding: rows[0]?.onboarding ?? 0 }
  }
  const { duplicates, families } = await countDuplicates(ctx, touched)
  return { duplicates, families, collisions: await collisions(ctx, id) }
}
