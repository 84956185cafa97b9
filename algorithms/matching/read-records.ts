import { badInput } from './bad-input.ts'
import type { FirmRecord } from './firm.ts'
import { type ColumnKind, type Columns, guessColumns } from './guess-columns.ts'
import type { PersonRecord } from './person.ts'
import { readTable } from './read-table.ts'

/** Headings the caller named, by what they hold. */
export type NamedColumns = Partial<Record<ColumnKind, string>>

export type Records = {
  kind: 'firms' | 'people'
  columns: Record<string, string>
  rows: (FirmRecord & PersonRecord)[]
}

const SAMPLE = 200
const FIRM_KINDS = ['name', 'domain', 'country', 'number', 'phone', 'address', 'city', 'postcode', 'parent'] as const
const PERSON_KINDS = [
  'name',
  'given_name',
  'surname',
  'email',
  'phone',
  'birth_date',
  'national_id',
  'address',
  'city',
  'postcode',
  'state',
] as const

/**
 * Reads a list of firms or people from a CSV file, keeping only the columns that matching uses: those named, the others guessed. A list with
 * a column for surnames or given names, and no name column named, is of people. Throws BadInput as `readTable` does, and for a named heading
 * that is missing or a list without any name.
 */
export async function readRecords(path: string, named: NamedColumns): Promise<Records> {
  const { header, rows } = await readTable(path)
  const sample: string[][] = []
  const iterator = rows[Symbol.asyncIterator]()
  let ended = false
  while (sample.length < SAMPLE && !ended) {
    const next = await iterator.next()
    if (next.done === true) ended = true
    else sample.push(next.value)
  }
  const columns = { ...guessColumns(header, sample), ...placesOf(path, header, named) }
  const isPeople = named.name === undefined && (columns.surname !== undefined || columns.given_name !== undefined)
  if (!isPeople && columns.name === undefined) {
    throw badInput(`${path}: no column looks like a name; name it with --name. Columns: ${header.join(', ')}`)
  }
  const used = usedColumns(columns, isPeople)
  const records = sample.map((row) => recordOf(row, used))
  while (!ended) {
    const next = await iterator.next()
    if (next.done === true) ended = true
    else records.push(recordOf(next.value, used))
  }
  return { kind: isPeople ? 'people' : 'firms', columns: headings(used, header), rows: records }
}

function placesOf(path: string, header: string[], named: NamedColumns): Columns {
  const columns: Columns = {}
  for (const [kind, heading] of Object.entries(named)) {
    const exact = header.indexOf(heading)
    const place = exact === -1 ? header.findIndex((other) => other.toLowerCase() === heading.toLowerCase()) : exact
    if (place === -1) throw badInput(`${path}: there is no such column; the file has: ${header.join(', ')}`, { column: heading })
    columns[kind as ColumnKind] = place // keys of NamedColumns are kinds
  }
  return columns
}

function usedColumns(columns: Columns, isPeople: boolean): Columns {
  const used: Columns = {}
  for (const kind of isPeople ? PERSON_KINDS : FIRM_KINDS) if (columns[kind] !== undefined) used[kind] = columns[kind]
  // A firm's mail address shows its domain as well as its web address does.
  if (!isPeople && used.domain === undefined && columns.email !== undefined) used.domain = columns.email
  if (used.address !== undefined && columns.house !== undefined) used.house = columns.house
  return used
}

function recordOf(row: string[], used: Columns): FirmRecord & PersonRecord {
  const record: FirmRecord & PersonRecord = { name: '' }
  for (const [kind, place] of Object.entries(used)) {
    const value = row[place] ?? ''
    if (kind === 'house') record.address = `${value} ${record.address ?? ''}`
    else if (value !== '') record[kind as Exclude<ColumnKind, 'house'>] = value // keys of Columns are kinds
  }
  return record
}

function headings(used: Columns, header: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(used).map(([kind, place]) => [kind, header[place] ?? '']))
}
