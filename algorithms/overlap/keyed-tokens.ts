import { MAX_KEY } from './check-keys.ts'
import { fault } from './fault.ts'
import { loadSodium } from './sodium.ts'

/** 32-bit words of a token: 128 bits, so that among 2^40 tokens the odds of one false match stay below 2^−48. */
export const TOKEN_WORDS = 4
const TOKEN_BYTES = TOKEN_WORDS * 4
const PAIR_KEY_BYTES = 32

const encoder = new TextEncoder()

/** Turns canonical keys into tokens under a pair's key. */
export type Tokeniser = (keys: readonly string[]) => Uint32Array<ArrayBuffer>

/**
 * The key of a pair of parties, from the host's secret of 32 bytes: BLAKE2b-256 keyed with the secret over both names, sorted.
 * Every pair has another key, so tokens of one pair say nothing in another. Throws a fault for a short secret or equal names.
 */
export async function pairKey(secret: Uint8Array, party: string, other: string): Promise<Uint8Array<ArrayBuffer>> {
  if (secret.length !== PAIR_KEY_BYTES)
    throw fault('input', `the host secret has ${secret.length} bytes; it needs ${PAIR_KEY_BYTES}`)
  if (party === other) throw fault('input', `a pair needs two parties, not ${party} twice`)
  const text = encoder.encode(JSON.stringify(['rialto overlap pair', ...[party, other].sort()]))
  const raw = await loadSodium()
  const at = raw.room(text.length + 2 * PAIR_KEY_BYTES)
  const [keyAt, textAt] = [at + PAIR_KEY_BYTES, at + 2 * PAIR_KEY_BYTES]
  raw.heap().set(secret, keyAt)
  raw.heap().set(text, textAt)
  raw.blake2b(at, PAIR_KEY_BYTES, textAt, text.length, 0, keyAt, PAIR_KEY_BYTES)
  const key = raw.heap().slice(at, at + PAIR_KEY_BYTES)
  raw.heap().fill(0, at, textAt)
  return key
}

/**
 * Makes tokens of keys: 4 words each, in order; BLAKE2b-128 (RFC 7693) keyed with the pair's key over kind ‖ 0 ‖ key.
 * Without the pair's key a token cannot be told from noise, so it cannot be guessed offline; who holds the key can.
 */
export async function tokeniser(key: Uint8Array, kind: string): Promise<Tokeniser> {
  if (key.length !== PAIR_KEY_BYTES) throw fault('input', `a pair key has ${PAIR_KEY_BYTES} bytes, not ${key.length}`)
  const raw = await loadSodium()
  const head = encoder.encode(`${kind}\0`)
  const outAt = raw.room(TOKEN_BYTES)
  const keyAt = raw.room(PAIR_KEY_BYTES)
  const textAt = raw.room(head.length + MAX_KEY * 3)
  return (keys) => {
    const tokens = new Uint32Array(keys.length * TOKEN_WORDS)
    const bytes = new Uint8Array(tokens.buffer)
    const heap = raw.heap()
    const room = heap.subarray(textAt + head.length, textAt + head.length + MAX_KEY * 3)
    heap.set(key, keyAt)
    heap.set(head, textAt)
    for (let i = 0; i < keys.length; i++) {
      const text = keys[i] ?? ''
      if (text === '' || text.length > MAX_KEY)
        throw fault('input', `key ${i + 1} has ${text.length} characters; 1 to ${MAX_KEY} are allowed`)
      const { written } = encoder.encodeInto(text, room)
      raw.blake2b(outAt, TOKEN_BYTES, textAt, head.length + written, 0, keyAt, PAIR_KEY_BYTES)
      for (let b = 0; b < TOKEN_BYTES; b++) bytes[i * TOKEN_BYTES + b] = heap[outAt + b] ?? 0
    }
    heap.fill(0, keyAt, keyAt + PAIR_KEY_BYTES)
    return tokens
  }
}
