import { compareAddresses } from './address.ts'
import { compareNames, countRivals, type KnownNames, LEAST_SHARE, type NameEvidence } from './compare-names.ts'
import type { Firm } from './firm.ts'
import { FIRM_WEIGHTS, type FieldFeature, type FirmWeights, NAME_FEATURES, nameFeatures } from './firm-weights.ts'
import { logistic } from './logistic.ts'
import type { ShareBound } from './name-index.ts'
import { tokenSimilarity } from './name-similarity.ts'
import type { NormalisedName } from './normalise.ts'

import { LEAST_WEIGHT } from './word-weight.ts'

export type Band = 'same' | 'review' | 'different'

export type FirmEvidence = {
  /** Natural logarithm of the odds that both records mean one firm. */
  log_odds: number
  names: NameEvidence
  fields: FieldFeature[]
}

/** No name agrees less than this: other fields can still carry a pair to review or, by number, to same. */
const NAME_FLOOR = -7

/** Weighs all that two firms have and do not have in common. Symmetric in the two firms. */
export function weighFirms(a: Firm, b: Firm, known: KnownNames, weights: FirmWeights = FIRM_WEIGHTS): FirmEvidence {
  let best = weighNames(a.name, b.name, known, weights)
  for (const other of b.others) best = better(best, weighNames(a.name, other, known, weights))
  for (const other of a.others) best = better(best, weighNames(other, b.name, known, weights))
  const fields = compareFields(a, b)
  let log_odds = best.log_odds
  for (const field of fields) log_odds += weights.fields[field]
  return { log_odds, names: best.names, fields }
}

/** What the fields of a firm that do not find candidates by themselves could still add to a pair. */
export function slackOf(firm: Firm, { fields }: FirmWeights): number {
  let slack = 0
  if (firm.address !== null) slack += Math.max(0, fields.address_near)
  if (firm.city !== null) slack += Math.max(0, fields.city_same)
  if (firm.postcode !== null) slack += Math.max(0, fields.postcode_same)
  if (firm.country !== null) slack += Math.max(0, fields.country_same)
  return slack
}

/**
 * Whether a pair of which only the shared weight is known could reach `least` log-odds. An upper bound: every lost word counts as lightly as any
 * kind can, every missing one weighs the least.
 */
export function mayReach({ total, shared, missing, head }: ShareBound, least: number, weights: FirmWeights): boolean {
  const lost = total - shared
  if (lost < 1e-9 ? head || missing === 0 : head && missing === 0) return true
  const beyond = missing * LEAST_WEIGHT
  const share = (2 * shared) / (2 * shared + lost + beyond)
  const weight = (feature: (typeof NAME_FEATURES)[number]) => weights.name[NAME_FEATURES.indexOf(feature)] ?? 0
  const lightest = Math.max(weight('lost_names'), weight('lost_common'), weight('lost_trade'))
  const gain =
    weight('bias') +
    Math.max(0, weight('shared')) * Math.min(3, shared) +
    weight('share') * share +
    (head ? Math.max(0, weight('head')) : 0)
  return gain + lightest * (lost + beyond) + Math.max(0, weight('conflict')) * lost >= least
}

function better<T extends { log_odds: number }>(a: T, b: T): T {
  return b.log_odds > a.log_odds ? b : a
}

function weighNames(
  a: NormalisedName,
  b: NormalisedName,
  known: KnownNames,
  weights: FirmWeights,
): { log_odds: number; names: NameEvidence } {
  const names = compareNames(a, b, known)
  if (names.share < LEAST_SHARE && names.contraction === 0) return { log_odds: NAME_FLOOR, names }
  let log_odds = nameLogOdds(names, weights)
  // Rivals only ever speak against a pair.
  if (log_odds > NAME_FLOOR && names.common_words.length > 0) {
    countRivals(names, known)
    log_odds = nameLogOdds(names, weights)
  }
  return { log_odds: Math.max(NAME_FLOOR, log_odds), names }
}

function nameLogOdds(names: NameEvidence, weights: FirmWeights): number {
  const features = nameFeatures(names)
  let sum = 0
  for (let i = 0; i < features.length; i++) sum += (features[i] ?? 0) * (weights.name[i] ?? 0)
  return sum
}

/** Which fields both firms have, and whether they agree. */
export function compareFields(a: Firm, b: Firm): FieldFeature[] {
  const found: FieldFeature[] = []
  if (a.number !== null && b.number !== null) found.push(a.number === b.number ? 'number_same' : 'number_differs')
  if (a.domain !== null && b.domain !== null) found.push(a.domain === b.domain ? 'domain_same' : 'domain_differs')
  if (a.country !== null && b.country !== null) found.push(a.country === b.country ? 'country_same' : 'country_differs')
  if (a.phone !== null && b.phone !== null) found.push(a.phone === b.phone ? 'phone_same' : 'phone_differs')
  if (a.address !== null && b.address !== null) {
    const level = compareAddresses(a.address, b.address)
    found.push(level === 'different' ? 'address_differs' : `address_${level}`)
  }
  if (a.city !== null && b.city !== null) found.push(isSameCity(a.city, b.city) ? 'city_same' : 'city_differs')
  if (a.postcode !== null && b.postcode !== null) found.push(a.postcode === b.postcode ? 'postcode_same' : 'postcode_differs')
  if (a.name.key !== b.name.key && (a.parent === b.name.key || b.parent === a.name.key)) found.push('is_parent')
  return found
}

function isSameCity(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `) || tokenSimilarity(a, b) > 0
}

/** The band of a probability. */
export function bandOf(probability: number, weights: { same: number; review: number } = FIRM_WEIGHTS): Band {
  return probability >= weights.same ? 'same' : probability >= weights.review ? 'review' : 'different'
}

/** Probability from log-odds, 0..1. */
export function probabilityOf(log_odds: number): number {
  return logistic(log_odds)
}

/** Why a pair got its score, in words a person can check, strongest first. */
export function reasonsOf(a: Firm, b: Firm, { names, fields }: FirmEvidence): string[] {
  const reasons: string[] = fields.map((field) => field.replace('_', ' '))
  if (names.same_words === 1) reasons.push(a.name.key === b.name.key ? 'same name' : 'same words in another order or spacing')
  else if (names.contraction > 0) reasons.push('one name contracts the other')
  else if (names.share < LEAST_SHARE) reasons.push('names differ')
  else {
    reasons.push(`names share ${Math.round(names.share * 100)}%`)
    const lost = [...onlyIn(a.name, b.name), ...onlyIn(b.name, a.name)]
    if (lost.length > 0) reasons.push(`only on one side: ${lost.join(' ')}`)
    if (names.fuzz > 0) reasons.push('spelled nearly alike')
    if (names.rivals > 0) reasons.push('other names share these words')
  }
  if (names.numeral > 0) reasons.push('number differs')
  if (names.form > 0) reasons.push(`legal form differs: ${[a.name.legal_form, b.name.legal_form].toSorted().join(' / ')}`)
  return reasons
}

function onlyIn(a: NormalisedName, b: NormalisedName): string[] {
  const other = new Set(b.tokens)
  return a.tokens.filter((token) => !other.has(token))
}
