import { sql } from 'kysely'
import type * as z from 'zod'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Issue } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { outcomeOf, type Saved } from '../saved-rows.ts'
import { opportunity_changed, opportunity_closed, opportunity_seen } from './contract.ts'
import type { Changes } from './plan-account.ts'
import { agreeOutcome, type OUTCOMES } from './rules.ts'
import type { SaveOpportunity } from './shapes.ts'

type Row = z.output<typeof SaveOpportunity>

const FIELDS = [
  'account_id',
  'external_id',
  'name',
  'product',
  'amount_minor',
  'currency',
  'stage',
  'owner_id',
  'opened_on',
  'expected_close_on',
  'closed_on',
  'outcome',
] as const
const COLUMNS = `id uuid, account_id uuid, external_id text, name text, product text, amount_minor int8, currency text, stage text, owner_id uuid, opened_on date,
  expected_close_on date, closed_on date, outcome text`
const refs = (table?: string) => sql.join(FIELDS.map((name) => sql.ref(table ? `${table}.${name}` : name)))

type Known = { id: string; version: number } & Record<(typeof FIELDS)[number], unknown>

interface Plan {
  id: string
  known: Known | null
  values: Record<string, unknown>
  changes: Changes
  issues: Issue[]
}

interface AccountRef {
  id: string
  external_id: string | null
  key: string | null
}

const accountKeyOf = (row: Row): string | null => {
  if (row.account_domain) {
    const domain = firmDomain(row.account_domain)
    if (domain) return `d:${domain}`
  }
  return row.account_name ? `name:${normaliseName(row.account_name).key}` : null
}

/** The account of each row: by id, external id, a domain or a name that only one account has. */
async function accountsOf(ctx: Ctx, rows: Row[]): Promise<Map<Row, string | null>> {
  const ids = rows.map((row) => row.account_id).filter((one) => one !== undefined)
  const external = rows.map((row) => row.account_external_id).filter((one) => one !== undefined)
  const keys = rows.map(accountKeyOf).filter((one) => one !== null)
  const domains = keys.filter((key) => key.startsWith('d:'))
  const names = keys.filter((key) => key.startsWith('name:')).map((key) => key.slice(5))
  const read = (columns: ReturnType<typeof sql>, where: ReturnType<typeof sql>) =>
    sql<AccountRef>`select a.id, a.external_id, ${columns} as key from accounts a where a.tenant_id = ${ctx.tenant_id} and a.archived_at is null and ${where}`.execute(
      ctx.db,
    )
  const [direct, named, sited] = await Promise.all([
    ids.length + external.length === 0
      ? { rows: [] }
      : read(sql`null`, sql`(a.id = any(${ids}::uuid[]) or a.external_id = any(${external}::text[]))`),
    names.length === 0 ? { rows: [] } : read(sql`'name:' || a.name_key`, sql`a.name_key = any(${names}::text[])`),
    domains.length === 0
      ? { rows: [] }
      : sql<AccountRef>`select a.id, a.external_id, k.key from account_keys k join accounts a on a.tenant_id = k.tenant_id and a.id = k.account_id
          where k.tenant_id = ${ctx.tenant_id} and k.key = any(${domains}::text[]) and a.archived_at is null`.execute(ctx.db),
  ])
  const by_id = new Set(direct.rows.map((row) => row.id))
  const by_external = new Map(direct.rows.map((row) => [row.external_id, row.id]))
  const by_key = Map.groupBy([...named.rows, ...sited.rows], (row) => row.key ?? '')
  const find = (row: Row): string | null => {
    if (row.account_id) return by_id.has(row.account_id) ? row.account_id : null
    if (row.account_external_id) return by_external.get(row.account_external_id) ?? null
    const there = by_key.get(accountKeyOf(row) ?? '') ?? []
    return there.length === 1 ? (there[0]?.id ?? null) : null
  }
  return new Map(rows.map((row) => [row, find(row)]))
}

async function lockKnown(ctx: Ctx, rows: Row[]): Promise<Known[]> {
  const ids = rows.map((row) => row.id).filter((one) => one !== undefined)
  const external = rows.map((row) => row.external_id).filter((one) => typeof one === 'string')
  if (ids.length + external.length === 0) return []
  const { rows: known } =
    await sql<Known>`select id, version, ${refs()} from opportunities where tenant_id = ${ctx.tenant_id} and archived_at is null
    and (id = any(${ids}::uuid[]) or external_id = any(${external}::text[])) order by id for update`.execute(ctx.db)
  return known
}

