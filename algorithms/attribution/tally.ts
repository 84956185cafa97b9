import type { Channels } from './channels.ts'
import { createChannels } from './channels.ts'
import { type MarkovOptions, markov } from './credit-markov.ts'
import { shapleyOfPaths } from './credit-shapley.ts'
import { firstTouch, lastNonDirectTouch, lastTouch } from './credit-single.ts'
import { linear, type PositionWeights, positionBased, timeDecay } from './credit-spread.ts'
import type { CreditModel } from './credit-sums.ts'
import { encodePaths, type PathBlock, type PathRow } from './path-block.ts'

/** A model over paths with its parameters. */
export type PathModel =
  | { model: 'first' | 'last' | 'linear' | 'shapley' }
  | { model: 'last-non-direct'; direct: readonly string[] }
  | { model: 'position'; weights?: PositionWeights }
  | { model: 'time-decay'; half_life?: number }
  | ({ model: 'markov' } & MarkovOptions)

/** What one channel is credited with. Value is in the unit of the input. */
export interface ChannelCredit {
  channel: string
  conversions: number
  value: number
}

/**
 * The credit of all paths added so far. A block may come again with `remove`, which undoes `add`: a path that got a new touch is removed
 * as it was and added as it is. `credits` lists every channel with a touch, in order of first appearance.
 */
export interface Tally {
  add(block: PathBlock): void
  remove(block: PathBlock): void
  credits(): ChannelCredit[]
}

function modelOf(spec: PathModel, channels: Channels): CreditModel {
  switch (spec.model) {
    case 'first':
      return firstTouch()
    case 'last':
      return lastTouch()
    case 'last-non-direct': {
      const direct = new Set(spec.direct)
      return lastNonDirectTouch((channel) => direct.has(channels.names[channel]!))
    }
    case 'linear':
      return linear()
    case 'position':
      return positionBased(spec.weights)
    case 'time-decay':
      return timeDecay(spec.half_life)
    case 'markov':
      return markov(spec)
    case 'shapley':
      return shapleyOfPaths()
  }
}

/** A running tally of one model. `channels` must be the list the blocks were encoded with. Throws bad input on bad parameters. */
export function createTally(spec: PathModel, channels: Channels): Tally {
  const model = modelOf(spec, channels)
  let uses = new Float64Array(16)
  const count = (block: PathBlock, sign: 1 | -1) => {
    if (block.channel_count > uses.length) {
      const grown = new Float64Array(block.channel_count * 2)
      grown.set(uses)
      uses = grown
    }
    const { touches } = block
    const end = block.starts[block.size]!
    for (let t = 0; t < end; t++) uses[touches[t]!]! += sign
    model.add(block, sign)
  }
  return {
    add: (block) => count(block, 1),
    remove: (block) => count(block, -1),
    credits() {
      const sums = model.credits()
      const rows: ChannelCredit[] = []
      channels.names.forEach((channel, c) => {
        if (!((uses[c] ?? 0) > 0)) return
        // What rounding leaves of paths that were removed again must not read as a negative credit.
        rows.push({ channel, conversions: Math.max(0, sums.conversions[c]!), value: Math.max(0, sums.values[c]!) })
      })
      return rows
    },
  }
}

/** Credits of a list of paths under one model. Throws bad input naming row and column. */
export function creditPaths(rows: Iterable<PathRow>, spec: PathModel): ChannelCredit[] {
  const channels = createChannels()
  const tally = createTally(spec, channels)
  tally.add(encodePaths(rows, channels))
  return tally.credits()
}
