import { sql } from 'kysely'
import type { UndoneRow } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import { lockHierarchy } from '../circles.ts'
import { oldValues } from '../own-fields.ts'
import { partSaves, type Save, withRefused } from '../saved-rows.ts'
import { opportunity_withdrawn, withdrawn } from './contract.ts'
import { type AccountPatch, type Known, keysOf, planAccount } from './plan-account.ts'
import { lockKnown, refuseWrong } from './save-accounts.ts'
import { saveOpportunities } from './save-opportunities.ts'
import type { SaveOpportunity } from './shapes.ts'
import { changeKeys, writeAccounts } from './write-accounts.ts'

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
export async function undoAccounts(ctx: Ctx, rows: readonly Save[]): Promise<UndoneRow[]> {
  const ids = rows.map((row) => row.id)
  if (rows.some(({ changes }) => changes.parent_id)) await lockHierarchy(ctx)
  const { created, updated, told } = partSaves(rows, await lockKnown(ctx, ids), await inUse(ctx, ids))
  // Old values come from our own changes, so they have the fields' types.
  const plans = updated.map(({ row, now }) => planAccount(row.id, now, oldValues(row.changes) as AccountPatch))
  await refuseWrong(ctx, plans)
  await writeAccounts(
    ctx,
    plans.filter(({ issues }) => issues.length === 0),
  )
  await withdraw(ctx, created)
  return withRefused(told, plans)
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
export async function undoOpportunities(ctx: Ctx, rows: readonly Save[]): Promise<UndoneRow[]> {
  const found = await ctx.db
    .selectFrom('opportunities')
    .select(['id', 'account_id', 'name', 'version', 'archived_at'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .forUpdate()
    .execute()
  const { created, updated, told } = partSaves(rows, new Map(found.map((one) => [one.id, one])))
  const saved = await saveOpportunities(
    ctx,
    updated.map(({ row, now }) => ({ name: now.name, ...oldValues(row.changes), id: row.id }) as SaveOpportunity),
  )
  const gone = created.map(({ id }) => id)
  await sql`update opportunities set archived_at = ${ctx.now}, version = version + 1
    where tenant_id = ${ctx.tenant_id} and id = any(${gone}::uuid[])`.execute(ctx.db)
  for (const { id, account_id } of created) ctx.emit(opportunity_withdrawn, { account_id, opportunity_id: id })
  return withRefused(told, saved)
}
