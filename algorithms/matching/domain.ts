import { parse } from 'tldts'
import { FREE_MAIL } from './free-mail.ts'

/**
 * The registrable domain (eTLD+1, lower-case, punycode) of a web address, e-mail address or host name: `https://www.Example.co.uk/x` and
 * `jo@mail.example.co.uk` both give `example.co.uk`. Hosts on shared suffixes (`acme.github.io`, `acme.myshopify.com`) keep their own label,
 * for they belong to different owners. Null for IP addresses, bare suffixes, single labels and anything that is no host. Free-mail domains are
 * returned as they are: ask `isFreeMail` before taking one for a firm's. Source: the Public Suffix List with its private part (tldts).
 */
export function registrableDomain(input: string): string | null {
  const text = input
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '')
  if (text === '' || text.length > 2048) return null
  const at = text.includes('/') ? -1 : text.lastIndexOf('@')
  const host = at === -1 ? text : text.slice(at + 1)
  const parsed = parse(host, { allowPrivateDomains: true })
  // An unlisted top level counts as a suffix of its own (the list's default rule), as in nordwind.example.
  if (parsed.isIp || parsed.domain === null || !/^(?:xn--|\p{L})/u.test(parsed.publicSuffix ?? '')) return null
  return ascii(parsed.domain)
}

function ascii(domain: string): string | null {
  if (/^[a-z0-9.-]+$/.test(domain)) return domain
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return null
  }
}

/** Whether anybody can open a mailbox at this registrable domain (or any address of it): it then says nothing about the firm. */
export function isFreeMail(domain: string): boolean {
  const lower = domain.toLowerCase()
  return FREE_MAIL.has(lower) || FREE_MAIL.has(lower.replace(/\.(?:com?\.)?[a-z]{2}$|\.com$/, '.*'))
}

/** The domain by which a firm may be recognised: registrable and not free mail; follows `aliases` (from → to) once. Null otherwise. */
export function firmDomain(input: string, aliases?: ReadonlyMap<string, string>): string | null {
  const domain = registrableDomain(input)
  if (domain === null || isFreeMail(domain)) return null
  return aliases?.get(domain) ?? domain
}
