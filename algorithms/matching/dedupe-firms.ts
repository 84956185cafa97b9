import { cluster, type WeighedPair } from './cluster.ts'
import { createIndex, type IndexOptions } from './create-index.ts'
import type { FirmRecord } from './firm.ts'
import { FIRM_WEIGHTS } from './firm-weights.ts'
import { probabilityOf } from './score-firms.ts'

export type Clustered = {
  /** Cluster numbers count from 1 in order of their first row; a row alone has a cluster of its own. */
  cluster: number
  /** Mean probability that the row and the others of its cluster are one; for a row alone 1 − the highest probability with any other row. */
  score: number
}

export type DedupeOptions = IndexOptions & { progress?: (done: number) => void }

/** Finds rows of one list that mean the same firm; one result per row, in order. Clusters join only as wholes (see `cluster`). */
export function dedupeFirms(records: FirmRecord[], options: DedupeOptions = {}): Clustered[] {
  const weights = options.weights ?? FIRM_WEIGHTS
  const index = createIndex(
    records.map((record, i) => [`${i}`, record] as const),
    options,
  )
  const pairs: WeighedPair[] = []
  for (let row = 0; row < records.length; row++) {
    const firm = index.firmAt(row)
    if (firm === undefined) continue
    for (const { slot, evidence } of index.compare(firm, (slot) => slot < row)) {
      if (evidence.log_odds > -4) pairs.push({ a: slot, b: row, log_odds: evidence.log_odds })
    }
    if (row % 1000 === 999) options.progress?.(row + 1)
  }
  return clustersOf(records.length, pairs, weights.same)
}

/** Clusters weighed pairs and scores every row; shared by firms and people. */
export function clustersOf(count: number, pairs: WeighedPair[], same: number): Clustered[] {
  const home = cluster(count, pairs, Math.log(same / (1 - same)))
  const sums = new Float64Array(count)
  const highest = new Float64Array(count)
  const sizes = new Map<number, number>()
  for (const first of home) sizes.set(first, (sizes.get(first) ?? 0) + 1)
  for (const { a, b, log_odds } of pairs) {
    const p = probabilityOf(log_odds)
    for (const row of [a, b]) {
      highest[row] = Math.max(highest[row] ?? 0, p)
      if (home[a] === home[b]) sums[row] = (sums[row] ?? 0) + p
    }
  }
  const numbers = new Map<number, number>()
  return home.map((first, row) => {
    const number = numbers.get(first) ?? numbers.size + 1
    numbers.set(first, number)
    const size = sizes.get(first) ?? 1
    return { cluster: number, score: size === 1 ? 1 - (highest[row] ?? 0) : (sums[row] ?? 0) / (size - 1) }
  })
}
