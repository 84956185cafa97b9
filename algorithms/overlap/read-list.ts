import { parse } from 'csv-parse/sync'
import { canonicalKey, KEY_KINDS, type KeyKind } from './canonical-key.ts'
import { MAX_KEY } from './check-keys.ts'
import { fault, isFault } from './fault.ts'

export type ListOptions = {
  /** Header of the key column; guessed when absent. */
  column?: string
  /** What the column holds; guessed from its header when absent. */
  kind?: string
  /** Rows with a key seen before: `refuse` (default) or `merge`. */
  duplicates?: string
  /** Rows without a key: `refuse` (default) or `skip`. */
  blanks?: string
}

/** `rows[i]` lists the data rows (from 1) whose key is `keys[i]`. */
export type List = { keys: string[]; rows: number[][]; kind: KeyKind; column: string }

const GUESSES: readonly (readonly [RegExp, KeyKind])[] = [
  [/^(domain|website|web site|site|url|homepage)$/i, 'domain'],
  [/^(e-?mail|mail)( address)?$/i, 'email'],
  [/^(key|id|name|company|company name|account|account name)$/i, 'text'],
]

/** Reads the key column of a CSV file (UTF-8, comma, header line). `name` is used in messages; faults name row and column. */
export function readList(bytes: Uint8Array, name: string, options: ListOptions = {}): List {
  let header: string[] | undefined
  let chosen = { at: 0, column: '', kind: 'text' as KeyKind }
  const list: List = { keys: [], rows: [], kind: 'text', column: '' }
  const places = new Map<string, number>()
  let row = 0
  eachRecord(bytes, name, (record) => {
    if (!header) {
      header = record
      chosen = chooseColumn(header, name, options)
      return
    }
    row++
    const where = `${name}, row ${row}`
    if (record.length !== header.length)
      throw fault('input', `${where}: ${record.length} cells where the header has ${header.length}`)
    const key = keyOf(record[chosen.at] ?? '', chosen.kind, `${where}, column ${chosen.column}`, options.blanks)
    if (key === null) return
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, list.keys.push(key) - 1)
      list.rows.push([row])
    } else if (options.duplicates === 'merge') list.rows[place]?.push(row)
    else {
      const first = `"${key}" repeats row ${list.rows[place]?.[0]}`
      throw fault('input', `${where}, column ${chosen.column}: ${first}; remove it or pass --duplicates merge`)
    }
  })
  if (!header) chooseColumn([], name, options)
  if (list.keys.length === 0)
    throw fault('input', `${name}: the list is empty; it needs a header and at least one row with a ${chosen.column}`)
  return { ...list, kind: chosen.kind, column: chosen.column }
}

function eachRecord(bytes: Uint8Array, name: string, visit: (record: string[]) => void): void {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw fault('input', `${name}, ${badByte(bytes)}: not UTF-8; save the file as UTF-8`)
  }
  // Records are visited and dropped, so that a file of a million rows is never held as a million arrays.
  const onRecord = (record: string[]): null => {
    visit(record)
    return null
  }
  try {
    parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, on_record: onRecord })
  } catch (error) {
    if (isFault(error)) throw error
    throw fault('input', `${name} is not CSV: ${error instanceof Error ? error.message.slice(0, 300) : 'unreadable'}`)
  }
}

/** Names the row of the first line that is not UTF-8. */
function badByte(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let from = 0
  for (let line = 0; ; line++) {
    const end = bytes.indexOf(10, from)
    try {
      decoder.decode(bytes.subarray(from, end < 0 ? undefined : end))
    } catch {
      return line === 0 ? 'header' : `row ${line}`
    }
    if (end < 0) return `row ${line}`
    from = end + 1
  }
}

function chooseColumn(header: string[], name: string, options: ListOptions): { at: number; column: string; kind: KeyKind } {
  if (options.kind !== undefined && !KEY_KINDS.some((kind) => kind === options.kind)) {
    throw fault('input', `--kind ${options.kind} is unknown; choose ${KEY_KINDS.join(', ')}`)
  }
  const guess = GUESSES.flatMap(([pattern, kind]) =>
    header.flatMap((cell, at) => (pattern.test(cell.trim()) ? [{ at, kind }] : [])),
  )[0]
  const at = options.column === undefined ? (guess?.at ?? (header.length === 1 ? 0 : -1)) : header.indexOf(options.column)
  const column = header[at]
  if (column === undefined) {
    const missing = options.column === undefined ? 'no column that looks like a key' : `no column "${options.column}"`
    throw fault('input', `${name}: ${missing} among: ${header.join(', ').slice(0, 300) || '(nothing)'}; name one with --column`)
  }
  const named = GUESSES.find(([pattern]) => pattern.test(column.trim()))?.[1]
  return { at, column, kind: KEY_KINDS.find((kind) => kind === options.kind) ?? named ?? 'text' }
}

function keyOf(cell: string, kind: KeyKind, where: string, blanks: string | undefined): string | null {
  if (cell.trim() === '') {
    if (blanks === 'skip') return null
    throw fault('input', `${where}: empty; fill it or pass --blanks skip`)
  }
  if (cell.length > MAX_KEY) throw fault('input', `${where}: ${cell.length} characters; a key may have ${MAX_KEY}`)
  const key = canonicalKey(cell, kind)
  if (key === null) throw fault('input', `${where}: "${cell.slice(0, 60)}" is no ${kind}; correct it or choose another --kind`)
  return key
}
