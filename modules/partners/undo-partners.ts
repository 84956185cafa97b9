import { sql } from 'kysely'
import type { UndoneRow } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import { lockHierarchy } from '../circles.ts'
import { oldValues } from '../own-fields.ts'
import { partSaves, type Save, withRefused } from '../saved-rows.ts'
import { checkReferences, refuseCircles } from './check-references.ts'
import { withdrawn } from './contract.ts'
import { type PartnerPatch, planPartner } from './plan-partner.ts'
import { lockKnown } from './save-partners.ts'
import { writePartners } from './write-partners.ts'

async function inUse(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string
  }>`select p.id from partners p where p.tenant_id = ${ctx.tenant_id} and p.id = any(${ids}::uuid[])
    and (exists (select from members m where m.tenant_id = p.tenant_id and m.party_id = p.id)
      or exists (select from partners c where c.tenant_id = p.tenant_id and (c.parent_id = p.id or c.distributor_id = p.id) and c.archived_at is null)
      or exists (select from events e where e.tenant_id = p.tenant_id and e.party_id = p.id and e.subject_type <> 'partners'))`.execute(
    ctx.db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Takes saves back: what was created is withdrawn, what was changed gets its old values; rows touched since are left and told. */
export async function undoPartners(ctx: Ctx, rows: readonly Save[]): Promise<UndoneRow[]> {
  const ids = rows.map((row) => row.id)
  if (rows.some(({ changes }) => changes.parent_id || changes.distributor_id)) await lockHierarchy(ctx)
  const { created, updated, told } = partSaves(rows, await lockKnown(ctx, ids), await inUse(ctx, ids))
  // Old values come from our own changes, so they have the fields' types.
  const plans = updated.map(({ row, now }) => planPartner(row.id, now, oldValues(row.changes) as PartnerPatch))
  await checkReferences(ctx, plans)
  await refuseCircles(ctx, plans)
  await writePartners(
    ctx,
    plans.filter(({ issues }) => issues.length === 0),
  )
  const gone = created.map((one) => one.id)
  if (gone.length > 0) {
    await ctx.db
      .updateTable('partners')
      .set({ archived_at: ctx.now, external_id: null, version: sql`version + 1` })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('id', 'in', gone)
      .execute()
  }
  for (const partner_id of gone) ctx.emit(withdrawn, { partner_id })
  return withRefused(told, plans)
}
