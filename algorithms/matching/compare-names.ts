import { contracted, tokenSimilarity } from './name-similarity.ts'
import { COMMON, DESCRIPTIVE } from './name-words.ts'
import type { NormalisedName } from './normalise.ts'
import { isNumeral } from './word-weight.ts'

/** What two names have in common and what not; weights as in `wordWeight`, all fields symmetric in the two names. */
export type NameEvidence = {
  /** 1 when the core words are the same up to order and spaces, else 0. */
  same_words: number
  /** Weight of the words in common (the mean of both sides' weights, near words in part), at most 3. */
  shared: number
  /** 2 × shared ÷ all weight: 0..1. */
  share: number
  /** Weight of naming words only one side has. */
  lost_names: number
  /** Weight of common words (places, order) only one side has. */
  lost_common: number
  /** Weight of trade words only one side has. */
  lost_trade: number
  /** The smaller side's lost weight: > 0 when each side says something the other does not. */
  conflict: number
  /** 1 when one side has a numeral the other lacks, 2 when both have one (II and III). */
  numeral: number
  /** Weight lost to words that are near, not equal. */
  fuzz: number
  /** 1 when both names begin with the same word. */
  head: number
  /** 1 when one is a partnership and the other is not, .2 when the legal forms differ otherwise, 0 when equal or one names none. */
  form: number
  /** 1 when both had tail words dropped and these differ (group, holdings), .3 when only one had, else 0. */
  noise: number
  /** How many other names known hold all the words in common: ln(1 + others), at most ln 19; 0 until `countRivals`. */
  rivals: number
  /** The words in common, where their rivals are worth counting. */
  common_words: readonly string[]
  /** 1 when one name holds all words of the other, begins alike and says more. */
  within: number
  /** How well one word contracts the other name ("labcorp"), 0..1; 0 when a word is shared. The losses are then 0. */
  contraction: number
}

type Side = { words: string[]; open: boolean[]; lost: number; numeral: number }

const SCRATCH: NameEvidence = {
  same_words: 0,
  shared: 0,
  share: 0,
  lost_names: 0,
  lost_common: 0,
  lost_trade: 0,
  conflict: 0,
  numeral: 0,
  fuzz: 0,
  head: 0,
  form: 0,
  noise: 0,
  rivals: 0,
  common_words: [],
  within: 0,
  contraction: 0,
}

/**
 * What the lists at hand say about words: a word's weight (see `wordWeight`), and how many distinct names hold all of several words, the two
 * compared included.
 */
export type KnownNames = { weight(word: string): number; family(words: string[]): number }

/** Fills in `rivals`. Apart from `compareNames`, for it costs most and most pairs are decided without. */
export function countRivals(evidence: NameEvidence, known: KnownNames): void {
  if (evidence.common_words.length > 0) evidence.rivals = Math.log1p(Math.max(0, known.family([...evidence.common_words]) - 2))
}

/** Below this share nothing more is found out about a pair: it is a different firm. */
export const LEAST_SHARE = 0.35

/**
 * Compares two normalised names word by word, weighing words by the lists at hand. Words are paired equal first, then a word with two joined
 * ones, then near ones. Symmetric.
 */
export function compareNames(a: NormalisedName, b: NormalisedName, known: KnownNames): NameEvidence {
  const weigh = known.weight
  const evidence = { ...SCRATCH }
  const left: Side = { words: a.tokens, open: a.tokens.map(() => true), lost: 0, numeral: 0 }
  const right: Side = { words: b.tokens, open: b.tokens.map(() => true), lost: 0, numeral: 0 }
  const shared: string[] = []
  pairEqual(left, right, shared)
  for (const word of shared) evidence.shared += weigh(word)
  if (left.open.includes(true) && right.open.includes(true)) {
    pairJoined(left, right, evidence, weigh)
    pairJoined(right, left, evidence, weigh)
    pairNear(left, right, evidence, weigh)
  }
  const total = loss(left, evidence, weigh) + loss(right, evidence, weigh)
  evidence.conflict = Math.min(left.lost, right.lost)
  evidence.numeral = left.numeral + right.numeral
  evidence.share = evidence.shared === 0 ? 0 : (2 * evidence.shared) / (2 * evidence.shared + total + evidence.fuzz)
  evidence.same_words = total === 0 && evidence.fuzz === 0 && evidence.shared > 0 ? 1 : 0
  evidence.shared = Math.min(3, evidence.shared)
  evidence.head = a.tokens[0] === b.tokens[0] ? 1 : 0
  evidence.form = formConflict(a.legal_form, b.legal_form)
  if (a.noise.join() !== b.noise.join()) evidence.noise = a.noise.length > 0 && b.noise.length > 0 ? 1 : 0.3
  if (evidence.same_words === 0 && evidence.share >= LEAST_SHARE && shared.length > 0) {
    evidence.common_words = shared
    evidence.within = evidence.head === 1 && evidence.conflict === 0 && evidence.fuzz === 0 ? 1 : 0
  }
  if (evidence.shared === 0) contract(evidence, a.tokens, b.tokens)
  return evidence
}

