import { states } from '../../kernel/states.ts'

/** The life of an import. `cancelled` and `failed` go on where they stopped when they are run again. */
export const STATE = states(
  {
    reading: { read: 'mapping', refuse: 'unreadable' },
    unreadable: { choose_sheet: 'reading' },
    mapping: { choose_sheet: 'reading', map: 'mapping', check: 'checking', run: 'running' },
    checking: { finish: 'checked', fail: 'mapping', cancel: 'mapping' },
    checked: { choose_sheet: 'reading', map: 'mapping', check: 'checking', run: 'running' },
    running: { finish: 'done', cancel: 'cancelled', fail: 'failed' },
    cancelled: { run: 'running', undo: 'undoing' },
    failed: { run: 'running', undo: 'undoing' },
    done: { undo: 'undoing' },
    undoing: { finish: 'undone' },
    undone: {},
  },
  { initial: 'reading' },
)
export type State = (typeof STATE.all)[number]

export const DAY_ORDERS = ['ymd', 'dmy', 'mdy'] as const
export const DECIMALS = ['.', ','] as const

/** How the cells of a file are meant where they do not say it themselves. */
export interface Settings {
  day_order: (typeof DAY_ORDERS)[number]
  decimal: (typeof DECIMALS)[number]
  currency: string | null
  country: string | null
}

/** States in which something goes on by itself. */
export const isBusy = (state: string): boolean => ['reading', 'checking', 'running', 'undoing'].includes(state)
