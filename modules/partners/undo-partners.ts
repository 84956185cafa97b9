import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { withdrawn } from './contract.ts'
import { oldValues } from './merge-custom.ts'
import { type PartnerPatch, planPartner } from './plan-partner.ts'
import { lockKnown, type Saved } from './save-partners.ts'
import { writePartners } from './write-partners.ts'

/** What a save told, as kept since. */
export interface Save extends Pick<Saved, 'id' | 'outcome' | 'version'> {
  changes: Readonly<Record<string, readonly [unknown, unknown]>>
}

export interface Undone {
  id: string
  /** `touched`: changed since by somebody; `in_use`: something hangs on it by now. */
  outcome: 'undone' | 'touched' | 'in_use'
}

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
export async function undoPartners(ctx: Ctx, saves: readonly Save[]): Promise<Undone[]> {
  const ids = saves.map((one) => one.id)
  const known = await lockKnown(ctx, ids)
  const used = await inUse(ctx, ids)
  const plans = []
  const gone: string[] = []
  const told: Undone[] = []
  for (const { id, outcome, version, changes } of saves) {
    const now = known.get(id)
    if (outcome !== 'created' && outcome !== 'updated') continue
    if (!now || now.version !== version || now.archived_at) told.push({ id, outcome: 'touched' })
    else if (outcome === 'created' && used.has(id)) told.push({ id, outcome: 'in_use' })
    else {
      told.push({ id, outcome: 'undone' })
      if (outcome === 'created') gone.push(id)
      // Old values come from our own changes, so they have the fields' types.
      else plans.push(planPartner(id, now, oldValues(changes) as PartnerPatch))
    }
  }
  await writePartners(ctx, plans)
  if (gone.length > 0) {
    await ctx.db
      .updateTable('partners')
      .set({ archived_at: ctx.now, external_id: null, version: sql`version + 1` })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('id', 'in', gone)
      .execute()
  }
  for (const partner_id of gone) ctx.emit(withdrawn, { partner_id })
  return told
}