const PARTNERSHIPS = new Set([
  'lp',
  'llp',
  'lllp',
  'kg',
  'kgaa',
  'gmbh co kg',
  'ag co kg',
  'se co kg',
  'gmbh co ohg',
  'ohg',
  'scs',
  'scsp',
  'kb',
  'hb',
  'ks',
  'sp k',
  'cv',
])

function formConflict(a: string | null, b: string | null): number {
  if (a === null || b === null || a === b) return 0
  return PARTNERSHIPS.has(a) === PARTNERSHIPS.has(b) ? 0.2 : 1
}

/** "Labcorp" for "Laboratory Corp of America": counts by the letters above four (at most two) and the part of the name it covers, places apart. */
function contract(evidence: NameEvidence, a: string[], b: string[]): void {
  const forward = contraction(a, b)
  const [word = '', words, used] = forward > 0 ? [a[0], b, forward] : [b[0], a, contraction(b, a)]
  if (used === 0) return
  const named = used + words.slice(used).filter((other) => !COMMON.has(other)).length
  evidence.contraction = (Math.min(2, word.length - 4) / 2) * (used / named)
  evidence.lost_names = evidence.lost_common = evidence.lost_trade = evidence.conflict = evidence.numeral = evidence.noise = 0
}

function contraction(one: string[], other: string[]): number {
  const word = one[0] ?? ''
  if (one.length !== 1 || word.length < 5 || word.length > 12) return 0
  const used = contracted(word, other)
  return 2 * used >= other.length ? used : 0
}

function pairEqual(left: Side, right: Side, shared: string[]): void {
  for (const [i, word] of left.words.entries()) {
    for (const [j, other] of right.words.entries()) {
      if (word !== other || right.open[j] !== true) continue
      left.open[i] = right.open[j] = false
      shared.push(word)
      break
    }
  }
}

/** "Avalon Bay" and "AvalonBay": two neighbouring words on one side written as one on the other. */
function pairJoined(one: Side, two: Side, evidence: NameEvidence, weigh: (word: string) => number): void {
  for (const [i, word] of one.words.entries()) {
    if (one.open[i] !== true || word.length < 4) continue
    for (let j = 0; j + 1 < two.words.length; j++) {
      if (two.open[j] !== true || two.open[j + 1] !== true || `${two.words[j]}${two.words[j + 1]}` !== word) continue
      one.open[i] = two.open[j] = two.open[j + 1] = false
      evidence.shared += weigh(word)
    }
  }
}

function pairNear(left: Side, right: Side, evidence: NameEvidence, weigh: (word: string) => number): void {
  for (;;) {
    let best = 0
    let at: [number, number] = [-1, -1]
    let weight = 0
    for (const [i, word] of left.words.entries()) {
      if (left.open[i] !== true) continue
      for (const [j, other] of right.words.entries()) {
        if (right.open[j] !== true || !mayBeNear(word, other)) continue
        const score = tokenSimilarity(word, other)
        const mean = (weigh(word) + weigh(other)) / 2
        if (score > best || (score === best && mean > weight)) {
          best = score
          at = [i, j]
          weight = mean
        }
      }
    }
    if (best === 0) return
    left.open[at[0]] = right.open[at[1]] = false
    evidence.shared += weight * best
    evidence.fuzz += 2 * weight * (1 - best)
  }
}

/** Cheap and symmetric: near words share their first or last letter and are of like length. */
function mayBeNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 3 || isNumeral(a) || isNumeral(b)) return false
  return a.charCodeAt(0) === b.charCodeAt(0) || a.charCodeAt(a.length - 1) === b.charCodeAt(b.length - 1)
}

function loss(side: Side, evidence: NameEvidence, weigh: (word: string) => number): number {
  for (const [i, word] of side.words.entries()) {
    if (side.open[i] !== true) continue
    const weight = weigh(word)
    side.lost += weight
    if (isNumeral(word)) side.numeral = 1
    else if (DESCRIPTIVE.has(word)) evidence.lost_trade += weight
    else if (COMMON.has(word)) evidence.lost_common += weight
    else evidence.lost_names += weight
  }
  return side.lost
}
