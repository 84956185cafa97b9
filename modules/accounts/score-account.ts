import { nameSimilarity } from '../../algorithms/matching/name-similarity.ts'
import type { NormalisedName } from '../../algorithms/matching/normalise.ts'
import type { Agreement, Band } from './rules.ts'

/** A firm as it is looked for: `name.key` is empty when only a site is known, `domain` null when it says nothing. */
export interface Sought {
  name: NormalisedName
  domain: string | null
  country: string | null
  numbers: readonly string[]
}

export interface Found {
  id: string
  name_key: string
  country: string | null
  domain: string | null
  company_number: string | null
  /** The keys that the two have in common. */
  keys: readonly string[]
}

export interface Scored {
  score: number
  band: Band
  agrees: Agreement[]
}

const SAME_NAME = 0.97
const SIMILAR_NAME = 0.86

const coreOf = (key: string): NormalisedName => ({ key, tokens: key.split(' '), legal_form: null, noise: [], aliases: [] })

/**
 * How sure it is that an account is the firm sought. Order of proof: company number, own domain, name with country. A shared domain
 * proves nothing; another country or a contradiction makes it a matter for a person. Null: a different firm.
 */
export function scoreAccount(sought: Sought, found: Found, shared_domain: boolean): Scored | null {
  const by_domain = sought.domain !== null && found.keys.includes(`d:${sought.domain}`)
  const by_number = sought.numbers.some((key) => found.keys.includes(key))
  const alike = nameSimilarity(sought.name, coreOf(found.name_key))
  const nameless = sought.name.key === ''
  const other_country = sought.country !== null && found.country !== null && sought.country !== found.country
  const contradicted =
    (sought.domain !== null && found.domain !== null && !by_domain && !shared_domain) ||
    (sought.numbers.length > 0 && found.company_number !== null && !by_number)

  const agrees: Agreement[] = []
  if (by_domain) agrees.push(shared_domain ? 'shared_domain' : found.domain === sought.domain ? 'domain' : 'alias_domain')
  if (by_number) agrees.push('company_number')
  if (alike >= SAME_NAME) agrees.push('name')
  else if (alike >= SIMILAR_NAME) agrees.push('similar_name')
  if (sought.country !== null && sought.country === found.country) agrees.push('country')

  const told = (band: Band, score: number): Scored => ({
    band,
    score: Math.round((score + (other_country ? 0 : 0.005)) * 1000) / 1000,
    agrees,
  })
  if (by_number) return alike >= 0.3 || nameless || by_domain ? told('same', 0.99) : told('review', 0.8)
  if (by_domain && !shared_domain) {
    if (nameless || alike >= SAME_NAME || !other_country) return told('same', 0.94 + 0.04 * alike)
    return told('review', 0.8 + 0.05 * alike)
  }
  if (alike >= SAME_NAME) return other_country || contradicted ? told('review', 0.72) : told('same', 0.92)
  if (alike >= (other_country ? 0.92 : SIMILAR_NAME)) return told('review', 0.7 * alike)
  return null
}
