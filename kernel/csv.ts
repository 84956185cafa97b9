import { Readable } from 'node:stream'
import type * as z from 'zod'
import { schemaFor } from './audience.ts'
import type { Route } from './contract.ts'
import { type Call, type House, runVerb } from './run.ts'

/** One CSV cell: a text that a spreadsheet would run as a formula is quoted with an apostrophe (undone by our import). */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = typeof value !== 'number' && /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const lineOf = (cells: unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`

function columnsOf(page: z.ZodType): string[] {
  const items = (page as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>).shape.items
  return Object.keys(items.element.shape)
}

/** A list as CSV, page after page, each page a transaction of its own; columns as the caller's audience sees them. */
export async function csvOf(house: House, route: Route, input: Record<string, unknown>, call: Call): Promise<Readable> {
  const { spread } = route
  const all = columnsOf(schemaFor(route.output, call.actor.side))
  const columns = spread ? all.filter((name) => spread.beside.includes(name)) : all
  const pairsOf = (row: Record<string, unknown> | undefined) =>
    spread ? ((row?.[spread.field] ?? []) as [string, unknown][]) : []
  const read = async (cursor: string | null) => {
    const { body } = await runVerb(house, route.name, cursor ? { ...input, cursor } : input, call)
    return body as { items: Record<string, unknown>[]; next: string | null }
  }
  // The first page is read before a byte is sent: what is refused is told as a problem.
  const first = await read(null)
  async function* lines() {
    // A spreadsheet reads UTF-8 only when the file begins by saying so.
    yield '\uFEFF'
    yield lineOf([...pairsOf(first.items[0]).map(([name]) => name), ...columns])
    for (let page: typeof first | null = first; page; page = page.next ? await read(page.next) : null) {
      const lines = page.items.map((row) =>
        lineOf([...pairsOf(row).map(([, value]) => value), ...columns.map((column) => row[column])]),
      )
      if (lines.length > 0) yield lines.join('')
    }
  }
  return Readable.from(lines())
}
