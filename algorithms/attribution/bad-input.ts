/** Where in a file the fault is: data rows count from 1, lines from 1 (the header is line 1), the column by its name. */
export interface Place {
  row?: number
  line?: number
  column?: string
}

export type BadInput = Error & Place & { code: 'bad_input' }

/** An error that the person who gave the input can mend; its message names the place and the remedy. */
export function badInput(message: string, place: Place = {}): BadInput {
  const where = [
    place.row === undefined ? '' : `row ${place.row}`,
    place.line === undefined ? '' : place.row === undefined ? `line ${place.line}` : `(line ${place.line})`,
  ]
  const spot = [where.filter(Boolean).join(' '), place.column === undefined ? '' : `column ${place.column}`]
  const prefix = spot.filter(Boolean).join(', ')
  return Object.assign(
    new Error(prefix ? `${prefix}: ${message}` : message),
    { name: 'BadInput', code: 'bad_input' as const },
    place,
  )
}

/** Tells a fault of the input from a bug. */
export function isBadInput(error: unknown): error is BadInput {
  return error instanceof Error && 'code' in error && error.code === 'bad_input'
}
