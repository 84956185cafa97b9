import type { ChainCounts } from './markov-counts.ts'

/**
 * The chain of the jumps between different states, rows of probabilities: from state `s` to `to[i]` with `probability[i]` for
 * `rows[s] ≤ i < rows[s + 1]`, to conversion with `converts[s]`, to null with `loses[s]`. State 0 is the start.
 * Loops of a state to itself are left out: they delay absorption and change no absorption probability.
 */
export interface Chain {
  states: number
  rows: Int32Array
  to: Int32Array
  probability: Float64Array
  converts: Float64Array
  loses: Float64Array
  /** Channel of the newest touch of a state, −1 for the start. */
  newest: Int32Array
}

function reachable(counts: ChainCounts, outgoing: number[][]): Int32Array {
  const place = new Int32Array(counts.states).fill(-1)
  const order = [0]
  place[0] = 0
  for (let i = 0; i < order.length; i++) {
    for (const edge of outgoing[order[i]!]!) {
      const next = counts.to[edge]!
      if (place[next] !== -1) continue
      place[next] = order.length
      order.push(next)
    }
  }
  return place
}

function outgoingEdges(counts: ChainCounts): number[][] {
  const outgoing: number[][] = Array.from({ length: counts.states }, () => [])
  for (let e = 0; e < counts.edges; e++) {
    if (counts.weight[e]! > 0 && counts.from[e] !== counts.to[e]) outgoing[counts.from[e]!]!.push(e)
  }
  return outgoing
}

/** The chain of the counts, reachable states only, numbered breadth first. */
export function chainOf(counts: ChainCounts): Chain {
  const outgoing = outgoingEdges(counts)
  const place = reachable(counts, outgoing)
  const states = place.reduce((n, at) => (at === -1 ? n : n + 1), 0)
  const original = new Int32Array(states)
  place.forEach((at, state) => {
    if (at !== -1) original[at] = state
  })
  const edges = original.reduce((n, state) => n + outgoing[state]!.length, 0)
  const chain: Chain = {
    states,
    rows: new Int32Array(states + 1),
    to: new Int32Array(edges),
    probability: new Float64Array(edges),
    converts: new Float64Array(states),
    loses: new Float64Array(states),
    newest: Int32Array.from(original, (state) => counts.memory[state]!.at(-1) ?? -1),
  }
  let next = 0
  for (let s = 0; s < states; s++) {
    const state = original[s]!
    const edgesOut = outgoing[state]!
    const converted = Math.max(0, counts.converted[state]!)
    const lost = Math.max(0, counts.lost[state]!)
    const total = edgesOut.reduce((sum, edge) => sum + counts.weight[edge]!, converted + lost)
    for (const edge of edgesOut) {
      chain.to[next] = place[counts.to[edge]!]!
      chain.probability[next++] = counts.weight[edge]! / total
    }
    chain.converts[s] = total > 0 ? converted / total : 0
    chain.loses[s] = total > 0 ? lost / total : 1
    chain.rows[s + 1] = next
  }
  return chain
}
