import type pg from 'pg'
import { type Finding, type Look, type Rule, rowsOf } from './catalog-look.ts'
import { policyFindings } from './catalog-policies.ts'
import { DEFINERS, ENTER, kindOf, POLICY_FUNCTIONS, REFERENCE, TRIGGER_FUNCTIONS } from './tables.ts'

export interface CatalogReport {
  findings: Finding[]
  counts: Record<string, number>
}

const find = (rule: string, object: string, text: string): Finding => ({ rule, object, text })

interface Table {
  name: string
  persistence: string
  kind: string
  rights: boolean
  forced: boolean
  is_child: boolean
  tenant: string | null
  not_null: boolean
}

const tables: Rule = async (look) => {
  const rows = await rowsOf<Table>(
    look,
    'tables',
    `select c.relname as name, c.relpersistence as persistence, c.relkind as kind, c.relrowsecurity as rights, c.relforcerowsecurity as forced,
        exists (select from pg_inherits i where i.inhrelid = c.oid) and not c.relispartition as is_child,
        format_type(a.atttypid, a.atttypmod) as tenant, coalesce(a.attnotnull, false) as not_null
      from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm', 'v', 'f')`,
  )
  return rows.flatMap((table) => {
    const found: Finding[] = []
    if (table.kind === 'm') return [find('no materialized view', table.name, 'would show every tenant')]
    if (table.kind === 'v') return found
    if (table.persistence !== 'p') found.push(find('no unlogged table', table.name, 'blocks every move of its shards'))
    if (table.is_child) found.push(find('no inheritance', table.name, 'cannot be distributed'))
    if (kindOf(table.name) !== 'tenant') return found
    if (table.tenant !== 'uuid' || !table.not_null)
      found.push(find('tenant_id uuid not null', table.name, `is ${table.tenant ?? 'absent'}`))
    if (!table.rights || !table.forced)
      found.push(find('forced row rights', table.name, 'enable and force row level security: call app.protect'))
    return found
  })
}

interface Index {
  name: string
  table: string
  first: string | null
  columns: string[]
  is_unique: boolean
  exclusion: string | null
}

const indexes: Rule = async (look) => {
  const rows = await rowsOf<Index>(
    look,
    'indexes',
    `select i.relname as name, t.relname as table, x.indisunique as is_unique,
        (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = x.indkey[0]) as first,
        (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey::int2[])) as columns,
        (select pg_get_constraintdef(c.oid) from pg_constraint c where c.conindid = i.oid and c.contype = 'x') as exclusion
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      where t.relnamespace = 'public'::regnamespace`,
  )
  return rows
    .filter((index) => kindOf(index.table) === 'tenant')
    .flatMap((index) => {
      const found: Finding[] = []
      if (index.first !== 'tenant_id')
        found.push(find('tenant first in every index', index.name, `begins with ${index.first ?? 'an expression'}`))
      if (index.is_unique && !index.columns?.includes('tenant_id'))
        found.push(find('tenant in every unique', index.name, 'a unique without tenant_id tells one tenant of another'))
      if (index.exclusion && !/\btenant_id WITH =/.test(index.exclusion))
        found.push(find('tenant in every exclusion', index.name, index.exclusion))
      return found
    })
}

interface Constraint {
  name: string
  table: string
  kind: string
  is_deferrable: boolean
  columns: string[]
  to_table: string | null
  to_columns: string[]
  on_delete: string
  on_update: string
}

// What PostgreSQL makes up when nobody gives a name.
function madeUp(name: string, table: string, kind: string): boolean {
  if (/_(pkey|fkey|check|excl|idx)\d*$/.test(name)) return true
  return kind === 'constraint' && name !== `${table}_key` && name.startsWith(`${table}_`) && /_key\d*$/.test(name)
}

function foreignKey(key: Constraint): Finding[] {
  const [from, to] = [kindOf(key.table), kindOf(key.to_table ?? '')]
  const found: Finding[] = []
  if (/[nd]/.test(key.on_delete) || /[nd]/.test(key.on_update))
    found.push(find('no set null', key.name, 'null the column in the verb, or restrict'))
  if (from === 'tenant' && to === 'tenant' && (key.columns[0] !== 'tenant_id' || key.to_columns[0] !== 'tenant_id'))
    found.push(find('tenant first in every foreign key', key.name, key.columns.join(', ')))
  if (from === 'tenant' && to === 'local')
    found.push(find('no key from a tenant to a local table', key.name, String(key.to_table)))
  if (from !== 'tenant' && to === 'tenant')
    found.push(find('no key to a tenant table', key.name, `from ${key.table}, which is ${from}`))
  if (from === 'reference' && !(String(key.to_table) in REFERENCE))
    found.push(find('reference to reference only', key.name, String(key.to_table)))
  return found
}