function planOne(id: string, known: Known | null, row: Row, account_id: string | null): Plan {
  const plan: Plan = { id, known, values: {}, changes: {}, issues: [] }
  const named = row.account_id ?? row.account_external_id ?? row.account_domain ?? row.account_name
  if (account_id === null && (named !== undefined || !known)) {
    const message =
      named === undefined
        ? 'name the account by id, external id, domain or name'
        : `'${named}' is no account yet, or more than one: import the account first, or name it by its external id`
    const code = named === undefined ? 'account_missing' : 'no_account'
    plan.issues.push({ path: row.account_id ? 'account_id' : 'account', message, code, values: { text: named ?? '' } })
  }
  const agreed = agreeOutcome(known, row)
  const patch: Record<string, unknown> = { ...row, ...agreed, account_id: account_id ?? undefined }
  if (!agreed)
    plan.issues.push({
      path: 'outcome',
      message: `is ${row.outcome}, but the stage says '${row.stage}'`,
      code: 'not_the_stage',
      values: { text: row.stage ?? '' },
    })
  if (!known) patch.stage ??= 'open'
  for (const field of FIELDS) {
    const value = patch[field]
    if (value === undefined || value === (known ? known[field] : null)) continue
    plan.values[field] = value
    plan.changes[field] = [known ? known[field] : null, value]
  }
  const now = { ...known, ...plan.values } as Partial<Record<(typeof FIELDS)[number], unknown>>
  if (((now.amount_minor ?? null) === null) !== ((now.currency ?? null) === null))
    plan.issues.push({
      path: now.currency ? 'amount_minor' : 'currency',
      message: 'an amount and its currency come together',
      code: 'amount_alone',
    })
  return plan
}

function refuseTwins(plans: Plan[], rows: Row[]): void {
  const seen = new Map<string, number>()
  for (const [i, { id, issues }] of plans.entries()) {
    if (issues.length > 0) continue
    for (const key of new Set([id, `external ${rows[i]?.external_id ?? id}`])) {
      const first = seen.get(key)
      if (first === undefined) seen.set(key, i)
      else
        issues.push({
          path: 'external_id',
          message: 'is the same opportunity as an earlier row',
          code: 'twin',
        })
    }
  }
}

async function write(ctx: Ctx, plans: Plan[]): Promise<void> {
  const fresh = plans.filter(({ known }) => !known).map(({ id, values }) => ({ ...values, id }))
  const changed = plans
    .filter(({ known, changes }) => known && Object.keys(changes).length > 0)
    .map(({ id, known, values }) => ({ ...known, ...values, id }))
  if (fresh.length > 0) {
    await sql`insert into opportunities (tenant_id, id, ${refs()}, first_seen_at, created_at, updated_at)
      select ${ctx.tenant_id}::uuid, r.id, ${refs('r')}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r(${sql.raw(COLUMNS)}) returning id`.execute(ctx.db)
  }
  if (changed.length === 0) return
  const sets = sql.join(FIELDS.map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`))
  await sql`update opportunities set ${sets}, version = opportunities.version + 1, updated_at = ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(${sql.raw(COLUMNS)})
    where opportunities.tenant_id = ${ctx.tenant_id} and opportunities.id = r.id`.execute(ctx.db)
}

function tell(ctx: Ctx, { id, known, values, changes }: Plan): void {
  if (Object.keys(changes).length === 0) return
  const now = { ...known, ...values } as { account_id: string; product?: string | null }
  const about = { account_id: now.account_id, opportunity_id: id }
  if (!known) ctx.emit(opportunity_seen, { ...about, product: now.product ?? null })
  else ctx.emit(opportunity_changed, about, { changes })
  const outcome = values.outcome as (typeof OUTCOMES)[number] | null | undefined
  if (outcome) ctx.emit(opportunity_closed, { ...about, outcome })
}

/**
 * Adds or changes up to 500 opportunities in this transaction; the moment each is first seen is the server's and never changes.
 * A row with issues is left out, the others are saved.
 */
export async function saveOpportunities(ctx: Ctx, rows: Row[], { dry = false }: { dry?: boolean } = {}): Promise<Saved[]> {
  const [accounts, found] = await Promise.all([accountsOf(ctx, rows), lockKnown(ctx, rows)])
  const by_id = new Map(found.map((one) => [one.id, one]))
  const by_external = new Map(found.map((one) => [one.external_id, one]))
  const owner_ids = [...new Set(rows.map((row) => row.owner_id).filter((one) => typeof one === 'string'))]
  const owners =
    owner_ids.length === 0
      ? []
      : await ctx.db
          .selectFrom('members')
          .select('id')
          .where('tenant_id', '=', ctx.tenant_id)
          .where('id', 'in', owner_ids)
          .where('side', '=', 'inner')
          .execute()
  const people = new Set(owners.map((row) => row.id))
  const plans = rows.map((row) => {
    const known = (row.id ? by_id.get(row.id) : by_external.get(row.external_id ?? '')) ?? null
    const plan = planOne(known?.id ?? row.id ?? ctx.id(), known, row, accounts.get(row) ?? null)
    if (row.id && !known) plan.issues.push({ path: 'id', message: 'is no opportunity' })
    if (row.owner_id && !people.has(row.owner_id))
      plan.issues.push({ path: 'owner_id', message: "is no member of the host's own people" })
    return plan
  })
  refuseTwins(plans, rows)
  const good = plans.filter((plan) => plan.issues.length === 0)
  if (!dry) {
    await write(ctx, good)
    for (const plan of good) tell(ctx, plan)
  }
  return plans.map(outcomeOf)
}
