/** Where the fault is: data rows count from 1, the column by its name. */
export type Place = { row?: number; column?: string }

export type BadInput = Error & Place & { code: 'bad_input' }

/** An error that the person who gave the input can mend; its message names file, row, column and remedy. */
export function badInput(message: string, place: Place = {}): BadInput {
  const where = [place.row === undefined ? '' : `row ${place.row}`, place.column === undefined ? '' : `column ${place.column}`]
  const prefix = where.filter((part) => part !== '').join(', ')
  return Object.assign(new Error(prefix === '' ? message : `${prefix}: ${message}`), place, {
    name: 'BadInput',
    code: 'bad_input' as const,
  })
}

/** Tells a fault of the input from a bug. */
export function isBadInput(error: unknown): error is BadInput {
  return error instanceof Error && 'code' in error && error.code === 'bad_input'
}
