import { type BadInput, badInput, isBadInput } from './bad-input.ts'
import { type ByteNames, type ByteSpan, createByteNames, decodeText } from './byte-names.ts'
import type { Channels } from './channels.ts'
import { type CsvRecord, createRecord, readRecord, undoubled } from './csv-record.ts'
import { readNumberCell } from './number-cell.ts'
import { closePath, createBlock, type PathBlock } from './path-block.ts'
import { readPathCell } from './path-cell.ts'

const PATH_COLUMNS = ['path', 'conversions', 'value', 'nulls'] as const

const LONGEST_RECORD = 16 * 2 ** 20

interface Reading {
  names: ByteNames
  record: CsvRecord
  /** Column numbers of path, conversions, value, nulls; null before the header. */
  columns: readonly number[] | null
  width: number
  row: number
  line: number
  rest: Uint8Array
}

/** Reads the header from a record: the numbers of the four columns. */
function readHeader(reading: Reading, buffer: Uint8Array): void {
  const { record } = reading
  const names = Array.from({ length: record.fields }, (_, i) => {
    const name = decodeText(buffer.subarray(record.starts[i]!, record.ends[i]!))
    if (name === null) throw badInput('not UTF-8; save the file in UTF-8', { line: 1, column: String(i + 1) })
    if (name.includes('\r')) throw badInput('lines end with CR alone; save the file with LF or CR LF', { line: 1 })
    return name.trim().toLowerCase()
  })
  const missing = PATH_COLUMNS.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    const hint = names.length === 1 && /[;\t]/.test(names[0]!) ? ' Separate the columns with commas.' : ''
    const which = missing.length > 1 ? `columns ${missing.join(', ')} are missing` : `column ${missing[0]} is missing`
    throw badInput(`${which}; the first line must name ${PATH_COLUMNS.join(',')}.${hint}`, { line: 1, column: missing[0]! })
  }
  for (const column of PATH_COLUMNS) {
    if (names.indexOf(column) !== names.lastIndexOf(column)) throw badInput('named twice in the header', { line: 1, column })
  }
  reading.columns = PATH_COLUMNS.map((column) => names.indexOf(column))
  reading.width = record.fields
}

/** The field as bytes of their own when quotes had to be undone, else in place. */
function cellOf(reading: Reading, buffer: Uint8Array, column: number): ByteSpan {
  const { record } = reading
  const start = record.starts[column]!
  const end = record.ends[column]!
  if (record.doubled[column] === 0) return { buffer, start, end, hash: 0 }
  const plain = undoubled(buffer, start, end)
  return { buffer: plain, start: 0, end: plain.length, hash: 0 }
}

function at(reading: Reading, fault: BadInput, column?: string): BadInput {
  return badInput(fault.message, { row: reading.row, line: reading.line, ...(column === undefined ? {} : { column }) })
}

function readRow(reading: Reading, buffer: Uint8Array, block: PathBlock, columns: readonly number[]): void {
  const { record } = reading
  if (record.fields !== reading.width) {
    throw at(reading, badInput(`${record.fields} fields where the header has ${reading.width}; quote a field that holds a comma`))
  }
  const end = readPathCell(reading.names, cellOf(reading, buffer, columns[0]!), block, block.starts[block.size]!)
  if (typeof end !== 'number') throw at(reading, end, 'path')
  const number = (index: 1 | 2 | 3) => {
    const column = columns[index]!
    const value = readNumberCell(buffer, record.starts[column]!, record.ends[column]!)
    if (typeof value !== 'number') throw at(reading, value, PATH_COLUMNS[index])
    return value
  }
  closePath(block, end, [number(1), number(2), number(3)])
}

function isBlank(record: CsvRecord): boolean {
  return record.fields === 1 && record.starts[0] === record.ends[0]
}

function nextRecord(reading: Reading, buffer: Uint8Array, from: number, last: boolean): number {
  try {
    return readRecord(buffer, from, last, reading.record)
  } catch (error) {
    if (!isBadInput(error)) throw error
    throw badInput(error.message, reading.columns ? { row: reading.row + 1, line: reading.line + 1 } : { line: 1 })
  }
}

/** Reads the whole records of a piece of the file; what is left of it waits for the next piece. */
function readPiece(reading: Reading, piece: Uint8Array, last: boolean): PathBlock {
  const buffer = reading.rest.length === 0 ? piece : Buffer.concat([reading.rest, piece])
  const block = createBlock(Math.ceil(buffer.length / 32) + 1, Math.ceil(buffer.length / 8) + 16)
  let from = reading.line === 0 ? checkStart(buffer) : 0
  while (from < buffer.length) {
    const next = nextRecord(reading, buffer, from, last)
    if (next === -1) break
    from = next
    reading.line++
    if (!reading.columns) readHeader(reading, buffer)
    else if (!isBlank(reading.record)) {
      reading.row++
      readRow(reading, buffer, block, reading.columns)
    }
    reading.line += reading.record.breaks
  }
  reading.rest = new Uint8Array(buffer.subarray(from))
  if (reading.rest.length > LONGEST_RECORD) {
    throw badInput('more than 16 MiB in one row; is a quote left open?', { row: reading.row + 1, line: reading.line + 1 })
  }
  block.channel_count = reading.names.channels.names.length
  return block
}

/** Length of the byte-order mark; refuses other encodings by theirs. */
function checkStart(buffer: Uint8Array): number {
  const [a, b, c] = buffer
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw badInput('the file is UTF-16; save it in UTF-8', { line: 1 })
  return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0
}

function startReading(channels: Channels): Reading {
  return {
    names: createByteNames(channels),
    record: createRecord(),
    columns: null,
    width: 0,
    row: 0,
    line: 0,
    rest: new Uint8Array(0),
  }
}

function checkEnd(reading: Reading): void {
  const columns = PATH_COLUMNS.join(',')
  if (!reading.columns) throw badInput(`the input is empty; the first line must name ${columns}`, { line: 1 })
  if (reading.row === 0) throw badInput(`there is no row below the header ${columns}`, { line: 2 })
}

/** Reads a CSV of paths that is in memory. Throws bad input with row, line and column. */
export function parsePaths(bytes: Uint8Array, channels: Channels): PathBlock {
  const reading = startReading(channels)
  const block = readPiece(reading, bytes, true)
  checkEnd(reading)
  return block
}

/**
 * Reads a CSV of paths from a stream, block by block, in memory that does not grow with its length: UTF-8, header with the columns
 * path, conversions, value, nulls in any order (others are ignored), ` > ` between touches. Throws bad input with row, line and column.
 */
export async function* readPaths(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  channels: Channels,
): AsyncGenerator<PathBlock> {
  const reading = startReading(channels)
  for await (const piece of pieces) {
    const block = readPiece(reading, piece, false)
    if (block.size > 0) yield block
  }
  const block = readPiece(reading, new Uint8Array(0), true)
  checkEnd(reading)
  if (block.size > 0) yield block
}
