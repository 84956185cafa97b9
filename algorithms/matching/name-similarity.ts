import { foldToken, type NormalisedName, normaliseName } from './normalise.ts'
import { levenshtein } from './strings.ts'
import { wordWeight } from './word-weight.ts'

/**
 * Similarity of two core words, 0..1: 1 equal, .98 equal but for an umlaut or a doubled letter, else 1 − edits ÷ length where a word of 5 to 7
 * letters has one edit and a longer one at most two; otherwise 0. Words with digits are equal or they differ. Symmetric.
 */
export function tokenSimilarity(a: string, b: string): number {
  if (a === b) return 1
  const [short, long] = [Math.min(a.length, b.length), Math.max(a.length, b.length)]
  if (short < 5 || long - short > 2 || DIGIT.test(a) || DIGIT.test(b)) return 0
  const edits = levenshtein(a, b)
  if (edits > 2) return 0
  if (foldToken(a) === foldToken(b)) return 0.98
  return edits <= (short < 8 ? 1 : 2) ? 1 - edits / long : 0
}

const DIGIT = /\d/

/**
 * Whether a word contracts a name: it is made of beginnings of the name's first words in order, at least two of them, ending in the last one
 * used ("labcorp": LABoratory CORPoration of America). Gives the number of words used, or 0.
 */
export function contracted(word: string, tokens: string[]): number {
  const fits = (at: number, token: number): number => {
    if (at === word.length) return token
    const next = tokens[token]
    if (next === undefined) return 0
    let most = 0
    while (most < next.length && at + most < word.length && next.charCodeAt(most) === word.charCodeAt(at + most)) most++
    for (let take = most; take > 0; take--) {
      const used = fits(at + take, token + 1)
      if (used > 0) return used
    }
    return 0
  }
  const used = tokens.length < 2 || word.charCodeAt(0) !== tokens[0]?.charCodeAt(0) ? 0 : fits(0, 0)
  return used >= 2 ? used : 0
}

/**
 * Similarity of two firm names, 0..1, symmetric and pure: 1 when their keys are equal, .99 in another order, .98 but for spaces, otherwise the
 * share of weighted words they have in common (a soft Dice measure: equal words count fully, near ones less, names more than trade words).
 * A name without letters or digits gives 0. It knows no list, so it is a first guess: `compareNames` weighs words by how rare they are.
 */
export function nameSimilarity(a: string | NormalisedName, b: string | NormalisedName): number {
  const left = typeof a === 'string' ? normaliseName(a) : a
  const right = typeof b === 'string' ? normaliseName(b) : b
  if (left.key === '' || right.key === '') return 0
  const own = coreSimilarity(left.tokens, right.tokens)
  let best = own
  for (const alias of right.aliases) best = Math.max(best, 0.97 * coreSimilarity(left.tokens, alias.split(' ')))
  for (const alias of left.aliases) best = Math.max(best, 0.97 * coreSimilarity(right.tokens, alias.split(' ')))
  return best
}

function coreSimilarity(a: string[], b: string[]): number {
  const [keyA, keyB] = [a.join(' '), b.join(' ')]
  if (keyA === keyB) return 1
  if (a.length === b.length && a.toSorted().join(' ') === b.toSorted().join(' ')) return 0.99
  if (a.map(foldToken).join('') === b.map(foldToken).join('')) return 0.98
  return 0.97 * softDice(a, b)
}

/** Pairs words best first; ties go by the words themselves, so that the order of the arguments does not matter. */
function softDice(a: string[], b: string[]): number {
  const pairs: { i: number; j: number; score: number; order: string }[] = []
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) {
      const score = tokenSimilarity(x, y)
      if (score > 0) pairs.push({ i, j, score, order: x < y ? `${x} ${y}` : `${y} ${x}` })
    }
  }
  pairs.sort((p, q) => q.score - p.score || (p.order < q.order ? -1 : Number(p.order > q.order)))
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  let shared = 0
  for (const { i, j, score } of pairs) {
    if (usedA.has(i) || usedB.has(j)) continue
    usedA.add(i)
    usedB.add(j)
    shared += score * (wordWeight(a[i] ?? '', 0) + wordWeight(b[j] ?? '', 0))
  }
  const total = [...a, ...b].reduce((sum, token) => sum + wordWeight(token, 0), 0)
  return shared / total
}
