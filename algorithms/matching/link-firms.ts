import { bestPartner } from './best-partner.ts'
import { createIndex, type FirmIndex, type IndexOptions } from './create-index.ts'
import type { FirmRecord } from './firm.ts'
import { FIRM_WEIGHTS, type FirmWeights } from './firm-weights.ts'
import { type Band, bandOf, type FirmEvidence, probabilityOf, reasonsOf } from './score-firms.ts'

export type LinkedPair = {
  /** Rows count from 0 in the lists as given. */
  left: number
  right: number
  /** Probability that both rows mean one thing, 0..1. */
  score: number
  band: Band
  reasons: string[]
}

export type LinkOptions = IndexOptions & {
  /** Every pair in band same or review, each judged by itself; otherwise each left row's best partner, judged against its rivals. */
  many?: boolean
  /** Called now and then with the number of left rows done. */
  progress?: (done: number) => void
}

type Scored = { right: number; log_odds: number; evidence: FirmEvidence }

/** A pair of different names loses this much log-odds where one of them has a partner of its own name: "Rogers" is there, so not "Rogers Media". */
const TAKEN = 2

/**
 * Links two lists of firms. Pairs of band *different* are left out. With `many` the result is symmetric: exchanging the lists exchanges left and
 * right. Without, a left row whose best partner is not clearly better than another drops in score. Order: by left row, then best first.
 */
export function linkFirms(left: FirmRecord[], right: FirmRecord[], options: LinkOptions = {}): LinkedPair[] {
  const weights = options.weights ?? FIRM_WEIGHTS
  const index = createIndex(both(left, right), options)
  const scored: Scored[][] = []
  for (let row = 0; row < left.length; row++) {
    scored.push(compareRow(index, row, left.length, weights))
    if (row % 1000 === 999) options.progress?.(row + 1)
  }
  const firm = { left: (row: number) => index.firmAt(row), right: (row: number) => index.firmAt(left.length + row) }
  const pairs: LinkedPair[] = []
  const isTaken = options.many === true ? takenRows(scored, right.length) : null
  for (const [row, found] of scored.entries()) {
    const kept =
      isTaken === null
        ? [bestPartner(found)].filter((pair) => pair !== undefined)
        : found.map((pair) => ({ ...pair, score: pairScore(pair.evidence, isTaken(row, pair.right)) }))
    for (const { right: other, evidence, score } of kept.sort((a, b) => b.score - a.score || a.right - b.right)) {
      const band = bandOf(score, weights)
      const [a, b] = [firm.left(row), firm.right(other)]
      if (band === 'different' || a === undefined || b === undefined) continue
      pairs.push({ left: row, right: other, score, band, reasons: reasonsOf(a, b, evidence) })
    }
  }
  return pairs
}

function* both(left: FirmRecord[], right: FirmRecord[]): Generator<[string, FirmRecord]> {
  for (const [i, record] of left.entries()) yield [`l${i}`, record]
  for (const [i, record] of right.entries()) yield [`r${i}`, record]
}

function compareRow(index: FirmIndex, row: number, offset: number, weights: FirmWeights): Scored[] {
  const firm = index.firmAt(row)
  if (firm === undefined) return []
  const least = Math.log(weights.review / (1 - weights.review)) - TAKEN
  return index
    .compare(firm, (slot) => slot >= offset)
    .filter(({ evidence }) => evidence.log_odds >= least)
    .map(({ slot, evidence }) => ({ right: slot - offset, log_odds: evidence.log_odds, evidence }))
}

function takenRows(scored: Scored[][], rights: number): (left: number, right: number) => boolean {
  const leftTaken = scored.map((found) => found.some(({ evidence }) => evidence.names.same_words === 1))
  const rightTaken = new Uint8Array(rights)
  for (const found of scored) for (const { right, evidence } of found) if (evidence.names.same_words === 1) rightTaken[right] = 1
  return (left, right) => leftTaken[left] === true || rightTaken[right] === 1
}

function pairScore({ log_odds, names }: FirmEvidence, isTaken: boolean): number {
  return probabilityOf(isTaken && names.same_words === 0 ? log_odds - TAKEN : log_odds)
}
