import type { ReactNode } from 'react'
import type { Crumb } from './heading.tsx'

/** A column as data; `sort` is the field that the list verb sorts by. */
export interface Column<R> {
  key: string
  title: string
  /** A cell without a value gives null: a dash in the table, and nothing on a card. */
  cell: (row: R) => ReactNode
  sort?: string
  /** Figures stand at the end of the cell. */
  end?: boolean
  /** On a phone a row is a card: its `lead`, then pairs, with their title where the value alone says too little; `hide` leaves it out. */
  narrow?: 'lead' | 'pair' | 'titled' | 'hide'
}

export interface Filter {
  key: string
  title: string
  options: { value: string; label: string }[]
  /** One value only. */
  single?: boolean
}

/** A named set of filters every reader of the list gets. */
export interface View {
  label: string
  query: Record<string, string>
}

export interface BulkAction<R> {
  label: string
  permission?: string
  /** Why not for these rows; nothing when it may go on. */
  refuses?: (rows: R[]) => string | undefined
  /** Does it; the ids it gives back stay selected, and `select` selects some anew when what was done comes back. */
  run: (rows: R[], select: (ids: string[]) => void) => Promise<string[] | void>
}

/** Whether a cell has nothing to say. */
export const isEmptyCell = (cell: ReactNode): boolean => cell === null || cell === undefined || cell === '' || cell === false

export interface ListShape<R> {
  title: string
  crumb?: Crumb
  actions?: ReactNode
  columns: Column<R>[]
  id: (row: R) => string
  /** The words of a row for a screen reader and for its tick. */
  label: (row: R) => string
  /** The page of a row, below /e/<slug>/. */
  to?: (row: R) => string
  /** Opens a row that has no page of its own, as in a sheet. */
  onOpen?: (row: R) => void
  filters?: Filter[]
  views?: View[]
  hasSearch?: boolean
  bulk?: BulkAction<R>[]
  renderPeek?: (row: R) => ReactNode
  empty: ReactNode
  /** Address of the same rows as CSV. */
  csv?: string
}
