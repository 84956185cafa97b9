export type LogisticFit = { weights: number[]; iterations: number; log_loss: number }

export type LogisticOptions = {
  /** Penalty on the squared distance of each weight from its prior (default 1). */
  ridge?: number
  /** Where weights start and are drawn to; without one they are drawn to 0, and the first (the constant) is free. */
  prior?: number[]
}

/**
 * Logistic regression by iteratively reweighted least squares (McCullagh & Nelder 1989, §4.4) with a ridge penalty. `rows` are feature vectors of
 * one length, the first feature being the constant 1; `labels` are 0 or 1. Weights come in the rows' order.
 * Throws RangeError when there are no rows, when lengths differ or a number is not finite.
 */
export function fitLogistic(rows: number[][], labels: number[], { ridge = 1, prior }: LogisticOptions = {}): LogisticFit {
  const width = rows[0]?.length ?? 0
  if (width === 0 || rows.length !== labels.length)
    throw new RangeError('fitLogistic needs as many labels as rows, and at least one row')
  for (const [i, row] of rows.entries()) {
    if (row.length !== width || !row.every(Number.isFinite))
      throw new RangeError(`row ${i + 1}: expected ${width} finite numbers`)
  }
  const centre = prior ?? new Array<number>(width).fill(0)
  if (centre.length !== width) throw new RangeError(`the prior has ${centre.length} weights, the rows ${width} features`)
  const penalty = centre.map((_, i) => (i === 0 && prior === undefined ? 1e-9 : ridge))
  let weights = [...centre]
  for (let iterations = 1; ; iterations++) {
    const { gradient, hessian, loss } = derivatives(rows, labels, weights, penalty)
    for (let i = 0; i < width; i++) gradient[i] = (gradient[i] ?? 0) - (penalty[i] ?? 0) * ((weights[i] ?? 0) - (centre[i] ?? 0))
    const step = solve(hessian, gradient)
    weights = weights.map((weight, i) => weight + clamp(step[i] ?? 0))
    if (iterations >= 60 || step.every((value) => Math.abs(value) < 1e-8))
      return { weights, iterations, log_loss: loss / rows.length }
  }
}

function clamp(value: number): number {
  return Math.max(-5, Math.min(5, value))
}

/** e^x ÷ (1 + e^x), without overflow. */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))
}

function derivatives(rows: number[][], labels: number[], weights: number[], penalty: number[]) {
  const width = weights.length
  const gradient = weights.map(() => 0)
  const hessian = weights.map((_, i) => weights.map((_, j) => (i === j ? (penalty[i] ?? 0) : 0)))
  let loss = 0
  for (const [n, row] of rows.entries()) {
    const sum = dot(row, weights)
    const p = logistic(sum)
    const label = labels[n] ?? 0
    loss += label === 1 ? Math.log1p(Math.exp(-sum)) : Math.log1p(Math.exp(sum))
    const spread = Math.max(1e-12, p * (1 - p))
    for (let i = 0; i < width; i++) {
      const x = row[i] ?? 0
      if (x === 0) continue
      gradient[i] = (gradient[i] ?? 0) + x * (label - p)
      const line = hessian[i] ?? []
      for (let j = 0; j < width; j++) line[j] = (line[j] ?? 0) + spread * x * (row[j] ?? 0)
    }
  }
  return { gradient, hessian, loss }
}

export function dot(a: number[], b: number[]): number {
  let sum = 0
  for (const [i, value] of a.entries()) sum += value * (b[i] ?? 0)
  return sum
}

/** Solves a symmetric positive definite system by Cholesky. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length
  const lower = matrix.map(() => new Float64Array(n))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]?.[j] ?? 0
      for (let k = 0; k < j; k++) sum -= (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0)
      const row = lower[i] ?? new Float64Array(n)
      row[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (lower[j]?.[j] ?? 1)
    }
  }
  const result = [...right]
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) result[i] = (result[i] ?? 0) - (lower[i]?.[k] ?? 0) * (result[k] ?? 0)
    result[i] = (result[i] ?? 0) / (lower[i]?.[i] ?? 1)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) result[i] = (result[i] ?? 0) - (lower[k]?.[i] ?? 0) * (result[k] ?? 0)
    result[i] = (result[i] ?? 0) / (lower[i]?.[i] ?? 1)
  }
  return result
}
