import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { Refusal } from './errors.ts'

export interface PageInput {
  sort?: string | undefined
  limit: number
  cursor?: string | undefined
}

export interface Page<R> {
  items: R[]
  next: string | null
}

/** Columns that a list may be ordered by: name → expression, all not null or with `nulls` folded into the expression. */
type Sorts = Record<string, RawBuilder<unknown>>

interface Cursor {
  sort: string
  value: string | number | boolean
  id: string
}

function readCursor(text: string, sort: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Cursor>
    const isValue = ['string', 'number', 'boolean'].includes(typeof cursor.value)
    if (cursor.sort === sort && typeof cursor.id === 'string' && isValue) return cursor as Cursor
  } catch {
    // Told below: a cursor that cannot be read is as wrong as one of another order.
  }
  throw new Refusal('invalid', 'cursor: it belongs to another list or order; start again without it', {
    issues: [{ path: 'cursor', message: 'start again without it' }],
  })
}

export interface Order {
  sorts: Sorts
  /** The order when none is asked. */
  fallback: string
  id: RawBuilder<unknown>
}

type Sorted<R> = R & { sort_value: Cursor['value'] }

/**
 * One keyset page: orders by `sort` then id, reads one row more than asked, and gives the cursor of the next page.
 * The query must select `id`; `sorts` maps the contract's sort names to expressions.
 */
export async function keysetPage<DB, TB extends keyof DB, R extends { id: string }>(
  query: SelectQueryBuilder<DB, TB, R>,
  input: PageInput,
  order: Order,
): Promise<Page<R>> {
  return pageOf(await keysetQuery(query, input, order).execute(), input, order)
}

/** The query of a keyset page. */
export function keysetQuery<DB, TB extends keyof DB, R extends { id: string }>(
  query: SelectQueryBuilder<DB, TB, R>,
  input: PageInput,
  order: Order,
): SelectQueryBuilder<DB, TB, Sorted<R>> {
  const sort = input.sort ?? order.fallback
  const descending = sort.startsWith('-')
  const expression = order.sorts[descending ? sort.slice(1) : sort]
  if (!expression) throw new Error(`The list has no order ${sort}`)
  const way = descending ? sql`desc` : sql`asc`
  let page = query
    .select(sql<string | number | boolean>`${expression}`.as('sort_value'))
    .orderBy(sql`${expression} ${way}`)
    .orderBy(sql`${order.id} ${way}`)
    // Written into the statement: a plan that does not know how few rows are asked reads them all and sorts.
    .limit(sql.lit(input.limit + 1))
  if (input.cursor) {
    const { value, id } = readCursor(input.cursor, sort)
    page = page.where(
      descending
        ? sql<boolean>`(${expression}, ${order.id}) < (${value}, ${id})`
        : sql<boolean>`(${expression}, ${order.id}) > (${value}, ${id})`,
    )
  }
  // Kysely's types lose the added column in a generic query.
  return page as unknown as SelectQueryBuilder<DB, TB, Sorted<R>>
}

/** The page that the rows of such a query are. */
export function pageOf<R extends { id: string }>(rows: readonly Sorted<R>[], input: PageInput, order: Order): Page<R> {
  const sort = input.sort ?? order.fallback
  const items = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? items.at(-1) : undefined
  const next = last ? Buffer.from(JSON.stringify({ sort, value: last.sort_value, id: last.id })).toString('base64url') : null
  return { items, next }
}
