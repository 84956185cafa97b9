import { badInput } from './bad-input.ts'
import { type CreditModel, emptySums } from './credit-sums.ts'
import { chainOf } from './markov-chain.ts'
import { countPaths, createCounts, type MarkovOrder } from './markov-counts.ts'
import { removalEffects } from './removal-effects.ts'

export interface MarkovOptions {
  /** How many last touches the next one depends on; default 1. */
  order?: MarkovOrder
  /** Whether non-converting repeats take part in the chain; default include. */
  nulls?: 'include' | 'ignore'
}

export interface MarkovModel extends CreditModel {
  /** Removal effect per channel index, 0 … 1. */
  effects(): Float64Array
}

/**
 * Removal effects in the absorbing chain start → touches → conversion | null, shared out so that they sum to all conversions and all
 * value (Anderl, Becker, von Wangenheim and Schumann 2016). Throws bad input when there is value but no conversion to credit it to.
 */
export function markov({ order = 1, nulls = 'include' }: MarkovOptions = {}): MarkovModel {
  if (![1, 2, 3].includes(order)) throw badInput(`markov order ${order}: give 1, 2 or 3`)
  const counts = createCounts(order)
  let channels = 0
  let conversions = 0
  let value = 0
  const effects = () => removalEffects(chainOf(counts), channels)
  return {
    add(block, sign) {
      channels = Math.max(channels, block.channel_count)
      for (let p = 0; p < block.size; p++) {
        conversions += sign * block.conversions[p]!
        value += sign * block.values[p]!
      }
      countPaths(counts, block, sign, nulls === 'include')
    },
    effects,
    credits() {
      const sums = emptySums(channels)
      const shares = effects()
      const total = shares.reduce((sum, share) => sum + share, 0)
      if (total === 0) {
        if (value > 0) throw badInput('markov: there is value but no conversion; give the conversions that brought it')
        return sums
      }
      for (let c = 0; c < channels; c++) {
        sums.conversions[c] = (conversions * shares[c]!) / total
        sums.values[c] = (value * shares[c]!) / total
      }
      return sums
    },
  }
}
