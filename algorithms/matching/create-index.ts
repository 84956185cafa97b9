import { type Firm, type FirmOptions, type FirmRecord, prepareFirm } from './firm.ts'
import { FIRM_WEIGHTS, type FirmWeights } from './firm-weights.ts'
import { nameIndex, type ShareBound } from './name-index.ts'
import { addTo, hashOf, idsOf, type Postings, removeFrom } from './postings.ts'
import { type Band, bandOf, type FirmEvidence, mayReach, probabilityOf, reasonsOf, slackOf, weighFirms } from './score-firms.ts'
import { wordWeight } from './word-weight.ts'

export type IndexOptions = FirmOptions & { weights?: FirmWeights }

/** @public */
export type Match = {
  id: string
  /** Probability that both mean one firm, 0..1, each pair judged by itself. */
  score: number
  band: Band
  reasons: string[]
}

export type FirmIndex = {
  /** Adds the record, or replaces the one with this id. */
  put(id: string, record: FirmRecord): void
  /** Takes the record out; false when there was none. */
  remove(id: string): boolean
  /** The records most likely the same firm, best first: those in band review or same, at most `limit` (default 10). */
  lookup(record: FirmRecord, limit?: number): Match[]
  size(): number
  /** For linking and de-duplication: slots with their evidence, unsorted, unlimited. */
  compare(firm: Firm, accept?: (slot: number) => boolean): { slot: number; evidence: FirmEvidence }[]
  slotOf(id: string): number | undefined
  firmAt(slot: number): Firm | undefined
}

type State = {
  weights: FirmWeights
  options: FirmOptions
  names: ReturnType<typeof nameIndex>
  firms: (Firm | undefined)[]
  ids: (string | undefined)[]
  slots: Map<string, number>
  byCore: (number[] | undefined)[]
  byField: Postings
}

/** A domain or telephone that more records share than this tells nothing about which of them is meant. */
const FIELD_LIMIT = 200
/** Pairs this much log-odds below review are still compared: linking and clustering look at them. */
const MARGIN = 2

/**
 * An index of firms held in memory, for one-against-many look-ups, updated in place. Memory: about 0.7 kB a record with name and domain.
 * `records` are `[id, record]` pairs; a repeated id replaces. Throws nothing on content.
 */
export function createIndex(records: Iterable<readonly [string, FirmRecord]> = [], options: IndexOptions = {}): FirmIndex {
  const state: State = {
    weights: options.weights ?? FIRM_WEIGHTS,
    options,
    names: nameIndex(),
    firms: [],
    ids: [],
    slots: new Map(),
    byCore: [],
    byField: new Map(),
  }
  for (const [id, record] of records) put(state, id, record)
  return {
    put: (id, record) => put(state, id, record),
    remove: (id) => remove(state, id),
    lookup: (record, limit = 10) => lookup(state, record, limit),
    size: () => state.slots.size,
    compare: (firm, accept) => compare(state, firm, accept),
    slotOf: (id) => state.slots.get(id),
    firmAt: (slot) => state.firms[slot],
  }
}

function put(state: State, id: string, record: FirmRecord): void {
  remove(state, id)
  const slot = state.firms.length
  const firm = prepareFirm(record, state.options)
  state.firms.push(firm)
  state.ids.push(id)
  state.slots.set(id, slot)
  for (const name of [firm.name, ...firm.others]) {
    if (name.key === '') continue
    const core = state.names.add(name)
    const list = state.byCore[core]
    if (list === undefined) state.byCore[core] = [slot]
    else list.push(slot)
  }
  for (const key of fieldKeys(firm)) addTo(state.byField, key, slot)
}

function remove(state: State, id: string): boolean {
  const slot = state.slots.get(id)
  const firm = slot === undefined ? undefined : state.firms[slot]
  if (slot === undefined || firm === undefined) return false
  for (const name of [firm.name, ...firm.others]) {
    const core = state.names.find(name.key)
    if (core === undefined) continue
    state.byCore[core] = state.byCore[core]?.filter((other) => other !== slot)
    state.names.drop(name)
  }
  for (const key of fieldKeys(firm)) removeFrom(state.byField, key, slot)
  state.firms[slot] = undefined
  state.ids[slot] = undefined
  return state.slots.delete(id)
}

function fieldKeys(firm: Firm): number[] {
  const keys: number[] = []
  if (firm.domain !== null) keys.push(hashOf(`d${firm.domain}`))
  if (firm.number !== null) keys.push(hashOf(`n${firm.number}`))
  if (firm.phone !== null) keys.push(hashOf(`p${firm.phone}`))
  if (firm.address !== null && firm.address.house !== null)
    keys.push(hashOf(`a${firm.address.house} ${firm.address.street.toSorted()[0] ?? ''}`))
  return keys
}

function candidateSlots(state: State, firm: Firm): Set<number> {
  const slots = new Set<number>()
  const least = Math.log(state.weights.review / (1 - state.weights.review)) - MARGIN - slackOf(firm, state.weights)
  const isPossible = (bound: ShareBound) => mayReach(bound, least, state.weights)
  for (const name of [firm.name, ...firm.others]) {
    for (const core of state.names.candidates(name, isPossible)) for (const slot of state.byCore[core] ?? []) slots.add(slot)
  }
  for (const key of fieldKeys(firm)) {
    const list = idsOf(state.byField, key)
    if (list.length <= FIELD_LIMIT) for (const slot of list) slots.add(slot)
  }
  return slots
}

function compare(state: State, firm: Firm, accept: (slot: number) => boolean = () => true) {
  // A name that is not in the index is counted as if it were: then the order of look-up and insertion does not matter.
  const extra = state.names.find(firm.name.key) === undefined ? 1 : 0
  const own = new Set(extra === 1 ? firm.name.tokens : [])
  const weights = new Map<string, number>()
  const families = new Map<string, number>()
  const known = {
    weight: (word: string) => {
      let weight = weights.get(word)
      if (weight === undefined) weights.set(word, (weight = wordWeight(word, state.names.count(word) + Number(own.has(word)))))
      return weight
    },
    family: (words: string[]) => {
      const key = words.toSorted().join(' ')
      let family = families.get(key)
      if (family === undefined) families.set(key, (family = state.names.family(words) + extra))
      return family
    },
  }
  const found: { slot: number; evidence: FirmEvidence }[] = []
  for (const slot of candidateSlots(state, firm)) {
    const other = state.firms[slot]
    if (other !== undefined && accept(slot)) found.push({ slot, evidence: weighFirms(firm, other, known, state.weights) })
  }
  return found
}

function lookup(state: State, record: FirmRecord, limit: number): Match[] {
  const firm = prepareFirm(record, state.options)
  const threshold = Math.log(state.weights.review / (1 - state.weights.review))
  const found = compare(state, firm).filter(({ evidence }) => evidence.log_odds >= threshold)
  found.sort((a, b) => b.evidence.log_odds - a.evidence.log_odds || a.slot - b.slot)
  return found.slice(0, limit).map(({ slot, evidence }) => {
    const score = probabilityOf(evidence.log_odds)
    const other = state.firms[slot] ?? firm
    return { id: state.ids[slot] ?? '', score, band: bandOf(score, state.weights), reasons: reasonsOf(firm, other, evidence) }
  })
}
