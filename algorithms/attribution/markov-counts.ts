import type { PathBlock } from './path-block.ts'

export type MarkovOrder = 1 | 2 | 3

/**
 * Transition counts of a chain whose state is the last `order` touches (fewer at the beginning). State 0 is the start.
 * Edge `e` leads from state `from[e]` through one more touch, channel `via[e]`, to state `to[e]` with weight `weight[e]`.
 */
export interface ChainCounts {
  order: MarkovOrder
  states: number
  /** The touches a state remembers, oldest first. */
  memory: number[][]
  converted: Float64Array
  lost: Float64Array
  edges: number
  from: Int32Array
  via: Int32Array
  to: Int32Array
  weight: Float64Array
  /** Open addressing over (from, via): edge number + 1, or 0. */
  slots: Int32Array
  stateOf: Map<string, number>
}

export function createCounts(order: MarkovOrder): ChainCounts {
  return {
    order,
    states: 1,
    memory: [[]],
    converted: new Float64Array(64),
    lost: new Float64Array(64),
    edges: 0,
    from: new Int32Array(256),
    via: new Int32Array(256),
    to: new Int32Array(256),
    weight: new Float64Array(256),
    slots: new Int32Array(1024),
    stateOf: new Map(),
  }
}

function hash(state: number, channel: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(channel + 1, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

function stateAfter(counts: ChainCounts, state: number, channel: number): number {
  const memory = [...counts.memory[state]!, channel].slice(-counts.order)
  const key = memory.join(',')
  const known = counts.stateOf.get(key)
  if (known !== undefined) return known
  const fresh = counts.states++
  counts.memory.push(memory)
  counts.stateOf.set(key, fresh)
  if (fresh >= counts.converted.length) {
    counts.converted = doubled(counts.converted)
    counts.lost = doubled(counts.lost)
  }
  return fresh
}

function doubled(array: Float64Array): Float64Array {
  const grown = new Float64Array(array.length * 2)
  grown.set(array)
  return grown
}

function doubledInts(array: Int32Array): Int32Array {
  const grown = new Int32Array(array.length * 2)
  grown.set(array)
  return grown
}

function growEdges(counts: ChainCounts): void {
  counts.from = doubledInts(counts.from)
  counts.via = doubledInts(counts.via)
  counts.to = doubledInts(counts.to)
  counts.weight = doubled(counts.weight)
  counts.slots = new Int32Array(counts.slots.length * 2)
  const mask = counts.slots.length - 1
  for (let e = 0; e < counts.edges; e++) {
    let slot = hash(counts.from[e]!, counts.via[e]!) & mask
    while (counts.slots[slot] !== 0) slot = (slot + 1) & mask
    counts.slots[slot] = e + 1
  }
}

function newEdge(counts: ChainCounts, state: number, channel: number): number {
  if (counts.edges === counts.from.length) growEdges(counts)
  const edge = counts.edges++
  counts.from[edge] = state
  counts.via[edge] = channel
  counts.to[edge] = stateAfter(counts, state, channel)
  const mask = counts.slots.length - 1
  let slot = hash(state, channel) & mask
  while (counts.slots[slot] !== 0) slot = (slot + 1) & mask
  counts.slots[slot] = edge + 1
  return edge
}

function findEdge(counts: ChainCounts, state: number, channel: number): number {
  const { slots, from, via } = counts
  const mask = slots.length - 1
  for (let slot = hash(state, channel) & mask; ; slot = (slot + 1) & mask) {
    const edge = slots[slot]! - 1
    if (edge < 0) return newEdge(counts, state, channel)
    if (from[edge] === state && via[edge] === channel) return edge
  }
}

/** Walks every path through the chain: conversions weigh in always, nulls when `withNulls`; sign −1 takes them out again. */
export function countPaths(counts: ChainCounts, block: PathBlock, sign: 1 | -1, withNulls: boolean): void {
  const { starts, touches, conversions, nulls, size } = block
  for (let p = 0; p < size; p++) {
    const converted = sign * conversions[p]!
    const lost = withNulls ? sign * nulls[p]! : 0
    const weight = converted + lost
    if (weight === 0) continue
    let state = 0
    const end = starts[p + 1]!
    for (let t = starts[p]!; t < end; t++) {
      const edge = findEdge(counts, state, touches[t]!)
      counts.weight[edge]! += weight
      state = counts.to[edge]!
    }
    counts.converted[state]! += converted
    counts.lost[state]! += lost
  }
}
