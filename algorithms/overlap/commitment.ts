import { sha512, toHex } from './frame.ts'

/** A commitment to a list and what opens it. Publish `commitment`; keep `salt` (hex, 32 bytes) with the list. */
export type Commitment = { commitment: string; salt: string }

/**
 * Commits to a set of keys: SHA-512(salt ‖ JSON of the sorted keys), in hex. Hiding, since the salt has 256 random bits;
 * binding, since SHA-512 is collision resistant. The order of the keys does not matter.
 */
export async function commitToList(
  keys: readonly string[],
  salt = toHex(crypto.getRandomValues(new Uint8Array(32))),
): Promise<Commitment> {
  return { commitment: toHex(await sha512(salt, JSON.stringify(keys.toSorted()))), salt }
}

/** True when the keys and the salt are the ones committed to: what an auditor checks when a party opens its list. */
export async function opensCommitment(keys: readonly string[], opening: Commitment): Promise<boolean> {
  return (await commitToList(keys, opening.salt)).commitment === opening.commitment
}
