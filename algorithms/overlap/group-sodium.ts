import { type Blinded, type Group, POINT_BYTES, UNIFORM_BYTES } from './group.ts'
import type { Sodium } from './sodium.ts'

/** ristretto255 by libsodium's portable code: the reference, and the fallback where WASM has no SIMD. */
export function sodiumGroup(raw: Sodium): Group {
  const scalarAt = raw.room(POINT_BYTES)
  const inAt = raw.room(UNIFORM_BYTES)
  const pointAt = raw.room(POINT_BYTES)
  const outAt = raw.room(POINT_BYTES)

  function each(input: Uint8Array, width: number, scalar: Uint8Array, toPoint: (at: number) => number): Blinded {
    const count = input.length / width
    const points = new Uint8Array(count * POINT_BYTES)
    // libsodium's heap may have grown since the last batch; the small buffers stay where they are.
    const heap = raw.heap()
    heap.set(scalar, scalarAt)
    let bad = -1
    for (let i = 0; i < count && bad < 0; i++) {
      heap.set(input.subarray(i * width, (i + 1) * width), inAt)
      if (raw.multiply(outAt, scalarAt, toPoint(inAt)) !== 0) bad = i
      points.set(heap.subarray(outAt, outAt + POINT_BYTES), i * POINT_BYTES)
    }
    heap.fill(0, scalarAt, scalarAt + POINT_BYTES)
    return { points, bad }
  }

  function fromHash(at: number): number {
    raw.fromHash(pointAt, at)
    return pointAt
  }

  return {
    name: 'libsodium',
    hashBlind: (uniform, scalar) => each(uniform, UNIFORM_BYTES, scalar, fromHash),
    blind: (points, scalar) => each(points, POINT_BYTES, scalar, (at) => at),
  }
}
