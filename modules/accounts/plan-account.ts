import { firmDomain, isFreeMail, registrableDomain } from '../../algorithms/matching/domain.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Issue } from '../../kernel/errors.ts'
import { mergeCustom } from '../own-fields.ts'
import { accountKeys } from './account-keys.ts'
import type { LockedAccount } from './queries.ts'

const FIELDS = [
  'name',
  'external_id',
  'country',
  'company_number',
  'shared_domain',
  'is_customer',
  'customer_since_on',
  'parent_id',
  'owner_id',
  'segment',
  'note',
  'custom',
] as const

interface Patchable {
  id: string
  name: string
  external_id: string | null
  country: string | null
  company_number: string | null
  domain: string | null
  domains: string[]
  shared_domain: boolean
  is_customer: boolean
  customer_since_on: string | null
  parent_id: string | null
  parent_external_id: string
  owner_id: string | null
  segment: string | null
  note: string
  custom: Record<string, unknown>
}
export type AccountPatch = { [F in keyof Patchable]?: Patchable[F] | undefined }

/** An account with its further domains, as a change is compared with it. */
export interface Known extends LockedAccount {
  domains: string[]
}

export type Changes = Record<string, [unknown, unknown]>

export interface Plan {
  id: string
  known: Known | null
  values: Record<string, unknown>
  /** Further domains to write, null to leave them. */
  domains: string[] | null
  changes: Changes
  /** Why the row is refused. */
  issues: Issue[]
  /** What of the row was left out. */
  warnings: Issue[]
}

const EMPTY: Record<string, unknown> = { shared_domain: false, is_customer: false, note: '', custom: {} }
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function readDomain(given: string, path: string, warnings: Issue[]): string | null {
  const domain = registrableDomain(given)
  if (domain === null)
    warnings.push({
      path,
      message: `'${given}' is no web or mail address: give one as firm.example`,
      code: 'no_site',
      values: { text: given },
    })
  else if (isFreeMail(domain))
    warnings.push({
      path,
      message: `'${domain}' gives mailboxes to anybody and says nothing about the firm`,
      code: 'free_mail',
      values: { text: domain },
    })
  else return domain
  return null
}

function planDomains(plan: Plan, patch: AccountPatch): void {
  const { known, changes, values, warnings } = plan
  if (patch.domain !== undefined) {
    const main = patch.domain === null ? null : readDomain(patch.domain, 'domain', warnings)
    // An unreadable domain takes nothing away.
    if (main !== (known?.domain ?? null) && (main !== null || patch.domain === null)) {
      values.domain = main
      changes.domain = [known?.domain ?? null, main]
    }
  }
  if (patch.domains === undefined) return
  const main = values.domain ?? known?.domain
  const read = patch.domains
    .map((one, i) => readDomain(one, `domains.${i}`, warnings))
    .filter((one) => one !== null && one !== main)
  const domains = [...new Set(read as string[])].sort()
  if (same(domains, known?.domains ?? [])) return
  plan.domains = domains
  changes.domains = [known?.domains ?? [], domains]
}

/** Compares a patch with what is known (null: nothing yet) and says what to write and what changed. */
export function planAccount(id: string, known: Known | null, patch: AccountPatch): Plan {
  const plan: Plan = { id, known, values: {}, domains: null, changes: {}, issues: [], warnings: [] }
  for (const field of FIELDS) {
    const before = known ? known[field] : (EMPTY[field] ?? null)
    const value = field === 'custom' ? mergeCustom(known?.custom, patch.custom) : patch[field]
    if (value === undefined) continue
    if (same(value, before)) continue
    plan.values[field] = value
    plan.changes[field] = [before, value]
  }
  if (plan.values.name !== undefined) {
    plan.values.name_key = normaliseName(String(plan.values.name)).key
    if (plan.values.name_key === '') plan.issues.push({ path: 'name', message: 'has no letter or digit', code: 'no_letter' })
  }
  planDomains(plan, patch)
  return plan
}

export interface KeyChange {
  id: string
  before: readonly string[]
  after: readonly string[]
}

interface Keyed {
  name: string
  country?: string | null
  company_number?: string | null
  domain?: string | null
  domains?: readonly string[] | null
}

/** The keys of an account as it stands. */
export function keysOf({ name, country, company_number, domain, domains }: Keyed): string[] {
  const all = [domain ?? null, ...(domains ?? [])].filter((one) => one !== null)
  return accountKeys({ name, country, number: company_number, domains: all })
}

/** What a plan changes of an account's keys. */
export function keyChange({ id, known, values, domains }: Plan): KeyChange {
  const now = { ...known, ...values, domains: domains ?? known?.domains } as Keyed
  return { id, before: known ? keysOf(known) : [], after: keysOf(now) }
}

/** What finds a row again that brings no id: core name, country and own domain. */
export const identityOf = (row: {
  name: string
  country?: string | null | undefined
  domain?: string | null | undefined
}): string => [normaliseName(row.name).key, row.country ?? '', row.domain ? (firmDomain(row.domain) ?? '') : ''].join('|')
