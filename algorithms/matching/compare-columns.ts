import { jaroWinkler, levenshteinSimilarity } from './strings.ts'

export type ColumnRule = {
  column: string
  method: 'exact' | 'jaro_winkler' | 'levenshtein'
  /** The similarity from which the two values count as agreeing; for `exact` not used. */
  threshold?: number
}

export type Row = Readonly<Record<string, string>>

/** Every pair of rows with the same value in a column, empty values apart: `lefts[i]` with `rights[i]`. Plain blocking. */
export function pairsByColumn(left: Row[], right: Row[], column: string): { lefts: Uint32Array; rights: Uint32Array } {
  const blocks = new Map<string, number[]>()
  for (const [j, row] of right.entries()) {
    const value = row[column] ?? ''
    const block = blocks.get(value)
    if (value === '') continue
    if (block === undefined) blocks.set(value, [j])
    else block.push(j)
  }
  const lefts: number[] = []
  const rights: number[] = []
  for (const [i, row] of left.entries()) {
    for (const j of blocks.get(row[column] ?? '') ?? []) {
      lefts.push(i)
      rights.push(j)
    }
  }
  return { lefts: Uint32Array.from(lefts), rights: Uint32Array.from(rights) }
}

/**
 * For every pair the number of rules it satisfies. A missing value (empty on either side) satisfies none, as in the Python Record Linkage
 * Toolkit whose printed table our tests reproduce. Rules beyond 255 are refused with RangeError.
 */
export function countAgreements(
  left: Row[],
  right: Row[],
  pairs: { lefts: Uint32Array; rights: Uint32Array },
  rules: ColumnRule[],
): Uint8Array {
  if (rules.length > 255) throw new RangeError(`${rules.length} rules: at most 255 are possible`)
  const sums = new Uint8Array(pairs.lefts.length)
  for (const { column, method, threshold = 1 } of rules) {
    const { lefts, rights, values, letters } = coded(left, right, column)
    const agrees = agreement({ method, threshold }, values, letters)
    for (let k = 0; k < sums.length; k++) {
      const a = lefts[pairs.lefts[k] ?? 0] ?? 0
      const b = rights[pairs.rights[k] ?? 0] ?? 0
      if (a !== 0 && b !== 0 && (a === b || agrees(a, b))) sums[k] = (sums[k] ?? 0) + 1
    }
  }
  return sums
}

/** A column's values by number, 0 for missing; with each distinct value the set of its letters as bits (two letters may share one). */
function coded(left: Row[], right: Row[], column: string) {
  const values = ['']
  const letters = [0]
  const numbers = new Map([['', 0]])
  const code = (row: Row) => {
    const value = row[column] ?? ''
    let number = numbers.get(value)
    if (number === undefined) {
      number = values.push(value) - 1
      numbers.set(value, number)
      let bits = 0
      for (let i = 0; i < value.length; i++) bits |= 1 << (value.charCodeAt(i) & 31)
      letters.push(bits)
    }
    return number
  }
  return { lefts: Int32Array.from(left, code), rights: Int32Array.from(right, code), values, letters: Int32Array.from(letters) }
}

type Agreement = (a: number, b: number) => boolean

/** Agreement of two different values. What cannot reach the threshold by length and letters alone is not compared letter by letter. */
function agreement(
  { method, threshold }: { method: ColumnRule['method']; threshold: number },
  values: string[],
  letters: Int32Array,
): Agreement {
  if (method === 'exact') return () => false
  const isClose = method === 'jaro_winkler' ? jaroWinkler : levenshteinSimilarity
  const bound = method === 'jaro_winkler' ? jaroBound : editBound
  return (i, j) => {
    const a = values[i] ?? ''
    const b = values[j] ?? ''
    const bitsA = letters[i] ?? 0
    const bitsB = letters[j] ?? 0
    if (bound(a.length, b.length, bitCount(bitsA & ~bitsB), bitCount(bitsB & ~bitsA)) < threshold) return false
    return isClose(a, b) >= threshold
  }
}

/** Jaro with every letter matched that may be, raised by a common beginning of four; `aloneA` letters of the first are not in the second. */
function jaroBound(a: number, b: number, aloneA: number, aloneB: number): number {
  const matches = Math.min(a - aloneA, b - aloneB)
  const most = (matches / a + matches / b + 1) / 3
  return most + 0.4 * (1 - most)
}

/** Every difference of length and every letter only one side has costs an edit. */
function editBound(a: number, b: number, aloneA: number, aloneB: number): number {
  return 1 - Math.max(Math.abs(a - b), aloneA, aloneB) / Math.max(a, b)
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
