import { COMMON, DESCRIPTIVE } from './name-words.ts'
import { foldToken, type NormalisedName, normaliseName } from './normalise.ts'
import { jaroWinkler } from './strings.ts'

/** How much one word tells about which firm is meant, 0..1, without knowing a list: names 1, common words .6, trade words .35. */
export function wordWeight(token: string): number {
  if (DESCRIPTIVE.has(token)) return 0.35
  if (COMMON.has(token)) return 0.6
  return token.length === 1 ? 0.5 : 1
}

/** Similarity of two core words, 0..1: 1 equal, .98 equal but for umlaut or doubled letter, else Jaro-Winkler where it is ≥ .88, else 0. */
export function tokenSimilarity(a: string, b: string): number {
  if (a === b) return 1
  if (a.length < 3 || b.length < 3 || /\d/.test(a + b)) return 0
  if (foldToken(a) === foldToken(b)) return 0.98
  const score = jaroWinkler(a, b)
  return score >= 0.88 && Math.min(a.length, b.length) >= 4 ? score * 0.96 : 0
}

/**
 * Similarity of two firm names, 0..1, symmetric and pure: 1 when their keys are equal, .99 in another order, .98 but for spaces, otherwise the
 * share of weighted words they have in common (a soft Dice measure: equal words count fully, near ones less, names more than trade words).
 * A name without letters or digits gives 0. It knows no list, so it is a first guess: `scoreNames` weighs words by how rare they are.
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
    shared += score * (wordWeight(a[i] ?? '') + wordWeight(b[j] ?? ''))
  }
  const total = [...a, ...b].reduce((sum, token) => sum + wordWeight(token), 0)
  return shared / total
}
