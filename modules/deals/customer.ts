import { companyNumber } from '../../algorithms/matching/company-number.ts'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import { nameSimilarity } from '../../algorithms/matching/name-similarity.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import { wholeNameKeys, wordKeys } from '../accounts/account-keys.ts'

export interface Customer {
  name: string
  domain: string | null
  country: string
  number: string | null
}

/** Everything under which a customer is found again: its domain, its company number, its name and each word of it, since any may be misspelt. */
export function customerKeys({ name, domain, country, number }: Customer): string[] {
  const own = domain ? firmDomain(domain) : null
  const registered = number ? companyNumber(number, country) : null
  const core = normaliseName(name)
  return [
    ...new Set([
      ...(own ? [`d:${own}`] : []),
      ...(registered ? [`n:${registered.key}`] : []),
      ...wholeNameKeys(core),
      ...wordKeys(core),
    ]),
  ]
}

/** The one key under which registrations for a customer stand in line, when the host's accounts do not know it. */
export function scopeKey({ name, domain, country, number }: Customer): string {
  const own = domain ? firmDomain(domain) : null
  if (own) return `d:${own}`
  const registered = number ? companyNumber(number, country) : null
  return registered ? `n:${registered.key}` : `c:${normaliseName(name).key.slice(0, 100)}|${country}`
}

export interface Agreeing {
  field: string
  ours: string
  theirs: string
  how: string
}

export interface Likeness {
  /** `same` decides, `review` asks a person. */
  band: 'same' | 'review' | 'different'
  fields: Agreeing[]
}

const SAME_NAME = 0.97
const LIKE_NAME = 0.86

/** Whether two customers as typed are one firm, and which fields say so. A name alone decides only with the country. */
export function compareCustomers(ours: Customer, theirs: Customer): Likeness {
  const fields: Agreeing[] = []
  const [a, b] = [ours.domain && firmDomain(ours.domain), theirs.domain && firmDomain(theirs.domain)]
  if (a && a === b) fields.push({ field: 'domain', ours: ours.domain ?? '', theirs: theirs.domain ?? '', how: 'same' })
  const [m, n] = [
    ours.number && companyNumber(ours.number, ours.country),
    theirs.number && companyNumber(theirs.number, theirs.country),
  ]
  if (m && n && m.key === n.key)
    fields.push({ field: 'customer_number', ours: ours.number ?? '', theirs: theirs.number ?? '', how: 'same' })
  const alike = nameSimilarity(ours.name, theirs.name)
  if (alike >= LIKE_NAME)
    fields.push({ field: 'account_name', ours: ours.name, theirs: theirs.name, how: alike >= SAME_NAME ? 'same' : 'similar' })
  const strong = fields.some((one) => one.field !== 'account_name')
  const here = ours.country === theirs.country
  if (strong || (alike >= SAME_NAME && here)) return { band: 'same', fields }
  return { band: alike >= LIKE_NAME ? 'review' : 'different', fields }
}
