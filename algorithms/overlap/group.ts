/** Bytes of an encoded point or of a scalar of ristretto255 (RFC 9496). */
export const POINT_BYTES = 32
/** Bytes of a uniform string that is mapped to a point (RFC 9496, 4.3.4). */
export const UNIFORM_BYTES = 64

/** The prime order of ristretto255, 2^252 + 27742317777372353535851937790883648493. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

export type Blinded = {
  /** 32·n bytes, in the order of the input; meaningless when `bad` is not −1. */
  points: Uint8Array<ArrayBuffer>
  /** Index of the first input that is no canonical encoding of a point other than the identity, or −1. */
  bad: number
}

/** The two batch operations of the protocol. Both take a scalar of 32 bytes, little-endian, in [1, order). */
export type Group = {
  name: 'simd' | 'libsodium'
  /** Maps 64·n uniform bytes to n points and multiplies each by the scalar. */
  hashBlind: (uniform: Uint8Array, scalar: Uint8Array) => Blinded
  /** Multiplies n encoded points of 32·n bytes by the scalar; every encoding is validated. */
  blind: (points: Uint8Array, scalar: Uint8Array) => Blinded
}

/** A fresh secret scalar, uniform in [1, order), by rejection. */
export function randomScalar(): Uint8Array<ArrayBuffer> {
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(POINT_BYTES))
    bytes[31] = (bytes[31] ?? 0) & 0x1f
    const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    if (value > 0n && value < ORDER) return bytes
  }
}
