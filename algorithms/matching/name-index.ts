import { contracted } from './name-similarity.ts'
import { type NearWords, nearWords } from './near-words.ts'
import { foldToken, type NormalisedName } from './normalise.ts'
import { addTo, hashOf, idsOf, type Postings, removeFrom } from './postings.ts'
import { wordWeight } from './word-weight.ts'

/**
 * The distinct core names of one or two lists, found again by words, near words, joined spelling and contraction. Which cores are looked at
 * depends on shared words only, so the order of records and unrelated records change nothing.
 */
export type NameIndex = {
  /** Adds one use of a name's core; gives the core's id. */
  add(name: NormalisedName): number
  /** Takes one use away; the core disappears with its last use. */
  drop(name: NormalisedName): void
  /** Ids of cores worth comparing with the name. */
  candidates(name: NormalisedName, isPossible?: (bound: ShareBound) => boolean): Set<number>
  /** How many distinct cores hold a word. */
  count(word: string): number
  /** How many distinct cores hold all of the words, counted up to `FAMILY_LIMIT`. */
  family(words: string[]): number
  /** Id of the core with this key, or undefined. */
  find(key: string): number | undefined
}

/** A word held by more cores than this finds candidates only together with a second word. */
const COMMON_LIMIT = 300
const NEAR_LIMIT = 60
const SCAN_LIMIT = 30_000
const FAMILY_LIMIT = 20

type State = {
  ids: Map<string, number>
  tokens: (string[] | null)[]
  uses: number[]
  words: Map<string, number[]>
  joined: Postings
  near: NearWords
  contractions: Postings
}

export function nameIndex(): NameIndex {
  const state: State = {
    ids: new Map(),
    tokens: [],
    uses: [],
    words: new Map(),
    joined: new Map(),
    near: nearWords(),
    contractions: new Map(),
  }
  return {
    add: (name) => addCore(state, name),
    drop: (name) => dropCore(state, name),
    candidates: (name, isPossible = () => true) => candidates(state, name, isPossible),
    count: (word) => state.words.get(word)?.length ?? 0,
    family: (words) => family(state, words),
    find: (key) => state.ids.get(key),
  }
}

function addCore(state: State, { key, tokens }: NormalisedName): number {
  const known = state.ids.get(key)
  if (known !== undefined) {
    state.uses[known] = (state.uses[known] ?? 0) + 1
    return known
  }
  const id = state.tokens.length
  state.ids.set(key, id)
  state.uses[id] = 1
  state.tokens.push(tokens)
  for (const word of new Set(tokens)) {
    const list = state.words.get(word)
    if (list === undefined) {
      state.words.set(word, [id])
      state.near.add(word)
    } else list.push(id)
  }
  addTo(state.joined, joinedKey(tokens), id)
  for (const start of ownContractions(tokens)) addTo(state.contractions, start, id)
  return id
}

function dropCore(state: State, { key }: NormalisedName): void {
  const id = state.ids.get(key)
  if (id === undefined) return
  const left = (state.uses[id] ?? 1) - 1
  state.uses[id] = left
  if (left > 0) return
  const tokens = state.tokens[id] ?? []
  state.ids.delete(key)
  state.tokens[id] = null
  for (const word of new Set(tokens)) {
    const list = (state.words.get(word) ?? []).filter((other) => other !== id)
    if (list.length > 0) state.words.set(word, list)
    else {
      state.words.delete(word)
      state.near.drop(word)
    }
  }
  removeFrom(state.joined, joinedKey(tokens), id)
  for (const start of ownContractions(tokens)) removeFrom(state.contractions, start, id)
}

function joinedKey(tokens: string[]): number {
  return hashOf(tokens.map(foldToken).join(''))
}

/**
 * The first four letters a contraction of the name may begin with; for a single word its own. Names and words are kept apart (`kind`), for a name
 * looks for words and a word for names.
 */
function contractionKeys(tokens: string[], kind: 'name' | 'word'): Set<number> {
  const [first = '', second = '', third = '', fourth = ''] = tokens
  if (tokens.length === 1) return new Set(first.length >= 5 && first.length <= 12 ? [hashOf(`${kind}${first.slice(0, 4)}`)] : [])
  const starts = [first.slice(0, 3) + second.slice(0, 1), first.slice(0, 2) + second.slice(0, 2), first.slice(0, 4)]
  if (tokens.length >= 3) starts.push(first.slice(0, 1) + second.slice(0, 1) + third.slice(0, 2))
  if (tokens.length >= 4) starts.push(first.slice(0, 1) + second.slice(0, 1) + third.slice(0, 1) + fourth.slice(0, 1))
  return new Set(starts.filter((start) => start.length === 4).map((start) => hashOf(`${kind}${start}`)))
}

/** Under which keys a core is kept: a word as a word, a name as a name. */
function ownContractions(tokens: string[]): Set<number> {
  return contractionKeys(tokens, tokens.length > 1 ? 'name' : 'word')
}