const constraints: Rule = async (look) => {
  const rows = await rowsOf<Constraint>(
    look,
    'constraints',
    `select c.conname as name, t.relname as table, c.contype as kind, c.condeferrable as is_deferrable, f.relname as to_table,
        c.confdeltype as on_delete, c.confupdtype as on_update,
        array(select a.attname::text from unnest(c.conkey) with ordinality k(n, at) join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n order by k.at) as columns,
        array(select a.attname::text from unnest(c.confkey) with ordinality k(n, at) join pg_attribute a on a.attrelid = f.oid and a.attnum = k.n order by k.at) as to_columns
      from pg_constraint c join pg_class t on t.oid = c.conrelid left join pg_class f on f.oid = c.confrelid
      where t.relnamespace = 'public'::regnamespace and c.contype <> 'n'`,
  )
  return rows.flatMap((one) => {
    const found = one.kind === 'f' ? foreignKey(one) : []
    if (one.is_deferrable) found.push(find('no deferrable', one.name, 'its refusal at commit is not readable on a cluster'))
    if (one.kind === 'p' && kindOf(one.table) === 'tenant' && one.columns[0] !== 'tenant_id')
      found.push(find('tenant first in every key', one.name, one.columns.join(', ')))
    return found
  })
}

const names: Rule = async (look) => {
  const rows = await rowsOf<{ name: string; table: string; kind: string }>(
    look,
    'names',
    `select c.conname::text as name, t.relname::text as table, 'constraint' as kind from pg_constraint c join pg_class t on t.oid = c.conrelid
        where t.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and c.contype <> 'n'
      union select i.relname::text, t.relname::text, 'index' from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
        where t.relnamespace in ('public'::regnamespace, 'auth'::regnamespace)
      union select g.tgname::text, t.relname::text, 'trigger' from pg_trigger g join pg_class t on t.oid = g.tgrelid
        where t.relnamespace = 'public'::regnamespace and not g.tgisinternal`,
  )
  return rows.flatMap(({ name, table, kind }) => {
    const found: Finding[] = []
    if (Buffer.byteLength(name) > 48)
      found.push(find('names of at most 48 bytes', name, `${kind} of ${table}; a shard's number is added`))
    if (kind !== 'trigger' && madeUp(name, table, kind))
      found.push(find('explicit names', name, `${kind} of ${table}: PostgreSQL made this name up`))
    return found
  })
}

