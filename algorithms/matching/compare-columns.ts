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
    const [valuesA, valuesB] = [left.map((row) => row[column] ?? ''), right.map((row) => row[column] ?? '')]
    const agrees = agreement(method, threshold)
    for (let k = 0; k < sums.length; k++) {
      const a = valuesA[pairs.lefts[k] ?? 0] ?? ''
      const b = valuesB[pairs.rights[k] ?? 0] ?? ''
      if (a !== '' && b !== '' && agrees(a, b)) sums[k] = (sums[k] ?? 0) + 1
    }
  }
  return sums
}

function agreement(method: ColumnRule['method'], threshold: number): (a: string, b: string) => boolean {
  if (method === 'exact') return (a, b) => a === b
  if (method === 'jaro_winkler') return (a, b) => a === b || (canJaro(a, b, threshold) && jaroWinkler(a, b) >= threshold)
  return (a, b) => a === b || (canEdit(a, b, threshold) && levenshteinSimilarity(a, b) >= threshold)
}

/** Upper bounds by length alone: Jaro ≤ (2 + short ÷ long) ÷ 3, raised by the common beginning; edits ≥ difference of length. */
function canJaro(a: string, b: string, threshold: number): boolean {
  const ratio = a.length < b.length ? a.length / b.length : b.length / a.length
  const most = (2 + ratio) / 3
  return most + 0.4 * (1 - most) >= threshold
}

function canEdit(a: string, b: string, threshold: number): boolean {
  const longer = Math.max(a.length, b.length)
  return 1 - Math.abs(a.length - b.length) / longer >= threshold
}
