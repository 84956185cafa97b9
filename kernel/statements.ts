import { type Compilable, CompiledQuery, type Insertable } from 'kysely'
import type { Tables } from './db.ts'
import type { Ctx } from './module.ts'

/** A statement whose text never changes, with its values: to build one takes longer than to send it. */
export const statement = <R>(sql: string, ...values: unknown[]): Compilable<R> => ({
  compile: () => CompiledQuery.raw(sql, values) as CompiledQuery<R>, // what the text selects, which nothing can know
})

interface Remembered {
  query: CompiledQuery
  /** For each parameter the place of its value among the caller's, or -1 for one that is part of the statement. */
  places: number[]
}

const MOST = 1000
const remembered = new Map<string, Remembered>()

type Scalars = Record<string, string | number | null | undefined | readonly string[]>

// Values in a fixed order; a list of parties counts one by one, since each stands in the statement.
const valuesOf = (ctx: Ctx, input: Scalars): unknown[] => [
  ctx.tenant_id,
  ctx.actor.member_id,
  ...(ctx.actor.parties === '*' ? [] : ctx.actor.parties),
  ...Object.values(ctx.actor.scope),
  ...Object.values(input).flat(),
]

const shapeOf = (ctx: Ctx, input: Scalars): string => {
  const { parties, scope, side } = ctx.actor
  const lengths = Object.entries(input).map(([key, value]) => (Array.isArray(value) ? `${key}${value.length}` : key))
  return `${side} ${parties === '*' ? '*' : parties.length} ${Object.keys(scope)} ${lengths}`
}

function marked(ctx: Ctx, input: Scalars): { ctx: Ctx; input: Scalars; marks: unknown[] } {
  let count = 0
  const mark = () => `\u0000${(count += 1)}`
  const { parties, scope } = ctx.actor
  const actor = {
    ...ctx.actor,
    member_id: mark(),
    parties: parties === '*' ? parties : parties.map(mark),
    scope: Object.fromEntries(Object.keys(scope).map((key) => [key, [mark()]])),
  }
  const own = Object.entries(input).map(([key, value]) => [key, Array.isArray(value) ? value.map(mark) : mark()])
  const bare = { ...ctx, tenant_id: mark(), actor }
  const marks = valuesOf(bare, Object.fromEntries(own) as Scalars)
  return { ctx: bare, input: Object.fromEntries(own) as Scalars, marks }
}

// A builder that reaches for its caller's context instead of the marks would keep the first caller's ids for everybody.
function refuseValues({ tenant_id, actor }: Ctx, { parameters }: CompiledQuery): void {
  const own = [tenant_id, actor.member_id, ...(actor.parties === '*' ? [] : actor.parties)]
  if (parameters.some((value) => value !== null && own.includes(value as string)))
    throw new Error("A remembered statement holds a caller's own id: build it from the marks")
}

/**
 * Runs a query that is built and compiled once for each shape: name, side, number of parties, kinds of scope, given fields and
 * their lengths. `build` gets marks instead of values and must not look into them.
 */
export async function runRemembered<R, I extends Scalars>(
  ctx: Ctx,
  name: string,
  input: I,
  build: (ctx: Ctx, input: I) => Compilable<R>,
): Promise<R[]> {
  const key = `${name} ${shapeOf(ctx, input)}`
  let found = remembered.get(key)
  if (!found) {
    const bare = marked(ctx, input)
    const query = build(bare.ctx, bare.input as I).compile() as CompiledQuery
    refuseValues(ctx, query)
    found = { query, places: query.parameters.map((value) => bare.marks.indexOf(value)) }
    // A caller makes new shapes at will, by sizes of pages as by filters; they must not keep everybody else's out for ever.
    if (remembered.size >= MOST) remembered.clear()
    remembered.set(key, found)
  }
  const values = valuesOf(ctx, input)
  const { query, places } = found
  const parameters = places.map((place, i) => (place < 0 ? query.parameters[i] : values[place]))
  return ctx.ask({ compile: () => ({ ...query, parameters }) as CompiledQuery<R> })
}

// A statement seen twice is prepared under a short name. Both are bounded since filters make many texts; what was seen once is forgotten.
const MOST_PREPARED = 2000
const prepares = new Map<string, string>()
const once = new Set<string>()

/** The name under which a connection prepares a statement, or none when it was not seen before. */
export function prepared(text: string): { name?: string } {
  const name = prepares.get(text)
  if (name !== undefined) return { name }
  if (once.delete(text) && prepares.size < MOST_PREPARED) {
    const made = `s${prepares.size}`
    prepares.set(text, made)
    return { name: made }
  }
  if (once.size >= MOST_PREPARED) once.clear()
  once.add(text)
  return {}
}

type Maker = (values: unknown[]) => object
const makers = new Map<string, Maker>()

/** Rows as objects; what makes them is written once for each list of columns, since filling them name by name costs more than reading them. */
export function objectsOf(fields: readonly { name: string }[], rows: readonly unknown[][]): object[] {
  const key = fields.map(({ name }) => name).join('\0')
  let maker = makers.get(key)
  if (!maker) {
    const names = fields.map(({ name }) => JSON.stringify(name))
    // oxlint-disable-next-line typescript/no-implied-eval -- the code holds nothing but the names of columns, quoted
    maker = new Function('values', `return {${names.map((name, i) => `${name}: values[${i}]`).join()}}`) as Maker
    makers.set(key, maker)
  }
  return rows.map(maker)
}

/** Rows of one table, all with the same columns; of those that stay, whose key is taken are left out. */
export interface Insert {
  table: string
  rows: readonly object[]
  clash: 'fails' | 'stays'
}

interface Place extends Pick<Insert, 'table' | 'clash'> {
  names: string
  rows: object[]
}

const namesOf = (row: object): string =>
  Object.keys(row)
    .map((name) => `"${name}"`)
    .join()

// The rows come as JSON, so that the text is the same for one row and for a thousand. A cluster takes such an insert only with an
// answer or an exception; the answer names no column, so that nobody needs to see what was stored.
const insertText = ({ table, names, clash }: Place, place: number): string =>
  `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $${place}::jsonb) ${
    clash === 'stays' ? 'on conflict do nothing' : 'returning 1'
  }`

/** One statement for all these rows, those of one table together. */
export function insertsQuery(inserts: readonly Insert[]): CompiledQuery {
  const places = new Map<string, Place>()
  for (const { table, rows, clash } of inserts) {
    const names = namesOf(rows[0] ?? {})
    const key = `${table} ${clash} ${names}`
    const place = places.get(key)
    if (place) place.rows = place.rows.concat(rows)
    else places.set(key, { table, clash, names, rows: [...rows] })
  }
  const all = [...places.values()]
  const parts = all.map((place, i) => insertText(place, i + 1))
  const last = parts.pop() ?? ''
  const beside = parts.map((part, i) => `w${i} as (${part})`)
  return CompiledQuery.raw(
    beside.length === 0 ? last : `with ${beside.join()} ${last}`,
    all.map(({ rows }) => JSON.stringify(rows)),
  )
}

/** Stores rows of the same columns with the next statement of this transaction, or with its commit. */
export function insertLater<T extends keyof Tables & string>(
  ctx: Ctx,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
  { clash = 'fails' }: { clash?: Insert['clash'] } = {},
): void {
  if (rows.length > 0) ctx.insert({ table, rows, clash })
}
