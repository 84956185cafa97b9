import { tokenSimilarity } from './name-similarity.ts'
import { COMMON, DESCRIPTIVE } from './name-words.ts'
import { addTo, hashOf, idsOf, type Postings, removeFrom } from './postings.ts'
import { isNumeral } from './word-weight.ts'

/** Words found again by spelling errors. Which words are near depends on the two alone, so the search is symmetric. */
export type NearWords = {
  add(word: string): void
  drop(word: string): void
  /** Known words with `tokenSimilarity` above 0 to this one, itself left out. */
  near(word: string): Set<string>
}

const LONG = 8
/** A beginning or ending that more words share (inter-, -soft) is left to the other half. */
const CROWD = 1000

/**
 * Words up to eight letters are kept under themselves and under every spelling with one letter left out (the symmetric-delete scheme of
 * W. Garbe's SymSpell), longer ones under each half with their length: of two words one edit apart one half is the same.
 */
export function nearWords(): NearWords {
  const lexicon: string[] = []
  const postings: Postings = new Map()
  return {
    add: (word) => {
      const id = lexicon.push(word) - 1
      for (const key of ownKeys(word)) addTo(postings, key, id)
    },
    drop: (word) => {
      for (const key of ownKeys(word)) {
        const id = idsOf(postings, key).find((other) => lexicon[other] === word)
        if (id !== undefined) removeFrom(postings, key, id)
      }
    },
    near: (word) => {
      const found = new Set<string>()
      for (const key of searchKeys(word)) {
        const ids = idsOf(postings, key)
        if (ids.length > CROWD) continue
        for (const id of ids) {
          const other = lexicon[id] ?? ''
          if (other !== word && isReachable(word, other) && tokenSimilarity(word, other) > 0) found.add(other)
        }
      }
      return found
    },
  }
}

/** Only naming words are worth it: trade and common words are spelled right, numerals are equal or differ. */
function isFuzzy(word: string): boolean {
  return word.length >= 5 && !DESCRIPTIVE.has(word) && !COMMON.has(word) && !isNumeral(word)
}

function ownKeys(word: string): number[] {
  if (!isFuzzy(word)) return []
  return [...(word.length <= LONG ? deletions(word) : []), ...(word.length >= LONG ? halves(word, word.length) : [])]
}

function searchKeys(word: string): number[] {
  if (!isFuzzy(word)) return []
  const keys = word.length <= LONG ? deletions(word) : []
  if (word.length >= LONG)
    for (let length = Math.max(LONG, word.length - 1); length <= word.length + 1; length++) keys.push(...halves(word, length))
  return keys
}

function deletions(word: string): number[] {
  const keys = [hashOf(word)]
  for (let i = 0; i < word.length; i++) {
    if (i === 0 || word.charCodeAt(i) !== word.charCodeAt(i - 1)) keys.push(hashOf(word.slice(0, i) + word.slice(i + 1)))
  }
  return keys
}

function halves(word: string, length: number): number[] {
  const half = length >> 1
  return [hashOf(`<${length}${word.slice(0, half)}`), hashOf(`>${length}${word.slice(-half)}`)]
}

/** Both short, or both long and alike over half of the longer one. */
function isReachable(a: string, b: string): boolean {
  if (a.length <= LONG && b.length <= LONG) return true
  const half = Math.max(a.length, b.length) >> 1
  let same = 0
  while (same < half && a.charCodeAt(same) === b.charCodeAt(same)) same++
  if (same === half) return true
  same = 0
  while (same < half && a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same)) same++
  return same === half
}
