/** The prime of the field, 2^255 − 19. */
export const P = 2n ** 255n - 19n
/** Ten limbs in radix 2^25.5: limb i weighs 2^WEIGHT[i] and is BITS[i] wide. */
export const LIMBS = 10
export const BITS = Array.from({ length: LIMBS }, (_, i) => (i % 2 === 0 ? 26 : 25))
export const WEIGHT = Array.from({ length: LIMBS }, (_, i) => Math.ceil(25.5 * i))
/** Four field elements side by side, limb i of all four in the i-th vector of 16 bytes. */
const ELEMENT_BYTES = LIMBS * 16

/** What a place in memory is filled with before the first call. */
export type Constant = { address: number; vectors: readonly (readonly [number, number, number, number])[] }

const taken = new Map<string, number>()
const constants: Constant[] = []
let free = 0

/** The address of a named element (or of `bytes` bytes), the same at every call. */
export function place(name: string, bytes = ELEMENT_BYTES): number {
  const known = taken.get(name)
  if (known !== undefined) return known
  const address = free
  taken.set(name, address)
  free += Math.ceil(bytes / 16) * 16
  if (free > 65_536) throw new Error(`no room for ${name}`)
  return address
}

/** Everything that must be written into a new memory. */
export const layoutConstants: readonly Constant[] = constants

/** The limbs of a number modulo p, from 0 up to their width. */
export function toLimbs(value: bigint): number[] {
  const reduced = ((value % P) + P) % P
  return WEIGHT.map((weight, i) => Number((reduced >> BigInt(weight)) & (2n ** BigInt(BITS[i] ?? 0) - 1n)))
}

/** The address of a constant element, the same in all four lanes. */
export function field(name: string, value: bigint): number {
  const limbs = toLimbs(value)
  return vectors(
    name,
    limbs.map((limb) => [limb, limb, limb, limb] as const),
  )
}

/** The address of given vectors of four 32-bit lanes. */
export function vectors(name: string, lanes: Constant['vectors']): number {
  const isNew = !taken.has(name)
  const address = place(name, lanes.length * 16)
  if (isNew) constants.push({ address, vectors: lanes })
  return address
}
