import { getDomain } from 'tldts'
import { MAX_KEY } from './check-keys.ts'

/** What a column holds: web sites, mail addresses, or any other text (names, numbers). */
export type KeyKind = 'domain' | 'email' | 'text'
export const KEY_KINDS: readonly KeyKind[] = ['domain', 'email', 'text']

/**
 * The form in which two lists are compared, or null when the text is no such thing.
 * domain: the registrable domain (public suffix list) of a host, URL or address, lower case, international names in ASCII;
 * email: trimmed and lower case; text: NFKC, lower case, single spaces. Only equal forms match: nothing is fuzzy here.
 */
export function canonicalKey(text: string, kind: KeyKind): string | null {
  if (text.length > MAX_KEY) return null
  const plain = text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
  if (kind === 'domain') return registrable(plain)
  if (kind === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(plain) ? plain : null
  return plain === '' ? null : plain
}

function registrable(text: string): string | null {
  // Firms on a shared host (a.github.io) are different firms; the host itself (github.io) is one too.
  const domain = getDomain(text, { allowPrivateDomains: true }) ?? getDomain(text)
  if (!domain) return null
  try {
    // The URL parser turns international names into ASCII, so that both spellings meet.
    return new URL(`http://${domain}`).hostname
  } catch {
    return null
  }
}
