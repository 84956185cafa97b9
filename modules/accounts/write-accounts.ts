import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { created, updated } from './contract.ts'
import { type KeyChange, keyChange, type Plan } from './plan-account.ts'

const COLUMNS = `id uuid, external_id text, name text, name_key text, country text, company_number text, domain text, shared_domain boolean, parent_id uuid,
  is_customer boolean, customer_since_on date, owner_id uuid, segment text, note text, custom jsonb`
const NAMES = COLUMNS.split(',').map((part) => part.trim().split(' ')[0] ?? '')
const SETTABLE = NAMES.filter((name) => name !== 'id')
const refs = (names: string[], table?: string) => sql.join(names.map((name) => sql.ref(table ? `${table}.${name}` : name)))

async function insertNew(ctx: Ctx, plans: Plan[]): Promise<void> {
  if (plans.length === 0) return
  const rows = plans.map(({ id, values }) => ({ shared_domain: false, is_customer: false, note: '', custom: {}, ...values, id }))
  await sql`insert into accounts (tenant_id, ${refs(NAMES)}, created_at, updated_at)
    select ${ctx.tenant_id}::uuid, ${refs(NAMES, 'r')}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(COLUMNS)}) returning id`.execute(ctx.db)
}

async function updateKnown(ctx: Ctx, plans: Plan[]): Promise<void> {
  if (plans.length === 0) return
  const rows = plans.map(({ id, known, values }) => ({ ...known, ...values, id }))
  const sets = sql.join(SETTABLE.map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`))
  await sql`update accounts set ${sets}, version = accounts.version + 1, updated_at = ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(COLUMNS)})
    where accounts.tenant_id = ${ctx.tenant_id} and accounts.id = r.id`.execute(ctx.db)
}

async function replaceDomains(ctx: Ctx, plans: Plan[]): Promise<void> {
  const given = plans.filter(({ domains }) => domains !== null)
  if (given.length === 0) return
  const ids = given.map(({ id }) => id)
  await ctx.db.deleteFrom('account_domains').where('tenant_id', '=', ctx.tenant_id).where('account_id', 'in', ids).execute()
  const rows = given.flatMap(({ id, domains }) =>
    (domains ?? []).map((domain) => ({ tenant_id: ctx.tenant_id, account_id: id, domain, added_at: ctx.now })),
  )
  if (rows.length > 0) await ctx.db.insertInto('account_domains').values(rows).execute()
}

const pairsOf = (changes: readonly KeyChange[], from: 'before' | 'after', to: 'before' | 'after') => {
  const pairs = changes.flatMap((one) => {
    const kept = new Set(one[to])
    return one[from].filter((key) => !kept.has(key)).map((key) => [key, one.id] as const)
  })
  return { keys: pairs.map(([key]) => key), ids: pairs.map(([, id]) => id) }
}

/** Brings the keys of accounts from what they were to what they are; both follow from the accounts' own values. */
export async function changeKeys(ctx: Ctx, changes: readonly KeyChange[]): Promise<void> {
  const gone = pairsOf(changes, 'before', 'after')
  const fresh = pairsOf(changes, 'after', 'before')
  if (gone.ids.length > 0) {
    await sql`delete from account_keys a using unnest(${gone.keys}::text[], ${gone.ids}::uuid[]) as k (key, id)
      where a.tenant_id = ${ctx.tenant_id} and a.key = k.key and a.account_id = k.id`.execute(ctx.db)
  }
  if (fresh.ids.length > 0) {
    await sql`insert into account_keys (tenant_id, key, account_id) select ${ctx.tenant_id}::uuid, k.key, k.id
      from unnest(${fresh.keys}::text[], ${fresh.ids}::uuid[]) as k (key, id) on conflict do nothing`.execute(ctx.db)
  }
}

/** Writes planned accounts with their domains and keys, and tells of each. */
export async function writeAccounts(ctx: Ctx, plans: Plan[]): Promise<void> {
  const changed = plans.filter(({ known, changes }) => known === null || Object.keys(changes).length > 0)
  await insertNew(
    ctx,
    changed.filter(({ known }) => known === null),
  )
  await updateKnown(
    ctx,
    changed.filter(({ known }) => known !== null),
  )
  await replaceDomains(ctx, changed)
  await changeKeys(ctx, changed.map(keyChange))
  for (const { id, known, changes } of changed) ctx.emit(known ? updated : created, { account_id: id }, known ? { changes } : {})
}
