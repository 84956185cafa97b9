import { Refusal } from '../../../kernel/errors.ts'

/** What a file may hold; beyond it is refused before it costs much. */
export const LIMITS = {
  rows: 500_000,
  columns: 500,
  /** Characters of a cell, as in a spreadsheet. */
  cell: 32_767,
  /** Characters of a whole row. */
  row: 1_048_576,
  /** Bytes that all the parts of a workbook may unpack to. */
  unpacked: 400 * 1_048_576,
  /** Unpacked bytes for each packed one, once a part is beyond 8 MiB. */
  ratio: 100,
  parts: 5000,
  /** Characters of a workbook's shared texts. */
  shared: 48 * 1_048_576,
} as const

/** A refusal of the whole file, in a sentence that says what to do. */
export const unreadable = (sentence: string): Refusal => new Refusal('invalid', sentence)

export interface TableRow {
  /** Where it begins in the file, from 1. */
  line: number
  cells: string[]
  /** The places of cells that the file holds as numbers, not as somebody's writing of one. */
  numbers?: ReadonlySet<number>
}

/** Refuses rows that no person wrote. */
export function checkRow(row: TableRow): TableRow {
  if (row.cells.length > LIMITS.columns)
    throw unreadable(`Line ${row.line} has ${row.cells.length} columns; a file may have ${LIMITS.columns}`)
  for (const cell of row.cells)
    if (cell.length > LIMITS.cell) throw unreadable(`Line ${row.line} has a cell of more than ${LIMITS.cell} characters`)
  return row
}
