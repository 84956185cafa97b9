import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { oldValues } from '../partners/merge-custom.ts'
import { opportunity_withdrawn, withdrawn } from './contract.ts'
import { type AccountPatch, type Known, keysOf, planAccount } from './plan-account.ts'
import { lockKnown, type Saved } from './save-accounts.ts'
import { saveOpportunities } from './save-opportunities.ts'
import type { SaveOpportunity } from './shapes.ts'
import { changeKeys, writeAccounts } from './write-accounts.ts'

export interface Undone {
  id: string
  /** `touched`: changed since by somebody; `in_use`: something hangs on it by now. */
  outcome: 'undone' | 'touched' | 'in_use'
}

/** What a save told, as kept since. */
export interface Save extends Pick<Saved, 'id' | 'outcome' | 'version'> {
  changes: Readonly<Record<string, readonly [unknown, unknown]>>
}

async function inUse(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string
  }>`select a.id from accounts a where a.tenant_id = ${ctx.tenant_id} and a.id = any(${ids}::uuid[])
    and (exists (select from opportunities o where o.tenant_id = a.tenant_id and o.account_id = a.id and o.archived_at is null)
      or exists (select from named_accounts n where n.tenant_id = a.tenant_id and n.account_id = a.id)
      or exists (select from deal_inners d where d.tenant_id = a.tenant_id and d.account_id = a.id)
      or exists (select from accounts c where c.tenant_id = a.tenant_id and c.parent_id = a.id and c.archived_at is null and c.id <> all(${ids}::uuid[])))`.execute(
    ctx.db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Takes saves back: what was created is withdrawn, what was changed gets its old values; rows touched since are left and told. */
export async function undoAccounts(ctx: Ctx, saves: readonly Save[]): Promise<Undone[]> {
  const ids = saves.map((one) => one.id)
  const known = await lockKnown(ctx, ids)
  const used = await inUse(ctx, ids)
  const plans = []
  const gone: Known[] = []
  const told: Undone[] = []
  for (const { id, outcome, version, changes } of saves) {
    const now = known.get(id)
    if (outcome !== 'created' && outcome !== 'updated') continue
    if (!now || now.version !== version || now.archived_at) told.push({ id, outcome: 'touched' })
    else if (outcome === 'created' && used.has(id)) told.push({ id, outcome: 'in_use' })
    else {
      told.push({ id, outcome: 'undone' })
      if (outcome === 'created') gone.push(now)
      // Old values come from our own changes, so they have the fields' types.
      else plans.push(planAccount(id, now, oldValues(changes) as AccountPatch))
    }
  }
  await writeAccounts(ctx, plans)
  await withdraw(ctx, gone)
  return told
}

async function withdraw(ctx: Ctx, gone: Known[]): Promise<void> {
  if (gone.length === 0) return
  const ids = gone.map((one) => one.id)
  await ctx.db
    .updateTable('accounts')
    .set({ archived_at: ctx.now, updated_at: ctx.now, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', 'in', ids)
    .execute()
  await ctx.db.deleteFrom('account_domains').where('tenant_id', '=', ctx.tenant_id).where('account_id', 'in', ids).execute()
  await changeKeys(
    ctx,
    gone.map((one) => ({ id: one.id, before: keysOf(one), after: [] })),
  )
  for (const account_id of ids) ctx.emit(withdrawn, { account_id })
}

/** The same for opportunities. */
export async function undoOpportunities(ctx: Ctx, saves: readonly Save[]): Promise<Undone[]> {
  const ids = saves.map((one) => one.id)
  const rows = await ctx.db
    .selectFrom('opportunities')
    .select(['id', 'account_id', 'name', 'version', 'archived_at'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', 'in', ids)
    .forUpdate()
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  const told: Undone[] = []
  for (const { id, outcome, version, changes } of saves) {
    const now = known.get(id)
    if (outcome !== 'created' && outcome !== 'updated') continue
    if (!now || now.version !== version || now.archived_at) {
      told.push({ id, outcome: 'touched' })
      continue
    }
    told.push({ id, outcome: 'undone' })
    if (outcome === 'updated') await saveOpportunities(ctx, [{ name: now.name, ...oldValues(changes), id } as SaveOpportunity])
    else {
      await ctx.db
        .updateTable('opportunities')
        .set({ archived_at: ctx.now, version: now.version + 1 })
        .where('tenant_id', '=', ctx.tenant_id)
        .where('id', '=', id)
        .execute()
      ctx.emit(opportunity_withdrawn, { account_id: now.account_id, opportunity_id: id })
    }
  }
  return told
}
