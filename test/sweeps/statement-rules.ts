import { kindOf } from './tables.ts'

const LITERAL = /'(?:[^']|'')*'/g
const VOLATILE = /\b(gen_random_uuid|clock_timestamp|random|now|timeofday|statement_timestamp|nextval)\s*\(/i

/** Names of the tenants' tables that a statement touches. */
export function tenantTables(text: string, known: ReadonlySet<string>): string[] {
  const named = [
    ...text.matchAll(/\b(?:from|join|into|update)\s+(?:only\s+)?"?([a-z_]+)"?/gi),
    ...text.matchAll(/,\s*"?([a-z_]+)"?\s+(?:as\s+)?"?[a-z]+"?\s+where/gi),
  ]
  const found = named.map(([, table = '']) => table).filter((table) => known.has(table) && kindOf(table) === 'tenant')
  return [...new Set(found)]
}

/** What of the rules for statements (one tenant, one statement, nothing set, nothing volatile in a change) a text breaks. */
export function statementFindings(text: string, known: ReadonlySet<string>): string[] {
  const bare = text.replace(LITERAL, "''").replace(/--[^\n]*/g, '')
  const found: string[] = []
  if (/;\s*\S/.test(bare)) found.push('two statements in one message')
  if (/^\s*set\b|\bset_config\s*\(/i.test(bare)) found.push('sets something outside app.enter')
  if (/\b(copy|merge|truncate|lock table|notify|listen)\s/i.test(bare.trimStart().slice(0, 12)))
    found.push('a statement that a cluster refuses')
  if (/\bpg_(try_)?advisory|\bpg_notify/i.test(bare)) found.push('a lock or notice of one node')
  if (/\bset\s+"?tenant_id"?\s*=/i.test(bare) && /^\s*update\b/i.test(bare)) found.push('moves a row to another tenant')
  const tables = tenantTables(bare, known)
  const equal = (bare.match(/"?tenant_id"?\s*=/gi) ?? []).length
  // An insert's own table is bound by the values of its rows.
  const inserts = bare.split(/\binsert\s+into\b/i).slice(1)
  if (tables.length > 0 && equal === 0 && inserts.length === 0) found.push(`no tenant_id = … for ${tables.join(', ')}`)
  // One table is bound by the parameter, each further one by a join or a condition of its own.
  if (tables.length > 1 && equal < tables.length - inserts.length)
    found.push(`${equal} times tenant_id = … for ${tables.join(', ')}`)
  if (inserts.some((one) => /\bselect\b/i.test(one) && !/\breturning\b|\bon\s+conflict\b/i.test(one)))
    found.push('insert … select without returning or on conflict')
  if (inserts.some((one) => /\bvalues\s*\([^;]*\(\s*select\b/i.test(one))) found.push('a subquery inside values')
  const change = /^\s*(update|delete)\b/i.test(bare) ? bare : (/\bdo\s+update\s+set\b[\s\S]*/i.exec(bare)?.[0] ?? '')
  if (VOLATILE.test(change)) found.push('a volatile function in a change')
  if (/\bfor\s+update\b[^)]*\bskip\s+locked\b/i.test(bare) && equal === 0) found.push('skip locked over all tenants')
  return found
}
