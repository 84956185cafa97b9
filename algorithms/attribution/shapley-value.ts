import { badInput } from './bad-input.ts'
import { seeded } from './seeded.ts'

/** Worth of a coalition: `members[i]` is 1 when player `i` is in. Must not keep or change the array. */
export type Game = (members: Uint8Array) => number

export interface ShapleyOptions {
  /** Up to this many players (at most 20) every coalition is valued; default 20. */
  exact_up_to?: number
  /** Pairs of an order and its reverse when sampling; default 2,000. */
  pairs?: number
  /** Seed of the sampled orders; default 1. */
  seed?: number
  /** Confidence of the error bounds, below 1; default .95. */
  confidence?: number
  /** When no player's marginal contribution can differ from another of theirs by more than this, bounds hold for any sample size. */
  marginal_range?: number
}

export interface ShapleyValue {
  method: 'exact' | 'sampled'
  /** Sums to worth(all) − worth(none), in the unit of the game. */
  values: number[]
  /** Half-widths of the confidence intervals, each at the asked confidence; zeros when exact. */
  error_bounds: number[]
  coalitions_valued: number
}

/**
 * The Shapley value (1953) of any game: exact by the subset formula up to 20 players, by sampled orders in antithetic pairs
 * (Castro, Gómez and Tejada 2009; Mitchell et al. 2022) with error bounds above. Throws bad input on impossible options.
 */
export function shapleyValue(players: number, worth: Game, options: ShapleyOptions = {}): ShapleyValue {
  const limit = Math.min(20, options.exact_up_to ?? 20)
  if (!Number.isInteger(players) || players < 1) throw badInput(`${players} players: give a whole number above zero`)
  return players <= limit ? exactValue(players, worth) : sampledValue(players, worth, options)
}

/** Worths of all coalitions by bit mask, visited in Gray order so that one member changes at a time. */
function worthTable(players: number, worth: Game): Float64Array {
  const table = new Float64Array(2 ** players)
  const members = new Uint8Array(players)
  table[0] = worth(members)
  for (let i = 1; i < table.length; i++) {
    const gray = i ^ (i >>> 1)
    const changed = 31 - Math.clz32(i & -i)
    members[changed]! ^= 1
    table[gray] = worth(members)
  }
  return table
}

function exactValue(players: number, worth: Game): ShapleyValue {
  const table = worthTable(players, worth)
  // |S|! (n − |S| − 1)! / n! by recurrence: w(0) = 1/n, w(s) = w(s − 1) · s / (n − s).
  const weights = [1 / players]
  for (let s = 1; s < players; s++) weights.push((weights[s - 1]! * s) / (players - s))
  const values = Array.from({ length: players }, () => 0)
  const sizes = new Uint8Array(table.length)
  for (let mask = 1; mask < table.length; mask++) sizes[mask] = sizes[mask >>> 1]! + (mask & 1)
  for (let i = 0; i < players; i++) {
    const bit = 2 ** i
    let sum = 0
    for (let mask = 0; mask < table.length; mask++) {
      if ((mask & bit) === 0) sum += weights[sizes[mask]!]! * (table[mask | bit]! - table[mask]!)
    }
    values[i] = sum
  }
  return { method: 'exact', values, error_bounds: values.map(() => 0), coalitions_valued: table.length }
}

function sampledValue(players: number, worth: Game, options: ShapleyOptions): ShapleyValue {
  const { pairs = 2000, seed = 1, confidence = 0.95, marginal_range: range } = options
  if (!Number.isInteger(pairs) || pairs < 2) throw badInput(`${pairs} pairs: give a whole number of two or more`)
  if (!(confidence > 0 && confidence < 1)) throw badInput(`confidence ${confidence}: give a number between 0 and 1`)
  const next = seeded(seed)
  const order = Array.from({ length: players }, (_, i) => i)
  const mean = new Float64Array(players)
  const spread = new Float64Array(players)
  for (let sample = 1; sample <= pairs; sample++) {
    for (let i = players - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1))
      const swap = order[i]!
      order[i] = order[j]!
      order[j] = swap
    }
    const pair = marginals(order, worth)
    const back = marginals(order.toReversed(), worth)
    for (let i = 0; i < players; i++) {
      const value = (pair[i]! + back[i]!) / 2
      const step = value - mean[i]!
      mean[i]! += step / sample
      spread[i]! += step * (value - mean[i]!)
    }
  }
  const error_bounds = Array.from(spread, (sum) => errorBound(sum / (pairs - 1), pairs, confidence, range))
  return { method: 'sampled', values: [...mean], error_bounds, coalitions_valued: 2 * pairs * (players + 1) }
}

function marginals(order: readonly number[], worth: Game): Float64Array {
  const members = new Uint8Array(order.length)
  const gains = new Float64Array(order.length)
  let before = worth(members)
  for (const player of order) {
    members[player] = 1
    const after = worth(members)
    gains[player] = after - before
    before = after
  }
  return gains
}

/**
 * With a known range: the smaller of Hoeffding's bound and the empirical Bernstein bound (Maurer and Pontil 2009), valid for any n.
 * Without one: Chebyshev’s inequality with the sample variance, wider than the usual normal interval and safer for few samples.
 */
function errorBound(variance: number, n: number, confidence: number, range: number | undefined): number {
  const miss = 1 - confidence
  if (range === undefined) return Math.sqrt(variance / (n * miss))
  const hoeffding = range * Math.sqrt(Math.log(2 / miss) / (2 * n))
  const bernstein = Math.sqrt((2 * variance * Math.log(4 / miss)) / n) + (7 * range * Math.log(4 / miss)) / (3 * (n - 1))
  return Math.min(hoeffding, bernstein)
}
