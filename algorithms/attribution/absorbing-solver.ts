import type { Chain } from './markov-chain.ts'

/** Solves with M = I − Q, Q the moves between transient states. Right-hand sides must be zero or more. */
export interface AbsorbingSolver {
  /** x with M x = b. */
  solve(b: Float64Array): Float64Array
  /** x with xᵀ M = bᵀ. */
  solveTransposed(b: Float64Array): Float64Array
}

/**
 * Direct factorisation of M by state reduction: pivots are sums of probabilities (Grassmann, Taksar and Heyman 1985; for M-matrices
 * Alfa, Xue and Ye 2002), so nothing is ever subtracted and every entry keeps full relative precision, however slowly the chain ends.
 */
export function absorbingSolver(chain: Chain): AbsorbingSolver {
  const n = chain.states
  const moves = new Float64Array(n * n)
  const absorbed = new Float64Array(n)
  for (let s = 0; s < n; s++) {
    absorbed[s] = chain.converts[s]! + chain.loses[s]!
    for (let i = chain.rows[s]!; i < chain.rows[s + 1]!; i++) moves[s * n + chain.to[i]!] = chain.probability[i]!
  }
  const pivots = reduceStates(moves, absorbed, n)
  return {
    solve: (b) => solveForward(moves, pivots, b),
    solveTransposed: (b) => solveBackward(moves, pivots, b),
  }
}

/** Removes the states one by one; row k keeps its moves to later states, column k the factors of the earlier ones. */
function reduceStates(moves: Float64Array, absorbed: Float64Array, n: number): Float64Array {
  const pivots = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const row = k * n
    let pivot = absorbed[k]!
    for (let j = k + 1; j < n; j++) pivot += moves[row + j]!
    pivots[k] = pivot
    for (let i = k + 1; i < n; i++) {
      const at = i * n
      if (moves[at + k] === 0) continue
      const factor = moves[at + k]! / pivot
      moves[at + k] = factor
      for (let j = k + 1; j < n; j++) moves[at + j]! += factor * moves[row + j]!
      // A way back to i itself is a loop and adds to no pivot.
      moves[at + i] = 0
      absorbed[i]! += factor * absorbed[k]!
    }
  }
  return pivots
}

function solveForward(moves: Float64Array, pivots: Float64Array, b: Float64Array): Float64Array {
  const n = pivots.length
  const x = b.slice()
  for (let i = 0; i < n; i++) {
    let sum = x[i]!
    for (let k = 0; k < i; k++) sum += moves[i * n + k]! * x[k]!
    x[i] = sum
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let j = i + 1; j < n; j++) sum += moves[i * n + j]! * x[j]!
    x[i] = sum / pivots[i]!
  }
  return x
}

function solveBackward(moves: Float64Array, pivots: Float64Array, b: Float64Array): Float64Array {
  const n = pivots.length
  const x = b.slice()
  for (let i = 0; i < n; i++) {
    const value = x[i]! / pivots[i]!
    x[i] = value
    if (value === 0) continue
    for (let j = i + 1; j < n; j++) x[j]! += value * moves[i * n + j]!
  }
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]!
    if (value === 0) continue
    for (let k = 0; k < i; k++) x[k]! += value * moves[i * n + k]!
  }
  return x
}
