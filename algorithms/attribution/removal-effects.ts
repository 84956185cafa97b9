import { type AbsorbingSolver, absorbingSolver } from './absorbing-solver.ts'
import { badInput } from './bad-input.ts'
import type { Chain } from './markov-chain.ts'

/** Above this many states the dense factorisation gives way to propagation with an error bound. */
const DENSE_STATES = 1500
const TOLERANCE = 1e-14
const MOST_SWEEPS = 100_000

/**
 * Per channel 1 − P(conversion | every entry to the channel goes to null) / P(conversion); 0 … 1, zeros when nothing converts.
 * Computed as P(the path meets the channel and converts) / P(conversion), which is the same and never cancels:
 * directly up to `denseStates` states, by propagation above.
 */
export function removalEffects(chain: Chain, channels: number, denseStates = DENSE_STATES): Float64Array {
  const members = statesByChannel(chain, channels)
  if (!chain.converts.some((probability) => probability > 0)) return new Float64Array(channels)
  if (chain.states > denseStates) return effectsByPropagation(chain, members)
  const solver = absorbingSolver(chain)
  const start = new Float64Array(chain.states)
  start[0] = 1
  const conversion = solver.solve(chain.converts)
  const visits = solver.solveTransposed(start)
  return Float64Array.from(members, (states) => {
    if (states.length === 0) return 0
    const met = firstVisits(solver, visits, states)
    const share = states.reduce((sum, state, i) => sum + met[i]! * conversion[state]!, 0)
    return Math.min(1, Math.max(0, share / conversion[0]!))
  })
}

function statesByChannel(chain: Chain, channels: number): number[][] {
  const members: number[][] = Array.from({ length: channels }, () => [])
  for (let s = 1; s < chain.states; s++) members[chain.newest[s]!]!.push(s)
  return members
}

/** Probability that the first state met among `states` is each of them: y with y G = g, G the visits among them, g those from the start. */
function firstVisits(solver: AbsorbingSolver, visits: Float64Array, states: number[]): ArrayLike<number> {
  const unit = new Float64Array(visits.length)
  const columns = states.map((state) => {
    unit.fill(0)
    unit[state] = 1
    return solver.solve(unit)
  })
  const first = states[0]!
  if (states.length === 1) return [visits[first]! / columns[0]![first]!]
  // Row j of the transposed system: Σ_i y_i G(i, j) = g(j).
  const system = columns.map((column, j) => [...states.map((i) => column[i]!), visits[states[j]!]!])
  return eliminate(system)
}

/** Gauss elimination with partial pivoting on rows of coefficients followed by the right-hand side. */
function eliminate(system: number[][]): Float64Array {
  const n = system.length
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (Math.abs(system[i]![k]!) > Math.abs(system[best]![k]!)) best = i
    const pivot = system[best]!
    system[best] = system[k]!
    system[k] = pivot
    for (let i = k + 1; i < n; i++) {
      const row = system[i]!
      const factor = row[k]! / pivot[k]!
      if (factor !== 0) for (let j = k; j <= n; j++) row[j]! -= factor * pivot[j]!
    }
  }
  const x = new Float64Array(n)
  for (let i = n - 1; i >= 0; i--) {
    const row = system[i]!
    let sum = row[n]!
    for (let j = i + 1; j < n; j++) sum -= row[j]! * x[j]!
    x[i] = sum / row[i]!
  }
  return x
}

/**
 * For large sparse chains: probability mass flows from the start until what is still under way, which bounds the error, is below
 * 10⁻¹⁴ of the conversion probability. Mass is kept in two layers, before and after it met the channel.
 */
function effectsByPropagation(chain: Chain, members: number[][]): Float64Array {
  const work = chain.to.length * members.length
  if (work > 5e9) {
    const size = `${members.length} channels with ${chain.to.length} transitions`
    throw badInput(`markov: ${size} are too many; group rare channels or use a lower order`)
  }
  return Float64Array.from(members, (states, channel) => (states.length === 0 ? 0 : propagate(chain, channel)))
}

function propagate(chain: Chain, channel: number): number {
  const before = new Float64Array(chain.states)
  const after = new Float64Array(chain.states)
  const done = { avoided: 0, met: 0 }
  before[0] = 1
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    sweepOnce(chain, channel, [before, after], done)
    let underWay = 0
    for (let s = 0; s < chain.states; s++) underWay += before[s]! + after[s]!
    const converted = done.avoided + done.met
    if (converted > 0 && underWay <= TOLERANCE * converted) return done.met / converted
  }
  throw badInput(`markov: the chain does not settle in ${MOST_SWEEPS} sweeps; use a lower order`)
}

function sweepOnce(
  chain: Chain,
  channel: number,
  layers: [Float64Array, Float64Array],
  done: { avoided: number; met: number },
): void {
  const { rows, to, probability, converts, newest } = chain
  const [before, after] = layers
  for (let s = 0; s < chain.states; s++) {
    const fresh = before[s]!
    const met = after[s]!
    if (fresh === 0 && met === 0) continue
    before[s] = 0
    after[s] = 0
    done.avoided += fresh * converts[s]!
    done.met += met * converts[s]!
    for (let i = rows[s]!; i < rows[s + 1]!; i++) {
      const next = to[i]!
      const share = probability[i]!
      if (newest[next] === channel) after[next]! += share * (fresh + met)
      else {
        before[next]! += share * fresh
        after[next]! += share * met
      }
    }
  }
}
