import { companyNumber } from '../../algorithms/matching/company-number.ts'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import { foldToken, type NormalisedName, nameKeys, normaliseName } from '../../algorithms/matching/normalise.ts'

export interface Firm {
  name: string
  country?: string | null | undefined
  domains: readonly string[]
  number?: string | null | undefined
}

const WORD_MOST = 8

/** The words of a name as they are kept for search and for finding similar names. */
export const wordKeys = (name: NormalisedName): string[] =>
  [...new Set(name.tokens.map(foldToken))]
    .filter((word) => word.length > 1)
    .slice(0, WORD_MOST)
    .map((word) => `w:${word.slice(0, 62)}`)

/** Keys of the whole name: sorted words, joined words, first two words, consonants. The single words stand in `wordKeys`. */
export const wholeNameKeys = (name: NormalisedName): string[] =>
  nameKeys(name).filter((key) => !key.startsWith('l:') && (name.tokens.length > 1 || !key.startsWith('h:')))

/** A company number is one country's; an account whose country is not known is kept, and sought, without one. */
export function numberKeys(
  number: string | null | undefined,
  country: string | null | undefined,
): { own: string[]; sought: string[] } {
  const read = number ? companyNumber(number, country) : null
  if (!read) return { own: [], sought: [] }
  return { own: [`n:${read.key}`], sought: [...new Set([`n:${read.key}`, `n:${read.number}`])] }
}

/** Everything under which an account is found again; domains that give mailboxes to anybody are left out. */
export function accountKeys({ name, country, domains, number }: Firm): string[] {
  const core = normaliseName(name)
  const own = domains.map((one) => firmDomain(one)).filter((one) => one !== null)
  return [
    ...new Set([
      ...own.map((domain) => `d:${domain}`),
      ...numberKeys(number, country).own,
      ...wholeNameKeys(core),
      ...wordKeys(core),
    ]),
  ]
}