const columns: Rule = async (look) => {
  const rows = await rowsOf<{ table: string; name: string; type: string; identity: string; expression: string | null }>(
    look,
    'columns',
    `select t.relname as table, a.attname as name, format_type(a.atttypid, null) as type, a.attidentity as identity, pg_get_expr(d.adbin, d.adrelid) as expression
      from pg_attribute a join pg_class t on t.oid = a.attrelid left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
      where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  )
  return rows.flatMap((column) => {
    const object = `${column.table}.${column.name}`
    if (column.expression?.includes('nextval(')) return [find('no serial', object, 'a counter of all tenants')]
    if (column.identity !== '' && column.type !== 'bigint') return [find('no int identity', object, column.type)]
    if (column.name.endsWith('_minor') && column.type !== 'bigint') return [find('money is int8', object, column.type)]
    if (column.name.endsWith('_at') && column.type !== 'timestamp with time zone')
      return [find('times have a zone', object, column.type)]
    return []
  })
}

const triggers: Rule = async (look) => {
  const rows = await rowsOf<{ name: string; runs: string; source: string; append_only: boolean; rights: string[] }>(
    look,
    'triggers',
    `select g.tgname as name, n.nspname || '.' || p.proname as runs, p.prosrc as source, p.proname = 'refuse_change' as append_only,
        array(select r.privilege_type::text from information_schema.role_table_grants r where r.table_schema = 'public' and r.table_name = t.relname and r.grantee = $1) as rights
      from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_proc p on p.oid = g.tgfoid join pg_namespace n on n.oid = p.pronamespace
      where t.relnamespace = 'public'::regnamespace and not g.tgisinternal`,
    [look.app],
  )
  return rows.flatMap((trigger) => {
    const found: Finding[] = []
    if (!TRIGGER_FUNCTIONS.includes(trigger.runs)) found.push(find('triggers are listed', trigger.name, `runs ${trigger.runs}`))
    if (/tg_table_name|tg_relid|tg_relname/i.test(trigger.source))
      found.push(find('no name of a shard', trigger.name, 'on a cluster the table is deals_103214: pass an argument'))
    const more = trigger.rights.filter((right) => right === 'UPDATE' || right === 'DELETE')
    if (trigger.append_only && more.length > 0)
      found.push(find('append-only grants', trigger.name, `the app has ${more.join(', ')}`))
    return found
  })
}

interface Fn {
  name: string
  language: string
  definer: boolean
  volatility: string
  source: string
  settings: string[] | null
  is_open: boolean
  is_procedure: boolean
}

const functions: Rule = async (look) => {
  const rows = await rowsOf<Fn>(
    look,
    'functions',
    `select n.nspname || '.' || p.proname as name, l.lanname as language, p.prosecdef as definer, p.provolatile as volatility, p.prosrc as source,
        p.proconfig as settings, p.prokind = 'p' as is_procedure, has_function_privilege('public', p.oid, 'execute') as is_open
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
      where n.nspname in ('public', 'app', 'auth') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype in ('e', 'i'))`,
  )
  const found = rows.flatMap((one) => [...definer(one), ...anyFunction(one)])
  const there = new Set(rows.filter((one) => one.definer).map((one) => one.name))
  for (const name of Object.keys(DEFINERS))
    if (!there.has(name)) found.push(find('definers are listed', name, 'is listed and not there'))
  for (const name of POLICY_FUNCTIONS) {
    const one = rows.find((row) => row.name === name)
    if (one?.language !== 'sql' || one.volatility !== 's' || /\b(from|join)\b/i.test(one.source))
      found.push(find('policy functions read no table', name, one ? `${one.language}, ${one.volatility}` : 'is not there'))
  }
  return found
}

function definer(one: Fn): Finding[] {
  if (!one.definer) return []
  const found: Finding[] = []
  if (!(one.name in DEFINERS))
    found.push(find('definers are listed', one.name, 'name it in test/sweeps/tables.ts with its reason'))
  if (one.language !== 'plpgsql') found.push(find('definers are plpgsql', one.name, one.language))
  if (!one.settings?.some((text) => /^search_path=.*pg_temp$/.test(text)))
    found.push(find('definers set search_path', one.name, String(one.settings)))
  if (one.is_open) found.push(find('definers are not open to all', one.name, 'revoke execute from public'))
  return found
}

function anyFunction(one: Fn): Finding[] {
  const found: Finding[] = []
  if (one.name !== ENTER && /\bset_config\b|\bset\s+(local|session)\b/i.test(one.source))
    found.push(find('only enter sets', one.name, 'sets something'))
  if (/pg_advisory|pg_notify|\bnotify\b|\blisten\b/i.test(one.source))
    found.push(find('no lock or notice of one node', one.name, 'advisory locks and NOTIFY are per node'))
  return found
}

const doors: Rule = async (look) => {
  const rows = await rowsOf<{ name: string; text: string }>(
    look,
    'grants',
    `select 'app role' as name, 'is superuser, bypasses row rights, or may create roles' as text from pg_roles where rolname = $1 and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
      union all select c.relname, 'belongs to the app' from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1 and c.relnamespace::regnamespace::text in ('public', 'app', 'auth')
      union all select p.proname, 'belongs to the app' from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = $1
      union all select n.nspname, 'the app may create in it' from pg_namespace n where n.nspname in ('public', 'app', 'auth') and has_schema_privilege($1, n.oid, 'create')
      union all select n.nspname, 'the app reads sign-in' from pg_namespace n where n.nspname = 'auth' and has_schema_privilege($1, n.oid, 'usage')
      union all select m.rolname, 'the app is a member of it' from pg_auth_members a join pg_roles m on m.oid = a.roleid join pg_roles r on r.oid = a.member where r.rolname = $1
      union all select table_name, grantee || ' has ' || privilege_type from information_schema.role_table_grants
        where table_schema = 'public' and ((grantee = $1 and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')) or lower(grantee) = 'public')
      union all select r.tablename, 'rule ' || r.rulename from pg_rules r where r.schemaname = 'public'
      union all select c.relname, 'a sequence' from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
      union all select c.relname, 'a view without security_invoker' from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and not coalesce('security_invoker=true' = any(c.reloptions), false)`,
    [look.app],
  )
  return rows.map(({ name, text }) => find('doors', name, text))
}

const rules: Rule[] = [tables, indexes, constraints, names, columns, triggers, functions, doors, policyFindings]

/** What of the rules for one schema on one server and on a cluster a migrated database breaks. */
export async function readCatalog(db: pg.Client, app: string): Promise<CatalogReport> {
  const look: Look = { db, app, counts: {} }
  const findings: Finding[] = []
  for (const rule of rules) findings.push(...(await rule(look)))
  return { findings, counts: look.counts }
}
