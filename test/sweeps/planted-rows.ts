import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { kindOf } from './tables.ts'

interface Column {
  name: string
  type: string
}
/** A tenant's table as the probe sees it. */
export interface Walled {
  name: string
  key: string[]
  columns: Column[]
  /** The column that says whose row it is, if there is one. */
  party: string | null
  /** Columns that a policy compares with a constant, and the constant. */
  compared: [column: string, constant: string][]
}

export const A = '0a000000-0000-4000-8000-00000000000a'
export const B = '0b000000-0000-4000-8000-00000000000b'
export const P1 = '01000000-0000-4000-8000-000000000001'
export const P2 = '02000000-0000-4000-8000-000000000002'

export interface Owner {
  tenant_id: string
  party: string | null
}
export const OWNERS: readonly Owner[] = [
  { tenant_id: A, party: P1 },
  { tenant_id: A, party: P2 },
  { tenant_id: A, party: null },
  { tenant_id: B, party: P1 },
  { tenant_id: B, party: P2 },
]

/** Takes away what would refuse a made-up row, so that only policies and grants stand between the reader and the rows. */
export async function loosen(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ statement: string }>(
    `select format('alter table %I drop constraint %I cascade', t.relname, c.conname) as statement from pg_constraint c join pg_class t on t.oid = c.conrelid
        where t.relnamespace = 'public'::regnamespace and c.contype in ('f', 'c', 'x') and c.conparentid = 0
      union all select format('drop trigger %I on %I', g.tgname, t.relname) from pg_trigger g join pg_class t on t.oid = g.tgrelid
        where t.relnamespace = 'public'::regnamespace and not g.tgisinternal and g.tgparentid = 0
      union all select format('drop index %I', i.relname) from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
        where t.relnamespace = 'public'::regnamespace and x.indisunique and not exists (select from pg_constraint c where c.conindid = i.oid and c.contype <> 'f')`,
  )
  const foreign = rows.filter(({ statement }) => statement.includes('drop constraint'))
  for (const { statement } of [...foreign, ...rows.filter((row) => !foreign.includes(row))]) await db.query(statement)
}

export async function walledTables(db: pg.Client): Promise<Walled[]> {
  const { rows } = await db.query<{ name: string; key: string[]; columns: Column[]; rules: string | null }>(
    `select t.relname as name,
        array(select a.attname::text from pg_constraint c, unnest(c.conkey) k join pg_attribute a on a.attnum = k and a.attrelid = t.oid where c.conrelid = t.oid and c.contype = 'p') as key,
        (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) from pg_attribute a
          where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '') as columns,
        (select string_agg(concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), ' ') from pg_policy p where p.polrelid = t.oid) as rules
      from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') order by 1`,
  )
  return rows
    .filter(({ name }) => kindOf(name) === 'tenant')
    .map(({ name, key, columns, rules }) => {
      const named = columns.find((column) => column.name === 'party_id' || column.name === 'partner_id')?.name
      const party = /app\.sees\((\w+)\)/.exec(rules ?? '')?.[1] ?? named ?? null
      const pairs = [...(rules ?? '').matchAll(/\((\w+) = '(\w+)'::/g)].map(
        ([, column = '', constant = '']) => `${column} ${constant}`,
      )
      const compared = [...new Set(pairs)].map((pair) => pair.split(' ') as [string, string])
      return { name, key, columns, party, compared }
    })
}

const VALUES: Record<string, () => unknown> = {
  uuid: randomUUID,
  text: () => `t${randomUUID().slice(0, 8)}`,
  character: () => 'X',
  'character varying': () => 'x',
  integer: () => Math.floor(Math.random() * 2_000_000_000),
  bigint: () => Math.floor(Math.random() * 2_000_000_000),
  smallint: () => 1,
  numeric: () => '1',
  'double precision': () => 1,
  boolean: () => false,
  jsonb: () => '{}',
  json: () => '{}',
  date: () => '2026-01-01',
  'timestamp with time zone': () => '2026-01-01T00:00:00Z',
}

function valueOf({ name, type }: Column): unknown {
  if (type.endsWith('[]')) return '{}'
  const make = VALUES[type]
  if (!make) throw new Error(`Say in test/sweeps/planted-rows.ts how to make up a ${type} (${name})`)
  return make()
}

/** A made-up row of somebody's, as an insert. */
export function insertOf(table: Walled, owner: Owner, fixed: Record<string, string> = {}): { text: string; values: unknown[] } {
  const values = table.columns.map((column) => {
    if (column.name === 'tenant_id') return owner.tenant_id
    if (column.name === table.party) return owner.party
    return fixed[column.name] ?? valueOf(column)
  })
  const places = values.map((_, i) => `$${i + 1}`).join(', ')
  const names = table.columns.map(({ name }) => `"${name}"`).join(', ')
  return { text: `insert into ${table.name} (${names}) values (${places})`, values }
}

// Rows that a check of the table forbids, which is not there while rows are made up: a host's member has no party.
const impossible = (table: Walled, owner: Owner, fixed: Record<string, string>): boolean =>
  (table.name === 'members' && fixed.side === 'inner' && owner.party !== null) ||
  (owner.party === null && table.party !== null && table.key.includes(table.party))

/** The variants of an owner's row that policies tell apart: each compared column with and without its constant. */
export function variantsOf(table: Walled, owner: Owner): Record<string, string>[] {
  const plain: Record<string, string>[] = [{}]
  const all = plain.concat(
    table.compared
      .filter(([column]) => table.columns.some(({ name, type }) => name === column && type === 'text'))
      .map(([column, constant]) => ({ [column]: constant })),
  )
  return all.filter((fixed) => !impossible(table, owner, fixed))
}

export const keyText = (table: Walled, row: Record<string, unknown>): string =>
  table.key.map((column) => String(row[column])).join('/')

/** Rows of every owner in a table, by their key. */
export async function plant(db: pg.Client, table: Walled): Promise<Map<string, Owner>> {
  const planted = new Map<string, Owner>()
  for (const owner of OWNERS) {
    for (const fixed of variantsOf(table, owner)) {
      const { text, values } = insertOf(table, owner, fixed)
      const nullable = await db
        .query(`${text} on conflict do nothing returning to_jsonb(${table.name}) as row`, values)
        .catch((error: { code?: string }) => {
          if (error.code === '23502') return null
          throw error
        })
      for (const { row } of nullable?.rows ?? []) planted.set(keyText(table, row), owner)
    }
  }
  return planted
}
