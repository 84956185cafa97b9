import { badInput } from './bad-input.ts'

/** Whole numbers in the ratio of the weights: exact within 53 bits of the largest, as scaling by powers of two loses nothing. */
function wholeWeights(weights: readonly number[]): bigint[] {
  if (weights.every((weight) => Number.isSafeInteger(weight))) return weights.map(BigInt)
  const shift = 52 - Math.floor(Math.log2(Math.max(...weights)))
  // In two steps, since the scale of the smallest numbers is itself beyond the largest.
  const half = Math.trunc(shift / 2)
  return weights.map((weight) => BigInt(Math.round(weight * 2 ** half * 2 ** (shift - half))))
}

/**
 * Splits an amount in minor units in the ratio of `weights` by largest remainder (Hamilton): every part is its exact quota rounded down
 * or up by less than one unit and the parts sum to the amount. Ties go to the earlier entry. A negative amount (a refund) mirrors the
 * positive one. Throws bad input on an amount that is no safe integer and on weights that are negative, not finite or all zero.
 */
export function allocate(amount_minor: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(amount_minor)) throw badInput(`amount ${amount_minor}: give whole minor units`)
  if (weights.some((weight) => !Number.isFinite(weight) || weight < 0)) throw badInput('weights must be numbers of zero or more')
  const whole = wholeWeights(weights)
  const total = whole.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) throw badInput('at least one weight must be above zero')
  const amount = BigInt(Math.abs(amount_minor))
  const parts = whole.map((weight) => (amount * weight) / total)
  const left = Number(amount - parts.reduce((sum, part) => sum + part, 0n))
  const remainders = whole.map((weight, index) => ({ index, remainder: (amount * weight) % total }))
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of remainders.slice(0, left)) parts[index]! += 1n
  // A zero part must not become −0.
  return parts.map((part) => (amount_minor < 0 && part > 0n ? -Number(part) : Number(part)))
}
