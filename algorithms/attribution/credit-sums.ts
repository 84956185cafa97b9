import type { PathBlock } from './path-block.ts'

/** Credits per channel index: conversions, and value in the unit of the input. */
export interface CreditSums {
  conversions: Float64Array
  values: Float64Array
}

/**
 * A model as a running sum over paths: `add` takes a block in (sign 1) or out again (sign −1), `credits` tells the state.
 * Every model here is such a sum, so a stream needs memory for the channels only and an update costs what it touches.
 */
export interface CreditModel {
  add(block: PathBlock, sign: 1 | -1): void
  credits(): CreditSums
}

/** Sums with room for at least `channels` channels; the given ones are returned when they suffice. */
function roomFor(sums: CreditSums, channels: number): CreditSums {
  if (channels <= sums.conversions.length) return sums
  const grown = emptySums(channels * 2)
  grown.conversions.set(sums.conversions)
  grown.values.set(sums.values)
  return grown
}

export function emptySums(channels: number): CreditSums {
  return { conversions: new Float64Array(channels), values: new Float64Array(channels) }
}

type Spread = (block: PathBlock, sums: CreditSums, sign: 1 | -1) => void

/** A model whose credit for a path depends on that path alone. */
export function pathwise(spread: Spread): CreditModel {
  let sums = emptySums(16)
  return {
    add(block, sign) {
      sums = roomFor(sums, block.channel_count)
      spread(block, sums, sign)
    },
    credits: () => sums,
  }
}
