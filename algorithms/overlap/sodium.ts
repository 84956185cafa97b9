import sodium, { ready } from 'libsodium-wrappers-sumo'

type Call = (...args: number[]) => number

/** The functions of libsodium's WASM module itself, called on its own heap: the usual wrappers allocate and copy at every call. */
export type Sodium = {
  /** The heap as it is now; it may move when libsodium allocates. */
  heap: () => Uint8Array<ArrayBuffer>
  /** Address of so many bytes on the heap, never given back. */
  room: (bytes: number) => number
  /** (out 32, uniform 64): element derivation of RFC 9496. */
  fromHash: Call
  /** (out 32, scalar 32, point 32): not 0 when the point is not valid or the result is the identity. */
  multiply: Call
  /** (out 64, input, length, 0). */
  sha512: Call
  /** (out, out length, input, length, 0, key, key length): keyed BLAKE2b of RFC 7693. */
  blake2b: Call
}

/** Loads libsodium once; in a browser this is the lazy chunk that carries its WASM. */
export async function loadSodium(): Promise<Sodium> {
  await ready
  // The wrappers publish their raw module, but their types leave it out.
  const { libsodium } = sodium as unknown as { libsodium: Record<string, Call> & { HEAPU8: Uint8Array<ArrayBuffer> } }
  return {
    heap: () => libsodium.HEAPU8,
    room: named(libsodium, '_malloc'),
    fromHash: named(libsodium, '_crypto_core_ristretto255_from_hash'),
    multiply: named(libsodium, '_crypto_scalarmult_ristretto255'),
    sha512: named(libsodium, '_crypto_hash_sha512'),
    blake2b: named(libsodium, '_crypto_generichash'),
  }
}

function named(module: Record<string, Call>, name: string): Call {
  const call = module[name]
  if (!call) throw new Error(`libsodium lacks ${name}; the sumo build is needed`)
  return call
}
