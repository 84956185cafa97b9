import { createHash } from 'node:crypto'
import { type Issue, plainWords } from '../../kernel/errors.ts'
import type { Importable, ImportColumn } from '../../kernel/importing.ts'
import type { Mapped } from './contract.ts'
import { plainIssue } from './plain-issue.ts'
import { plainWord } from './plain-word.ts'
import { cellText, type Problem, readAmount, readCell } from './read-cell.ts'
import type { Settings } from './rules.ts'

/** One row of a file, read: what `save` takes, or why it cannot be saved. */
export interface MadeRow {
  line: number
  cells: string[]
  title: string
  /** Checked by the room's schema; null where there are issues. */
  row: unknown
  issues: Issue[]
  hash: string | null
}

const HEADINGS: Issue = { path: '', message: 'repeats the line of headings', code: 'headings' }

type Values = Record<string, unknown>

const issueOf = (path: string, { problem, code, values }: Problem): Issue => ({ path, message: problem, code, values })

function fillAmounts(values: Values, columns: readonly ImportColumn[], settings: Settings, issues: Issue[]): void {
  for (const { field, kind, currency } of columns) {
    const text = values[field]
    if (kind !== 'amount' || typeof text !== 'string') continue
    // A currency that is none is told already.
    if (issues.some(({ path }) => path === currency)) continue
    const code = (currency && values[currency]) ?? settings.currency
    if (typeof code !== 'string') {
      const message = 'the amount has no currency: map a column, or choose one for the file'
      issues.push({ path: currency ?? field, message, code: 'currency_missing' })
      continue
    }
    const read = readAmount(text, { decimal: settings.decimal, currency: code })
    if ('problem' in read) issues.push(issueOf(field, read))
    else values[field] = read.value
    if (currency) values[currency] = code
  }
}

/** Gives a function that reads rows of a file as its mapping says. */
export function makeReader(importable: Importable, mapping: readonly Mapped[], settings: Settings) {
  const byField = new Map(importable.columns.map((column) => [column.field, column]))
  const columns = mapping.flatMap(({ field, column: heading }, at) => {
    const column = field === null ? undefined : byField.get(field)
    return column ? [{ at, column, heading: plainWord(heading) }] : []
  })
  // As where several exports were put one below the other.
  const isHeadings = (cells: readonly string[]) => columns.every(({ at, heading }) => plainWord(cells[at] ?? '') === heading)
  const country = importable.columns.find(({ kind }) => kind === 'country')

  const valuesOf = (cells: readonly (string | number)[], issues: Issue[]): Values => {
    const values: Values = {}
    for (const { at, column } of columns) {
      const cell = cells[at] ?? ''
      const isAmount = column.kind === 'amount' || column.kind === 'whole'
      // A true number is no matter of how the file writes them.
      const text = typeof cell === 'number' && isAmount ? String(cell).replace('.', settings.decimal) : cellText(String(cell))
      // An empty cell says nothing; it takes away nothing that is there.
      if (text === '') continue
      const read = readCell(text, column, settings)
      if ('problem' in read) issues.push(issueOf(column.field, read))
      else values[column.field] = read.value
    }
    if (country && values[country.field] === undefined && settings.country) values[country.field] = settings.country
    fillAmounts(values, importable.columns, settings, issues)
    return values
  }

  return (line: number, read: readonly (string | number)[]): MadeRow => {
    const cells = read.map(String)
    if (isHeadings(cells)) return { line, cells, title: '', row: null, issues: [HEADINGS], hash: null }
    const issues: Issue[] = []
    const values = valuesOf(read, issues)
    for (const { field, required } of importable.columns)
      if (required && values[field] === undefined && !issues.some(({ path }) => path === field))
        issues.push({ path: field, message: 'is missing', code: 'missing' })
    const title = importable.title(values)
    const keyed = !importable.keys || importable.keys.some((key) => values[key] !== undefined)
    const hash = keyed ? null : createHash('sha256').update(JSON.stringify(values)).digest('base64url')
    const made: MadeRow = { line, cells, title: title.slice(0, 300), row: null, issues, hash }
    if (issues.length > 0) return made
    const checked = importable.schema.safeParse(values, { error: plainWords })
    if (checked.success) made.row = checked.data
    else issues.push(...checked.error.issues.map(plainIssue))
    return made
  }
}
