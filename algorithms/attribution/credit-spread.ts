import { badInput } from './bad-input.ts'
import { type CreditModel, type CreditSums, pathwise } from './credit-sums.ts'
import type { PathBlock } from './path-block.ts'

/** 1/n to every touch; a channel met twice is credited twice. */
export function linear(): CreditModel {
  return pathwise((block, sums, sign) => {
    const { starts, touches, conversions, values, size } = block
    const { conversions: toConversions, values: toValues } = sums
    for (let p = 0; p < size; p++) {
      const start = starts[p]!
      const end = starts[p + 1]!
      const conversion = (sign * conversions[p]!) / (end - start)
      const value = (sign * values[p]!) / (end - start)
      for (let t = start; t < end; t++) {
        const channel = touches[t]!
        toConversions[channel]! += conversion
        toValues[channel]! += value
      }
    }
  })
}

export type PositionWeights = readonly [first: number, middle: number, last: number]

/**
 * First, middle and last share as in `weights` (any scale, normalised), the middle spread evenly over the inner touches.
 * One touch takes all; two take half each, whatever the weights.
 */
export function positionBased(weights: PositionWeights = [40, 20, 40]): CreditModel {
  const total = weights[0] + weights[1] + weights[2]
  if (weights.some((weight) => !Number.isFinite(weight) || weight < 0) || !(total > 0 && Number.isFinite(total))) {
    throw badInput(`position weights ${weights.join(',')}: give three numbers of zero or more, not all zero`)
  }
  const [first, middle, last] = [weights[0] / total, weights[1] / total, weights[2] / total]
  return pathwise((block, sums, sign) => {
    const { starts, touches, conversions, values, size } = block
    const { conversions: toConversions, values: toValues } = sums
    for (let p = 0; p < size; p++) {
      const start = starts[p]!
      const end = starts[p + 1]! - 1
      const n = end - start + 1
      const conversion = sign * conversions[p]!
      const value = sign * values[p]!
      const head = n === 1 ? 1 : n === 2 ? 0.5 : first
      toConversions[touches[start]!]! += head * conversion
      toValues[touches[start]!]! += head * value
      if (n === 1) continue
      const tail = n === 2 ? 0.5 : last
      toConversions[touches[end]!]! += tail * conversion
      toValues[touches[end]!]! += tail * value
      const innerConversion = (middle * conversion) / (n - 2)
      const innerValue = (middle * value) / (n - 2)
      for (let t = start + 1; t < end; t++) {
        toConversions[touches[t]!]! += innerConversion
        toValues[touches[t]!]! += innerValue
      }
    }
  })
}

/**
 * Weight 2^(−i/h), normalised per path, where `i` is the distance to the last touch and `h` the half-life:
 * in steps, or in days when the block has times.
 */
export function timeDecay(halfLife = 7): CreditModel {
  if (!(halfLife > 0 && Number.isFinite(halfLife))) throw badInput(`half-life ${halfLife}: give a number above zero`)
  let powers = new Float64Array(0)
  let totals = new Float64Array(0)
  const reach = (length: number) => {
    powers = Float64Array.from({ length }, (_, i) => 2 ** (-i / halfLife))
    totals = new Float64Array(length + 1)
    for (let i = 0; i < length; i++) totals[i + 1] = totals[i]! + powers[i]!
  }
  return pathwise((block, sums, sign) => {
    if (block.days)
      return decayByDays(block, block.days, halfLife, (channel, weight, p) => {
        sums.conversions[channel]! += sign * weight * block.conversions[p]!
        sums.values[channel]! += sign * weight * block.values[p]!
      })
    let longest = 0
    for (let p = 0; p < block.size; p++) longest = Math.max(longest, block.starts[p + 1]! - block.starts[p]!)
    if (longest > powers.length) reach(longest * 2)
    decayBySteps(block, sums, sign, { powers, totals })
  })
}

function decayBySteps(
  block: PathBlock,
  sums: CreditSums,
  sign: 1 | -1,
  table: { powers: Float64Array; totals: Float64Array },
): void {
  const { starts, touches, conversions, values, size } = block
  const { conversions: toConversions, values: toValues } = sums
  const { powers, totals } = table
  for (let p = 0; p < size; p++) {
    const start = starts[p]!
    const end = starts[p + 1]!
    const total = totals[end - start]!
    const conversion = (sign * conversions[p]!) / total
    const value = (sign * values[p]!) / total
    for (let t = start; t < end; t++) {
      const weight = powers[end - 1 - t]!
      const channel = touches[t]!
      toConversions[channel]! += conversion * weight
      toValues[channel]! += value * weight
    }
  }
}

type Take = (channel: number, weight: number, path: number) => void

function decayByDays(block: PathBlock, days: Float64Array, halfLife: number, take: Take): void {
  for (let p = 0; p < block.size; p++) {
    const start = block.starts[p]!
    const end = block.starts[p + 1]!
    const last = days[end - 1]!
    let total = 0
    for (let t = start; t < end; t++) total += 2 ** ((days[t]! - last) / halfLife)
    for (let t = start; t < end; t++) take(block.touches[t]!, 2 ** ((days[t]! - last) / halfLife) / total, p)
  }
}
