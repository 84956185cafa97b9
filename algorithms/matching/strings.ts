// Comparison of two strings by code unit. Buffers are shared between calls: nothing is allocated per pair.
const ROW = new Uint16Array(1025)
const MATCHED_A = new Uint8Array(1024)
const MATCHED_B = new Uint8Array(1024)
const LIMIT = 1024

/**
 * Jaro similarity, 0..1 (M. Jaro, "Advances in record-linkage methodology", JASA 1989). Two empty strings give 0.
 * Only the first 1,024 code units are looked at.
 */
export function jaro(a: string, b: string): number {
  const lengthA = Math.min(a.length, LIMIT)
  const lengthB = Math.min(b.length, LIMIT)
  if (lengthA === 0 || lengthB === 0) return 0
  if (a === b) return 1
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1)
  MATCHED_B.fill(0, 0, lengthB)
  let matches = 0
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i)
    const to = Math.min(lengthB, i + reach + 1)
    let found = 0
    for (let j = i > reach ? i - reach : 0; j < to; j++) {
      if (MATCHED_B[j] === 0 && b.charCodeAt(j) === code) {
        MATCHED_B[j] = 1
        found = 1
        matches++
        break
      }
    }
    MATCHED_A[i] = found
  }
  if (matches === 0) return 0
  let swapped = 0
  for (let i = 0, j = 0; i < lengthA; i++) {
    if (MATCHED_A[i] === 0) continue
    while (MATCHED_B[j] === 0) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swapped++
    j++
  }
  return (matches / lengthA + matches / lengthB + (matches - (swapped >> 1)) / matches) / 3
}

/**
 * Jaro-Winkler similarity, 0..1 (W. Winkler 1990): Jaro, raised by a tenth of the remainder per common leading letter, four at most, and
 * only above .7, as the Census Bureau's code and the jellyfish library have it.
 */
export function jaroWinkler(a: string, b: string): number {
  const base = jaro(a, b)
  if (base <= 0.7) return base
  const most = Math.min(4, a.length, b.length)
  let common = 0
  while (common < most && a.charCodeAt(common) === b.charCodeAt(common)) common++
  return base + common * 0.1 * (1 - base)
}

/** Edits (insert, delete, replace) between two strings (V. Levenshtein 1966), over their first 1,024 code units. */
export function levenshtein(a: string, b: string): number {
  let start = 0
  let endA = Math.min(a.length, LIMIT)
  let endB = Math.min(b.length, LIMIT)
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const width = endB - start
  if (endA === start) return width
  for (let j = 0; j <= width; j++) ROW[j] = j
  for (let i = start; i < endA; i++) {
    const code = a.charCodeAt(i)
    let diagonal = i - start
    let left = diagonal + 1
    for (let j = 1; j <= width; j++) {
      const above = ROW[j] ?? 0
      let cost = diagonal
      if (b.charCodeAt(start + j - 1) !== code) cost = 1 + Math.min(diagonal, above, left)
      diagonal = above
      ROW[j - 1] = left
      left = cost
    }
    ROW[width] = left
  }
  return ROW[width] ?? 0
}

/** 1 − edits ÷ length of the longer string: 0..1; two empty strings give 0. */
export function levenshteinSimilarity(a: string, b: string): number {
  const longer = Math.min(LIMIT, Math.max(a.length, b.length))
  return longer === 0 ? 0 : 1 - levenshtein(a, b) / longer
}
