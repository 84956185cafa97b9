import { compareNames, countRivals, type KnownNames } from './compare-names.ts'
import { type FirmRecord, prepareFirm } from './firm.ts'
import { FIELD_FEATURES, FIRM_WEIGHTS, type FirmWeights, NAME_FEATURES, nameFeatures } from './firm-weights.ts'
import { fitLogistic } from './logistic.ts'
import { type PersonRecord, preparePerson } from './person.ts'
import { compareFields } from './score-firms.ts'
import { comparePeople, PERSON_FEATURES, PERSON_WEIGHTS, type PersonWeights } from './score-people.ts'
import { wordWeight } from './word-weight.ts'

/** What a reviewer decided about two records. */
export type Verdict<T> = { a: T; b: T; same: boolean }

export type LearnOptions<T> = {
  /** Weights to start from; the shipped ones when not given. */
  prior?: T
  /** How many verdicts a prior weight is worth: the higher, the slower it moves (default 4). */
  strength?: number
}

/** Nothing known of any list: words count by their kind alone and no name has rivals. */
const NO_LISTS: KnownNames = { weight: (word) => wordWeight(word, 0), family: () => 2 }

/**
 * Learns firm weights from review verdicts: penalised logistic regression around the prior (see `fitLogistic`), so a few verdicts move the weights
 * a little and many decide them. The thresholds stay. Throws RangeError without verdicts, or when all verdicts are the same way.
 */
export function learnFirmWeights(verdicts: Verdict<FirmRecord>[], options: LearnOptions<FirmWeights> = {}): FirmWeights {
  const prior = options.prior ?? FIRM_WEIGHTS
  requireBoth(verdicts)
  const rows = verdicts.map(({ a, b }) => {
    const [one, two] = [prepareFirm(a), prepareFirm(b)]
    const names = compareNames(one.name, two.name, NO_LISTS)
    countRivals(names, NO_LISTS)
    const found = new Set(compareFields(one, two))
    return [...nameFeatures(names), ...FIELD_FEATURES.map((field) => Number(found.has(field)))]
  })
  const centre = [...prior.name, ...FIELD_FEATURES.map((field) => prior.fields[field])]
  const { weights } = fitLogistic(rows, labelsOf(verdicts), { ridge: options.strength ?? 4, prior: centre })
  const fields = { ...prior.fields }
  for (const [i, field] of FIELD_FEATURES.entries()) fields[field] = weights[NAME_FEATURES.length + i] ?? fields[field]
  return { ...prior, name: weights.slice(0, NAME_FEATURES.length), fields }
}

/** The same for people. */
export function learnPersonWeights(verdicts: Verdict<PersonRecord>[], options: LearnOptions<PersonWeights> = {}): PersonWeights {
  const prior = options.prior ?? PERSON_WEIGHTS
  requireBoth(verdicts)
  const rows = verdicts.map(({ a, b }) => {
    const found = new Set(comparePeople(preparePerson(a), preparePerson(b)))
    return PERSON_FEATURES.map((feature) => Number(found.has(feature)))
  })
  const centre = PERSON_FEATURES.map((feature) => prior.features[feature])
  const { weights } = fitLogistic(rows, labelsOf(verdicts), { ridge: options.strength ?? 4, prior: centre })
  const features = { ...prior.features }
  for (const [i, feature] of PERSON_FEATURES.entries()) features[feature] = weights[i] ?? features[feature]
  return { ...prior, features }
}

function requireBoth(verdicts: { same: boolean }[]): void {
  if (verdicts.length === 0) throw new RangeError('there are no verdicts to learn from')
  if (verdicts.every(({ same }) => same) || !verdicts.some(({ same }) => same)) {
    throw new RangeError('the verdicts all go one way; add some pairs judged the other way')
  }
}

function labelsOf(verdicts: { same: boolean }[]): number[] {
  return verdicts.map(({ same }) => Number(same))
}
