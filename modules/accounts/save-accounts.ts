import { sql } from 'kysely'
import type * as z from 'zod'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { closesCircle, lockHierarchy } from '../circles.ts'
import { outcomeOf, type Saved } from '../saved-rows.ts'
import { type AccountPatch, identityOf, type Known, type Plan, planAccount } from './plan-account.ts'
import { visibleAccounts } from './queries.ts'
import type { SaveAccount } from './shapes.ts'
import { writeAccounts } from './write-accounts.ts'

type Row = z.output<typeof SaveAccount>

/** Accounts with their further domains, locked, by id. */
export async function lockKnown(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Known>> {
  if (ids.length === 0) return new Map()
  const rows = await visibleAccounts(ctx)
    .selectAll('accounts')
    .where(sql<boolean>`accounts.id = any(${[...ids]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  const domains = await ctx.db
    .selectFrom('account_domains')
    .select(['account_id', 'domain'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('account_id', 'in', ids)
    .orderBy('domain')
    .execute()
  const of = Map.groupBy(domains, (row) => row.account_id)
  return new Map(rows.map((row) => [row.id, { ...row, domains: (of.get(row.id) ?? []).map((one) => one.domain) }]))
}

interface Found {
  id: string
  external_id: string | null
  name: string
  country: string | null
  domain: string | null
}

async function existing(ctx: Ctx, rows: Row[]): Promise<Found[]> {
  const external = rows.flatMap((row) => [row.external_id, row.parent_external_id].filter((one) => typeof one === 'string'))
  const names = rows.filter((row) => !row.id).map((row) => normaliseName(row.name).key)
  const read = (where: ReturnType<typeof sql>) =>
    sql<Found>`select id, external_id, name, country, domain from accounts where tenant_id = ${ctx.tenant_id} and archived_at is null and ${where}
      order by id`.execute(ctx.db)
  const [by_external, by_name] = await Promise.all([
    external.length === 0 ? { rows: [] } : read(sql`external_id = any(${external}::text[])`),
    names.length === 0 ? { rows: [] } : read(sql`name_key = any(${names}::text[])`),
  ])
  return [...by_external.rows, ...by_name.rows]
}

function refuseTwins(plans: Plan[], rows: Row[]): void {
  const seen = new Map<string, number>()
  for (const [i, { id, known, issues }] of plans.entries()) {
    if (issues.length > 0) continue
    const row = rows[i]
    const external = row?.external_id
    const keys = known ? [id] : row && !external ? [identityOf(row)] : []
    for (const key of [...keys, ...(external ? [`external ${external}`] : [])]) {
      const first = seen.get(key)
      if (first === undefined) seen.set(key, i)
      else
        issues.push({
          path: external ? 'external_id' : 'name',
          message: 'is the same account as an earlier row',
          code: 'twin',
        })
    }
  }
}

/** Parents by external id, of this batch or before it; one that is not there leaves a warning. */
function linkParents(plans: Plan[], rows: Row[], found: Found[]): void {
  const ids = new Map(found.filter((one) => one.external_id).map((one) => [one.external_id, one.id]))
  for (const [i, row] of rows.entries())
    if (row.external_id && plans[i]?.issues.length === 0) ids.set(row.external_id, plans[i].id)
  for (const [i, row] of rows.entries()) {
    const plan = plans[i]
    if (!plan || row.parent_external_id === undefined) continue
    const parent_id = ids.get(row.parent_external_id)
    if (parent_id === undefined)
      plan.warnings.push({
        path: 'parent_external_id',
        message: `there is no account '${row.parent_external_id}' yet: save this row again when there is`,
        code: 'no_parent',
        values: { text: row.parent_external_id ?? '' },
      })
    else if (parent_id !== plan.known?.parent_id) {
      plan.values.parent_id = parent_id
      plan.changes.parent_id = [plan.known?.parent_id ?? null, parent_id]
    }
  }
}

const parentOf = (id: string, { parent_id }: Plan['values']): (readonly [string, string | null])[] =>
  typeof parent_id === 'string' || parent_id === null ? [[id, parent_id]] : []

/** Adds an issue to each plan whose parent or owner is not there, or whose parent would close a circle. */
async function checkReferences(ctx: Ctx, plans: Plan[]): Promise<void> {
  const own = new Set(plans.filter(({ issues }) => issues.length === 0).map(({ id }) => id))
  const idsOf = (field: string) => [...new Set(plans.map(({ values }) => values[field]).filter((id) => typeof id === 'string'))]
  const [parents, owners] = [idsOf('parent_id'), idsOf('owner_id')]
  const next = new Map(plans.flatMap(({ id, values, issues }) => (issues.length > 0 ? [] : parentOf(id, values))))
  const [found, closing, members] = await Promise.all([
    parents.length === 0
      ? []
      : visibleAccounts(ctx).select('accounts.id').where('accounts.id', 'in', parents).where('archived_at', 'is', null).execute(),
    closesCircle(ctx, ['accounts', 'parent_id'], next),
    owners.length === 0
      ? []
      : ctx.db
          .selectFrom('members')
          .select('id')
          .where('tenant_id', '=', ctx.tenant_id)
          .where('id', 'in', owners)
          .where('side', '=', 'inner')
          .execute(),
  ])
  const there = new Set(found.map((row) => row.id))
  const people = new Set(members.map((row) => row.id))
  for (const { id, values, issues } of plans) {
    const { parent_id, owner_id } = values
    if (typeof owner_id === 'string' && !people.has(owner_id))
      issues.push({ path: 'owner_id', message: "is no member of the host's own people" })
    if (typeof parent_id !== 'string') continue
    if (!there.has(parent_id) && !own.has(parent_id)) issues.push({ path: 'parent_id', message: 'is no account' })
    else if (closing.has(id)) issues.push({ path: 'parent_id', message: 'would close a circle', code: 'circle' })
  }
}

async function refuseTakenDomains(ctx: Ctx, plans: Plan[]): Promise<void> {
  const wanted = plans.flatMap(({ domains }) => domains ?? [])
  if (wanted.length === 0) return
  const rows = await ctx.db
    .selectFrom('account_domains')
    .select(['domain', 'account_id'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('domain', 'in', wanted)
    .execute()
  const holder = new Map(rows.map((row) => [row.domain, row.account_id]))
  for (const { id, domains, issues } of plans) {
    for (const domain of domains ?? []) {
      const other = holder.get(domain)
      if (other !== undefined && other !== id)
        issues.push({
          path: 'domains',
          message: `'${domain}' stands at another account: merge the two, or leave it out`,
          code: 'domain_taken',
          values: { text: domain },
        })
      else holder.set(domain, id)
    }
  }
}

/** Adds an issue to each plan that refers to what is not there, or takes what another account has. */
export async function refuseWrong(ctx: Ctx, plans: Plan[]): Promise<void> {
  await checkReferences(ctx, plans)
  await refuseTakenDomains(ctx, plans)
}

/**
 * Adds or changes up to 500 accounts in this transaction, one event each; a row with issues is left out, the others are saved.
 * A row that finds its account (by id, external id, else core name, country and domain) changes only the fields that it names.
 */
export async function saveAccounts(ctx: Ctx, rows: Row[], { dry = false }: { dry?: boolean } = {}): Promise<Saved[]> {
  if (rows.some((row) => row.parent_id || row.parent_external_id)) await lockHierarchy(ctx)
  const found = await existing(ctx, rows)
  const by_external = new Map(found.filter((one) => one.external_id).map((one) => [one.external_id, one.id]))
  const by_identity = new Map(found.filter((one) => !one.external_id).map((one) => [identityOf(one), one.id]))
  const ids = rows.map((row) => row.id ?? by_external.get(row.external_id ?? '') ?? by_identity.get(identityOf(row)) ?? null)
  const known = await lockKnown(ctx, [...new Set(ids.filter((id) => id !== null))])
  const plans = rows.map((row, i) => {
    const id = ids[i] ?? null
    const plan = planAccount(id ?? ctx.id(), id ? (known.get(id) ?? null) : null, row)
    if (id && (!plan.known || plan.known.archived_at))
      plan.issues.push({ path: 'id', message: 'is no account, or one that was merged or taken back' })
    return plan
  })
  refuseTwins(plans, rows)
  linkParents(plans, rows, found)
  await refuseWrong(ctx, plans)
  if (!dry) {
    await writeAccounts(
      ctx,
      plans.filter((plan) => plan.issues.length === 0),
    )
  }
  return plans.map(outcomeOf)
}

/** One account that the caller locked, or a new one; here a domain that cannot be used is refused as well. */
export async function saveOne(ctx: Ctx, id: string | null, patch: AccountPatch): Promise<string> {
  const known = id === null ? null : ((await lockKnown(ctx, [id])).get(id) ?? null)
  const plan = planAccount(id ?? ctx.id(), known, patch)
  await refuseWrong(ctx, [plan])
  const issues = [...plan.issues, ...plan.warnings]
  if (issues.length > 0) throw invalid(issues)
  await writeAccounts(ctx, [plan])
  return plan.id
}
