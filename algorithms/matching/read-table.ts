import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { badInput } from './bad-input.ts'

export type Table = {
  header: string[]
  /** Data rows, with the cells in the order of the header, trimmed. */
  rows: AsyncIterable<string[]>
}

/** Bytes are read as Latin-1, one character each, and made text cell by cell: so a wrong byte is reported with its row and column. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
const BEYOND_ASCII = /[\u0080-\uffff]/

/**
 * Reads a CSV file (comma, semicolon, tab or bar, told from its header; UTF-8 with or without mark) as a stream of rows; `-` is standard input.
 * Throws BadInput naming row and column: file missing or empty, no data rows, a heading twice or missing, a row too long or too short, a quote
 * left open, bytes that are not UTF-8 (Latin-1, UTF-16), a NUL character.
 */
export async function readTable(path: string): Promise<Table> {
  const { head, bytes } = await openBytes(path)
  const fail = (message: string, place = {}) => badInput(`${path}: ${message}`, place)
  if (head.length === 0) throw fail('the file is empty; it needs a header line and data rows')
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw fail('the file is UTF-16; save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8')
  }
  const parser = bytes.pipe(
    parse({
      encoding: 'latin1',
      delimiter: delimiterOf(head),
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      relax_quotes: true,
    }),
  )
  bytes.on('error', (error) => parser.destroy(error))
  const records: AsyncIterator<string[]> = parser[Symbol.asyncIterator]()
  const first = await nextRecord(records, path, 0)
  if (first === null) throw fail('the file is empty; it needs a header line and data rows')
  const header = first.map((heading, i) =>
    cellText(heading, { path, row: 0, column: `${i + 1}` })
      .replace(/^\uFEFF/, '')
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  )
  for (const [i, heading] of header.entries()) {
    if (heading === '') throw fail(`heading ${i + 1} is empty; name every column`)
    if (header.indexOf(heading) !== i) throw fail('this heading stands twice; rename one', { column: heading })
  }
  return { header, rows: dataRows(records, header, path) }
}

async function* dataRows(records: AsyncIterator<string[]>, header: string[], path: string): AsyncGenerator<string[]> {
  for (let row = 1; ; row++) {
    const record = await nextRecord(records, path, row)
    if (record === null) {
      if (row === 1) throw badInput(`${path}: the list is empty; it needs at least one data row under the header`)
      return
    }
    if (record.length !== header.length) {
      const column = header[Math.min(record.length, header.length - 1)] ?? ''
      const remedy = 'quote cells that hold the separator, or add the missing cells'
      throw badInput(`${path}: ${record.length} cells where the header has ${header.length}; ${remedy}`, { row, column })
    }
    yield record.map((cell, i) => cellText(cell, { path, row, column: header[i] ?? '' }))
  }
}

async function nextRecord(records: AsyncIterator<string[]>, path: string, row: number): Promise<string[] | null> {
  try {
    const next = await records.next()
    return next.done === true ? null : next.value
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'CSV_QUOTE_NOT_CLOSED')
      throw badInput(`${path}: a quotation mark is opened and never closed; double it or remove it`, { row })
    if (typeof code === 'string')
      throw badInput(`${path}: ${error instanceof Error ? error.message : code}`, row === 0 ? {} : { row })
    throw error
  }
}

function cellText(cell: string, { path, row, column }: { path: string; row: number; column: string }): string {
  if (cell.includes('\0'))
    throw badInput(`${path}: a NUL character; the file is not text, or it is UTF-16: save it as UTF-8`, { row, column })
  if (!BEYOND_ASCII.test(cell)) return cell
  const bytes = Buffer.from(cell, 'latin1')
  try {
    return UTF8.decode(bytes)
  } catch {
    const shown = new TextDecoder('windows-1252').decode(bytes.subarray(0, 60))
    const remedy = 'it looks like Latin-1 (Windows-1252); convert it, for example: iconv -f WINDOWS-1252 -t UTF-8'
    throw badInput(`${path}: "${shown}" is not UTF-8; ${remedy}`, { row, column })
  }
}

async function openBytes(path: string): Promise<{ head: Buffer; bytes: Readable }> {
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 })
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  const next = async () => {
    try {
      return await chunks.next()
    } catch (error) {
      throw badInput(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const first = await next()
  const head = first.done === true ? Buffer.alloc(0) : first.value
  async function* all() {
    for (let chunk = first; chunk.done !== true; chunk = await next()) yield chunk.value
  }
  return { head, bytes: Readable.from(all(), { objectMode: false }) }
}

function delimiterOf(head: Buffer): string {
  const line = head.toString('latin1').split(/\r?\n|\r/, 1)[0] ?? ''
  const plain = line.replace(/"[^"]*"/g, '')
  let best = ','
  for (const mark of [';', '\t', '|']) if (plain.split(mark).length > plain.split(best).length) best = mark
  return best
}
