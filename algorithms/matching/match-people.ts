import { bestPartner } from './best-partner.ts'
import type { WeighedPair } from './cluster.ts'
import { type Clustered, clustersOf } from './dedupe-firms.ts'
import type { LinkedPair } from './link-firms.ts'
import { type Person, type PersonRecord, personKeys, preparePerson } from './person.ts'
import { addTo, hashOf, idsOf, type Postings } from './postings.ts'
import { bandOf, probabilityOf } from './score-firms.ts'
import {
  comparePeople,
  PERSON_WEIGHTS,
  type PersonFeature,
  type PersonWeights,
  personReasons,
  weighPeople,
} from './score-people.ts'

export type PeopleOptions = { weights?: PersonWeights; many?: boolean; progress?: (done: number) => void }

/** A key that more people share finds nobody: too common to tell, and costs the square. */
const BLOCK_LIMIT = 300
const LEAST = -4

type Scored = { right: number; log_odds: number; features: PersonFeature[] }

/** Links two lists of people; shapes, bands and `many` as in `linkFirms`. */
export function linkPeople(left: PersonRecord[], right: PersonRecord[], options: PeopleOptions = {}): LinkedPair[] {
  const weights = options.weights ?? PERSON_WEIGHTS
  const people = [...left, ...right].map(preparePerson)
  const blocks = blocksOf(people)
  const pairs: LinkedPair[] = []
  for (let row = 0; row < left.length; row++) {
    const found = scoresOf(people, blocks, row, { from: left.length, to: people.length, weights })
    const best = options.many === true ? undefined : bestPartner(found)
    const kept =
      options.many === true
        ? found.map((pair) => ({ ...pair, score: probabilityOf(pair.log_odds) }))
        : best === undefined
          ? []
          : [best]
    for (const { right: slot, score, features } of kept.sort((a, b) => b.score - a.score || a.right - b.right)) {
      const band = bandOf(score, weights)
      if (band !== 'different')
        pairs.push({ left: row, right: slot - left.length, score, band, reasons: personReasons(features, weights) })
    }
    if (row % 1000 === 999) options.progress?.(row + 1)
  }
  return pairs
}

/** Finds rows of one list that mean the same person; result as in `dedupeFirms`. */
export function dedupePeople(records: PersonRecord[], options: PeopleOptions = {}): Clustered[] {
  const weights = options.weights ?? PERSON_WEIGHTS
  const people = records.map(preparePerson)
  const blocks = blocksOf(people)
  const pairs: WeighedPair[] = []
  for (let row = 0; row < people.length; row++) {
    for (const { right, log_odds } of scoresOf(people, blocks, row, { from: 0, to: row, weights }))
      pairs.push({ a: right, b: row, log_odds })
    if (row % 1000 === 999) options.progress?.(row + 1)
  }
  return clustersOf(people.length, pairs, weights.same)
}

function blocksOf(people: Person[]): Postings {
  const blocks: Postings = new Map()
  for (const [slot, person] of people.entries()) for (const key of personKeys(person)) addTo(blocks, hashOf(key), slot)
  return blocks
}

type Span = { from: number; to: number; weights: PersonWeights }

function scoresOf(people: Person[], blocks: Postings, row: number, { from, to, weights }: Span): Scored[] {
  const person = people[row]
  if (person === undefined) return []
  const seen = new Set<number>()
  const found: Scored[] = []
  for (const key of personKeys(person)) {
    const block = idsOf(blocks, hashOf(key))
    if (block.length > BLOCK_LIMIT) continue
    for (const slot of block) {
      const other = people[slot]
      if (slot < from || slot >= to || other === undefined || seen.has(slot)) continue
      seen.add(slot)
      const features = comparePeople(person, other)
      const log_odds = weighPeople(features, weights)
      if (log_odds > LEAST) found.push({ right: slot, log_odds, features })
    }
  }
  return found
}
