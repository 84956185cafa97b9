import { type Blinded, type Group, POINT_BYTES, UNIFORM_BYTES } from '../group.ts'
import { assemble } from './assembler.ts'
import { BITS, LIMBS, layoutConstants, WEIGHT } from './layout.ts'
import { io, ristrettoBodies } from './ristretto-module.ts'

const LANES = 4
const shape = WEIGHT.map((weight, i) => ({
  word: weight >> 5,
  shift: weight & 31,
  mask: 2 ** (BITS[i] ?? 0) - 1,
  long: (weight & 31) + (BITS[i] ?? 0) > 32,
}))

let compiled: Promise<WebAssembly.Module> | undefined

/** True where WebAssembly has the 128-bit SIMD that the module needs. */
export function hasSimd(): boolean {
  // (func (result v128) v128.const 0) with a drop, the smallest module that uses a vector.
  const probe = [
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b,
  ]
  return WebAssembly.validate(Uint8Array.from(probe))
}

/** ristretto255 in our own WebAssembly: four points at a time in vector lanes, constant time, bit for bit the results of libsodium. */
export async function simdGroup(): Promise<Group> {
  compiled ??= WebAssembly.compile(assemble(ristrettoBodies()))
  const { exports } = await WebAssembly.instantiate(await compiled)
  // The module is our own; these are what `assemble` exports.
  const { memory, blind, hashBlind } = exports as { memory: WebAssembly.Memory; blind: () => void; hashBlind: () => void }
  const cells = new Int32Array(memory.buffer)
  for (const { address, vectors } of layoutConstants) cells.set(vectors.flat(), address >> 2)

  function each(input: Uint8Array, width: number, scalar: Uint8Array, work: () => void): Blinded {
    const words = new Uint32Array(input.slice().buffer)
    const step = width / 4
    const count = input.length / width
    const out = new Uint32Array(count * (POINT_BYTES / 4))
    let bad = -1
    writeDigits(cells, scalar)
    for (let from = 0; from < count && bad < 0; from += LANES) {
      for (let lane = 0; lane < LANES; lane++) {
        const row = Math.min(from + lane, count - 1)
        if (width === POINT_BYTES && !isCanonical(words, row * step) && bad < 0) bad = row
        readElement(cells, io.first + lane * 4, words, row * step)
        if (width === UNIFORM_BYTES) readElement(cells, io.second + lane * 4, words, row * step + 8)
      }
      if (bad >= 0) break
      work()
      for (let lane = 0; lane < Math.min(LANES, count - from); lane++) {
        if (width === POINT_BYTES && cells[(io.flaws >> 2) + lane] && bad < 0) bad = from + lane
        writeElement(cells, lane, out, (from + lane) * 8)
      }
    }
    cells.fill(0, io.digits >> 2, (io.digits >> 2) + 128)
    return { points: new Uint8Array(out.buffer), bad }
  }

  return {
    name: 'simd',
    hashBlind: (uniform, scalar) => each(uniform, UNIFORM_BYTES, scalar, hashBlind),
    blind: (points, scalar) => each(points, POINT_BYTES, scalar, blind),
  }
}

/** 64 signed digits in radix 16, −8 … 8, as in ref10. */
function writeDigits(cells: Int32Array, scalar: Uint8Array): void {
  let carry = 0
  for (let i = 0; i < 64; i++) {
    const nibble = (((scalar[i >> 1] ?? 0) >> (4 * (i & 1))) & 15) + carry
    carry = i < 63 ? (nibble + 8) >> 4 : 0
    const digit = nibble - (carry << 4)
    const sign = digit >> 31
    cells[(io.digits >> 2) + 2 * i] = (digit ^ sign) - sign
    cells[(io.digits >> 2) + 2 * i + 1] = sign
  }
}

/** Below p, even and not zero: what RFC 9496 asks of an encoding before decoding it, less the identity. */
function isCanonical(words: Uint32Array, at: number): boolean {
  let middle = 0xffffffff
  let any = 0
  for (let i = 0; i < 8; i++) any |= words[at + i] ?? 0
  for (let i = 1; i < 7; i++) middle &= words[at + i] ?? 0
  const low = words[at] ?? 0
  const high = words[at + 7] ?? 0
  const tooLarge = high > 0x7fffffff || (high === 0x7fffffff && middle >>> 0 === 0xffffffff && low >= 0xffffffed)
  return any !== 0 && (low & 1) === 0 && !tooLarge
}

function readElement(cells: Int32Array, address: number, words: Uint32Array, at: number): void {
  for (let i = 0; i < LIMBS; i++) {
    const { word, shift, mask, long } = shape[i] as (typeof shape)[number]
    const low = (words[at + word] ?? 0) >>> shift
    cells[(address >> 2) + i * LANES] = (long ? low | ((words[at + word + 1] ?? 0) << (32 - shift)) : low) & mask
  }
}

function writeElement(cells: Int32Array, lane: number, out: Uint32Array, at: number): void {
  for (let i = 0; i < LIMBS; i++) {
    const { word, shift, long } = shape[i] as (typeof shape)[number]
    const limb = cells[(io.out >> 2) + i * LANES + lane] ?? 0
    out[at + word] = (out[at + word] ?? 0) | (limb << shift)
    if (long) out[at + word + 1] = limb >>> (32 - shift)
  }
}
