import { POINT_BYTES } from './group.ts'

/** A uniform random permutation of 0 … n−1 (Fisher–Yates on the system's generator, without modulo bias). */
export function randomOrder(n: number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  const pool = new Uint32Array(16_384)
  let left = 0
  for (let i = n - 1; i > 0; i--) {
    const fair = 2 ** 32 - (2 ** 32 % (i + 1))
    let draw = fair
    while (draw >= fair) {
      if (left === 0) left = crypto.getRandomValues(pool).length
      draw = pool[--left] ?? fair
    }
    const j = draw % (i + 1)
    const held = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = held
  }
  return order
}

/** The points in a new order: point k of the result is point order[k] of the input. */
export function reorder(points: Uint8Array, order: Uint32Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(points.length)
  for (let k = 0; k < order.length; k++) {
    const from = (order[k] ?? 0) * POINT_BYTES
    out.set(points.subarray(from, from + POINT_BYTES), k * POINT_BYTES)
  }
  return out
}
