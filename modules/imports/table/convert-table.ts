import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { LIMITS, type TableRow, unreadable } from './limits.ts'
import { csvFormat, readCsv } from './read-csv.ts'
import { readSheet } from './read-xlsx.ts'
import { sniff } from './sniff.ts'
import { openWorkbook } from './workbook.ts'
import { openZip } from './zip.ts'

export interface TableFormat {
  type: 'csv' | 'xlsx'
  encoding: string
  delimiter: string | null
  sheet: string | null
  /** The visible sheets of a workbook. */
  sheets: string[]
}

export interface Table {
  format: TableFormat
  /** The headings, each once. */
  header: string[]
  /** The line of the headings. */
  header_line: number
  rows: number
  /** The first rows, for guessing and showing. */
  sample: string[][]
}

const SAMPLE = 200
const LOOK = 20

const NOT: Record<string, string> = {
  ole: 'The file is an old or protected Excel workbook (XLS); save it as XLSX without a password',
  pdf: 'The file is a PDF; save the table as CSV or XLSX',
  image: 'The file is a picture; save the table as CSV or XLSX',
  gzip: 'The file is packed; unpack it first',
  program: 'The file is a program, not a table',
  html: 'The file is a web page (some exports call it XLS); open it in your spreadsheet and save it as XLSX',
  xml: 'The file is XML; save the table as CSV or XLSX',
  json: 'The file is JSON; save the table as CSV or XLSX, or use the API',
  binary: 'The file holds binary data; save the table as CSV (UTF-8) or XLSX',
}

/** Headings as they stand, blank ones named by their place, repeated ones numbered. */
function headingsOf(cells: readonly string[]): string[] {
  const seen = new Set<string>()
  return cells.map((cell, i) => {
    const own = cell.replace(/\s+/g, ' ').trim().slice(0, 200) || `Column ${i + 1}`
    let name = own
    for (let n = 2; seen.has(name.toLowerCase()); n += 1) name = `${own} (${n})`
    seen.add(name.toLowerCase())
    return name
  })
}

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '').length

/**
 * Of the first rows the one with the headings: titles and notes above a table fill few of its columns. How many it has, most of its rows
 * tell, since one may have more by mistake; what has nothing below it heads nothing.
 */
function headerAt(rows: readonly TableRow[]): number {
  const widths = rows.map(({ cells }) => filled(cells))
  const wide = Map.groupBy(
    widths.filter((width) => width > 1),
    (width) => width,
  )
  const [usual = 1] = [...wide].sort(([a, some], [b, others]) => others.length - some.length || b - a)[0] ?? []
  const at = widths.findIndex((width) => width >= usual * 0.6)
  return at > 0 && at === rows.length - 1 ? headerAt(rows.slice(0, at)) : Math.max(0, at)
}

/** Takes rows one by one: finds the headings, writes the rest as lines of JSON `[line, cell, …]`, numbers as such, keeps a sample. */
function makeWriter(out: number) {
  const first: TableRow[] = []
  let [pending, rows, header_line] = ['', 0, 0]
  let header: string[] | null = null
  const sample: string[][] = []
  const write = ({ line, cells, numbers }: TableRow) => {
    rows += 1
    if (rows > LIMITS.rows) throw unreadable(`The file has more than ${LIMITS.rows} rows; split it`)
    if (sample.length < SAMPLE) sample.push(cells)
    const kept = numbers?.size ? cells.map((cell, i) => (numbers.has(i) ? Number(cell) : cell)) : cells
    pending += `${JSON.stringify([line, ...kept])}\n`
    if (pending.length > 262_144) flush()
  }
  const flush = () => {
    writeSync(out, pending)
    pending = ''
  }
  const settle = () => {
    if (header || first.length === 0) return
    const at = headerAt(first)
    const top = first[at]
    header = headingsOf(top?.cells ?? [])
    header_line = top?.line ?? 1
    for (const row of first.slice(at + 1)) write(row)
  }
  return {
    take: (row: TableRow) => {
      if (header) return write(row)
      first.push(row)
      if (first.length === LOOK) settle()
    },
    end: (): Omit<Table, 'format'> => {
      settle()
      flush()
      if (!header) throw unreadable('The file is empty; choose one with a line of headings and rows below it')
      if (rows === 0) throw unreadable('The file has headings but no rows; add rows below them')
      return { header, header_line, rows, sample }
    },
  }
}

export interface Conversion {
  path: string
  out: string
  /** The sheet of a workbook; null reads the first. */
  sheet: string | null
  /** Hears what the file is before its rows are read. */
  told?: (format: TableFormat) => void
}

/** Reads a CSV or XLSX file, told by its content, into lines of JSON. Refuses with a sentence what is no table. */
export async function convertTable({ path, out: out_path, sheet, told = () => {} }: Conversion): Promise<Table> {
  const [file, out] = [openSync(path, 'r'), openSync(out_path, 'w', 0o600)]
  try {
    const size = fstatSync(file).size
    if (size === 0) throw unreadable('The file is empty; choose one with a line of headings and rows below it')
    const head = Buffer.alloc(Math.min(size, 4096))
    readSync(file, head, 0, head.length, 0)
    const kind = sniff(head)
    const writer = makeWriter(out)
    if (kind === 'zip') {
      const zip = openZip(file, path, size)
      const book = await openWorkbook(zip, sheet)
      const format: TableFormat = { type: 'xlsx', encoding: 'utf-8', delimiter: null, sheet: book.sheet, sheets: book.sheets }
      told(format)
      await readSheet(zip, book, writer.take)
      return { format, ...writer.end() }
    }
    if (kind !== 'text') throw unreadable(NOT[kind] ?? 'The file is no table; save it as CSV or XLSX')
    const format = await csvFormat(path)
    for await (const row of readCsv(path, format)) writer.take(row)
    const { encoding, delimiter } = format
    return { format: { type: 'csv', encoding, delimiter, sheet: null, sheets: [] }, ...writer.end() }
  } finally {
    closeSync(file)
    closeSync(out)
  }
}
