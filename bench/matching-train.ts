// How the shipped name weights were made: npm run bench -- matching-train [--queries 120000] [--seed 7]
// Everyday names are simulated from the registrants' official ones; no labelled pair is read.
import { parseArgs } from 'node:util'
import { compareNames, countRivals, LEAST_SHARE } from '../algorithms/matching/compare-names.ts'
import { NAME_FEATURES, nameFeatures } from '../algorithms/matching/firm-weights.ts'
import { dot, fitLogistic } from '../algorithms/matching/logistic.ts'
import { nameIndex } from '../algorithms/matching/name-index.ts'
import { COMMON, DESCRIPTIVE } from '../algorithms/matching/name-words.ts'
import { type NormalisedName, normaliseName } from '../algorithms/matching/normalise.ts'
import { wordWeight } from '../algorithms/matching/word-weight.ts'
import { matchingData, quality, random } from '../test/matching-data.ts'
import { report, timed } from './report.ts'

const { values } = parseArgs({
  options: { queries: { type: 'string', default: '120000' }, seed: { type: 'string', default: '7' } },
})
const next = random(Number(values.seed))
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T // never called with an empty list

const index = nameIndex()
const byCore = new Map<number, number[]>()
const names = (await matchingData('companies-registrants.csv'))
  .map((row) => normaliseName(row.name ?? ''))
  .filter(({ key }) => key !== '')
for (const [i, name] of names.entries()) {
  const core = index.add(name)
  byCore.set(core, [...(byCore.get(core) ?? []), i])
}

const FORMS = ['inc', 'corp', 'co', 'plc', 'ltd'] as const
const TRADES = ['international', 'financial', 'technology', 'services', 'energy', 'global', 'solutions', 'industries'] as const

/** Rates are guesses at how people write firms: legal form left out 70 %, trade words dropped 12 %, the bare head 5 %, errors of typing 3 %. */
function everyday(name: NormalisedName): NormalisedName {
  const form = next()
  const tokens = misspelt(shortened([...name.tokens]))
  return {
    key: tokens.join(' '),
    tokens,
    legal_form: form < 0.7 ? null : form < 0.8 ? pick(FORMS) : name.legal_form,
    noise: next() < 0.5 ? [] : name.noise,
    aliases: [],
  }
}

function shortened(tokens: string[]): string[] {
  const chance = next()
  const [first = '', last = ''] = [tokens[0], tokens.at(-1)]
  if (tokens.length === 1) return tokens
  if (chance < 0.12) {
    while (tokens.length > 1 && DESCRIPTIVE.has(tokens.at(-1) ?? '')) {
      tokens.pop()
      if (next() < 0.3) break
    }
    return tokens
  }
  if (chance < 0.17 && !DESCRIPTIVE.has(first) && !COMMON.has(first)) return tokens.slice(0, next() < 0.7 ? 1 : 2)
  if (chance < 0.19) return tokens.slice(0, -1)
  return chance < 0.21 && DESCRIPTIVE.has(last) ? [...tokens.slice(0, -1), pick(TRADES)] : tokens
}

function misspelt(tokens: string[]): string[] {
  const at = Math.floor(next() * tokens.length)
  const word = tokens[at] ?? ''
  if (next() < 0.03 && word.length > 4) tokens[at] = typo(word)
  const [first = '', second, ...rest] = tokens
  if (second === undefined) return next() < 0.015 ? [first, pick(TRADES)] : tokens
  const chance = next()
  if (chance < 0.01) return [first + second, ...rest]
  if (chance < 0.03) return [second, ...rest, first]
  if (chance < 0.04) return [first.slice(0, 3 + Math.floor(next() * 2)) + second.slice(0, 3 + Math.floor(next() * 2))]
  return chance < 0.055 ? [...tokens, pick(TRADES)] : tokens
}

function typo(word: string): string {
  const at = Math.floor(next() * word.length)
  const letter = String.fromCharCode(97 + Math.floor(next() * 26))
  const kind = next()
  return word.slice(0, at) + (kind < 0.33 ? '' : letter) + word.slice(kind < 0.66 && kind >= 0.33 ? at : at + 1)
}

type Candidate = { features: number[]; label: number; isSame: boolean }

/** One asked name with its candidates; of every twentieth the true partner is taken out of the list. */
function ask(): { candidates: Candidate[]; isAbsent: boolean } {
  const truth = Math.floor(next() * names.length)
  const official = names[truth] as NormalisedName // truth lies within the list
  const asked = everyday(official)
  const isAbsent = next() < 0.05
  const extra = index.find(asked.key) === undefined ? 1 : 0
  const own = new Set(extra === 1 ? asked.tokens : [])
  const known = {
    weight: (word: string) => wordWeight(word, index.count(word) + Number(own.has(word))),
    family: (words: string[]) => index.family(words) + extra,
  }
  const candidates: Candidate[] = []
  for (const core of index.candidates(asked)) {
    for (const i of byCore.get(core) ?? []) {
      const other = names[i] as NormalisedName // i comes from the list
      if (i === truth ? isAbsent : other.key === official.key) continue
      const evidence = compareNames(asked, other, known)
      if (evidence.share < LEAST_SHARE && evidence.contraction === 0) continue
      countRivals(evidence, known)
      candidates.push({ features: nameFeatures(evidence), label: Number(i === truth), isSame: evidence.same_words === 1 })
    }
  }
  return { candidates, isAbsent }
}

const asked = Array.from({ length: Number(values.queries) }, ask)
// Where the true partner has the very same words, other candidates lose to it in any case and say nothing about pairs without such a one.
const used = asked.flatMap(({ candidates }) =>
  candidates.some((c) => c.label === 1 && c.isSame) ? candidates.filter((c) => c.isSame) : candidates,
)
const fit = await timed(() =>
  fitLogistic(
    used.map((c) => c.features),
    used.map((c) => c.label),
  ),
)
const weights = fit.result.weights

/** Quality of the best partner at a threshold, on the simulated names. */
function at(threshold: number) {
  let [found, right, truth] = [0, 0, 0]
  for (const { candidates, isAbsent } of asked) {
    if (!isAbsent) truth++
    const odds = candidates.map((c) => Math.exp(dot(c.features, weights)))
    const best = odds.indexOf(Math.max(...odds))
    if ((odds[best] ?? 0) / (1 + odds.reduce((sum, value) => sum + value, 0)) < threshold) continue
    found++
    right += candidates[best]?.label ?? 0
  }
  return quality(found, right, truth)
}

const figures: Record<string, number | string> = {
  fit_s: Number(fit.cpu_s.toFixed(2)),
  log_loss: Number(fit.result.log_loss.toFixed(4)),
}
for (const threshold of [0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9]) {
  const { precision, f1 } = at(threshold)
  figures[`at_${threshold}`] = `precision ${precision.toFixed(4)} f1 ${f1.toFixed(4)}`
}
figures.weights = NAME_FEATURES.map((feature, i) => `${feature} ${(weights[i] ?? 0).toFixed(3)}`).join(', ')
report('matching-train', { queries: asked.length, seed: Number(values.seed) }, figures)