/** Cores to compare: those that share a rarer word, a near word or two common ones, and could reach enough; and those spelled alike when joined. */
function candidates(state: State, { key, tokens }: NormalisedName, isPossible: (bound: ShareBound) => boolean): Set<number> {
  const found = new Set<number>()
  if (key === '') return found
  const weights = new Map<string, number>()
  const common: number[][] = []
  const own = new Set(tokens)
  let total = 0
  for (const word of own) {
    const list = state.words.get(word)
    const weight = wordWeight(word, list?.length ?? 0)
    total += weight
    weights.set(word, weight)
    if (list !== undefined && list.length > COMMON_LIMIT) common.push(list)
    else addAll(found, list)
    if ((list?.length ?? 0) > NEAR_LIMIT) continue
    for (const near of state.near.near(word)) {
      const cores = state.words.get(near) ?? []
      if (cores.length > NEAR_LIMIT) continue
      if (!weights.has(near)) weights.set(near, weight)
      addAll(found, cores)
    }
  }
  for (let i = 0; i + 1 < tokens.length; i++) {
    const joined = `${tokens[i]}${tokens[i + 1]}`
    if (!weights.has(joined)) weights.set(joined, (weights.get(tokens[i] ?? '') ?? 0) + (weights.get(tokens[i + 1] ?? '') ?? 0))
  }
  if (common.length === own.size && common.length > 1) addCommon(state, tokens, common, found)
  for (let length = 2; length < tokens.length; length++) {
    const shorter = state.ids.get(tokens.slice(0, length).join(' '))
    if (shorter !== undefined) found.add(shorter)
  }
  for (const core of found) if (!isPossible(boundOf(state.tokens[core] ?? [], tokens[0], weights, total))) found.delete(core)
  addAll(found, state.joined.get(joinedKey(tokens)))
  for (const start of contractionKeys(tokens, tokens.length > 1 ? 'word' : 'name')) {
    const cores = idsOf(state.contractions, start)
    if (cores.length > COMMON_LIMIT) continue
    for (const core of cores) if (isContraction(tokens, state.tokens[core] ?? [])) found.add(core)
  }
  return found
}

function isContraction(a: string[], b: string[]): boolean {
  return a.length === 1 ? contracted(a[0] ?? '', b) > 0 : b.length === 1 && contracted(b[0] ?? '', a) > 0
}

/**
 * A name of common words only ("First National Bank") is compared with names that share two of its four rarest words and are of common words only
 * themselves, or begin with it. A name with a rarer word finds such a name when it begins with it.
 */
function addCommon(state: State, tokens: string[], common: number[][], found: Set<number>): void {
  const rarest = common.toSorted((a, b) => a.length - b.length).slice(0, 4)
  const shared = new Set<number>()
  for (const [i, one] of rarest.entries()) for (const two of rarest.slice(i + 1)) intersect(one, two, shared)
  for (const core of shared) {
    const other = state.tokens[core] ?? []
    const begins = tokens.every((word, i) => other[i] === word)
    if (begins || other.every((word) => (state.words.get(word)?.length ?? 0) > COMMON_LIMIT)) found.add(core)
  }
}

function boundOf(other: string[], head: string | undefined, weights: Map<string, number>, total: number): ShareBound {
  let shared = 0
  let missing = 0
  for (const word of other) {
    const weight = weights.get(word)
    if (weight === undefined) missing++
    else shared += weight
  }
  // Two words here may be one word there, "North Wind" and "Northwind".
  for (let i = 0; missing > 1 && i + 1 < other.length; i++) {
    const weight = weights.get(`${other[i]}${other[i + 1]}`)
    if (weight === undefined) continue
    shared += weight
    missing -= 2
  }
  return { total, shared: Math.min(total, shared), missing, head: other[0] === head }
}

/**
 * What is known of a pair before it is compared: the name's whole weight, the most it can share, how many words the other has beyond, and whether
 * both begin alike.
 */
export type ShareBound = { total: number; shared: number; missing: number; head: boolean }

function addAll(found: Set<number>, list: number | number[] | undefined): void {
  if (typeof list === 'number') found.add(list)
  else if (list !== undefined) for (const id of list) found.add(id)
}

/** Ids in both ascending lists; a list too long to walk is left to the other words. */
function intersect(a: number[], b: number[], found: Set<number>): void {
  if (a.length > SCAN_LIMIT) return
  let j = 0
  const hits: number[] = []
  for (const id of a) {
    j = gallop(b, id, j)
    if (b[j] === id) hits.push(id)
    if (hits.length > 2 * COMMON_LIMIT) return
  }
  for (const id of hits) found.add(id)
}

function gallop(list: number[], id: number, from: number): number {
  let step = 1
  let low = from
  while (low + step < list.length && (list[low + step] ?? 0) < id) {
    low += step
    step *= 2
  }
  let high = Math.min(list.length, low + step)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}

function family(state: State, words: string[]): number {
  const lists = words.map((word) => state.words.get(word) ?? []).sort((a, b) => a.length - b.length)
  const [shortest = [], ...others] = lists
  if (others.length === 0) return Math.min(shortest.length, FAMILY_LIMIT)
  let count = 0
  const at = others.map(() => 0)
  for (const id of shortest) {
    let all = true
    for (const [k, list] of others.entries()) {
      at[k] = gallop(list, id, at[k] ?? 0)
      if (list[at[k] ?? 0] !== id) {
        all = false
        break
      }
    }
    if (all && ++count >= FAMILY_LIMIT) return count
  }
  return count
}
