import { COMMON, DESCRIPTIVE } from './name-words.ts'

const SCALE = 10_000
const CEILING = 1000
const FULL = Math.log1p(SCALE)

/**
 * What a word tells about which firm is meant, 0..1: ln(1 + 10,000 ÷ records holding it) ÷ ln(10,001), where trade words count as if at least
 * 200 records and common words as if at least 100 held them, and no word as if more than 1,000
 * did. Inverse document frequency (K. Spärck Jones 1972) without the size of the list: a record without the word changes nothing.
 */
export function wordWeight(word: string, records: number): number {
  const floor = DESCRIPTIVE.has(word) ? 200 : COMMON.has(word) ? 100 : word.length === 1 ? 60 : 1
  return Math.log1p(SCALE / Math.min(CEILING, Math.max(records, floor))) / FULL
}

const NUMERAL = /^(?:[ivx]{1,5}|[a-z]?\d+[a-z]?|[a-z])$/

/** Numbers, roman numerals and single letters tell one fund or subsidiary from the next: they are equal or they differ. */
export function isNumeral(word: string): boolean {
  return NUMERAL.test(word)
}

/** The least weight any word has. */
export const LEAST_WEIGHT = Math.log1p(SCALE / CEILING) / FULL
