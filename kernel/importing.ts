import type { z } from 'zod'
import type { Issue } from './errors.ts'
import type { Ctx } from './module.ts'

/** How a cell's text becomes a value: `day` is YYYY-MM-DD, `amount` minor units, `flag` a boolean, `list` texts parted by ; or , or |. */
type CellKind =
  | 'text'
  | 'country'
  | 'domain'
  | 'mail'
  | 'day'
  | 'month'
  | 'amount'
  | 'currency'
  | 'whole'
  | 'flag'
  | 'choice'
  | 'list'

/** One field that a column of a file may fill. */
export interface ImportColumn {
  field: string
  kind: CellKind
  label: { en: string; de: string }
  /** Other headings under which it comes, in any language. */
  aliases?: readonly string[]
  required?: boolean
  /** For `choice` and the items of `list`: value → other words for it. */
  choices?: Readonly<Record<string, readonly string[]>>
  /** For `amount`: the field that holds its currency. */
  currency?: string
}

export interface ImportOutcome {
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  id: string
  /** After the save. */
  version: number
  changes: Record<string, readonly [unknown, unknown]>
  issues: readonly Issue[]
  /** What of a saved row was left out. */
  warnings?: readonly Issue[]
}

/** One saved row to take back: what was created is withdrawn, what was changed gets its old values. */
export type SavedRow = Pick<ImportOutcome, 'id' | 'version'> & {
  outcome: 'created' | 'updated'
  changes: Record<string, [unknown, unknown]>
}

/** `touched`: changed since by somebody; `in_use`: something hangs on it by now; `refused`: its old value is refused by now, with why. */
export interface UndoneRow {
  id: string
  outcome: 'undone' | 'touched' | 'in_use' | 'refused'
  issues?: readonly Issue[]
}

/** A kind of record that a room lets people import: its columns, its set-wise save, and how to take rows back. */
export interface Importable {
  label: { en: string; de: string }
  /** Asked of whoever uploads or runs, beside the right to import. */
  permission: string
  columns: readonly ImportColumn[]
  /** Fields that say which record is meant; a row without any of them is known again by its content. Absent: `save` always finds it. */
  keys?: readonly string[]
  /** Checks a row's values and gives what `save` takes. */
  schema: z.ZodType
  title: (values: Record<string, unknown>) => string
  /** Saves up to 500 rows in this transaction and tells the outcome of each, in order. */
  save: (ctx: Ctx, rows: never[]) => Promise<ImportOutcome[]>
  /** Takes back the rows whose version is still the one that the save left; the others stay and are told. */
  undo: (ctx: Ctx, rows: SavedRow[]) => Promise<UndoneRow[]>
}
