import { type Address, parseAddress } from './address.ts'
import { companyNumber } from './company-number.ts'
import { phoneKey } from './contact.ts'
import { firmDomain } from './domain.ts'
import { foldText, type NormalisedName, normaliseName } from './normalise.ts'

/** A firm as lists hold it: only the name is needed, every other field may be missing, null or empty. */
export type FirmRecord = {
  name: string
  /** Web address, host, domain or e-mail address. */
  domain?: string | null
  /** ISO 3166 alpha-2, or a country's English name. */
  country?: string | null
  /** Register, tax or VAT number. */
  number?: string | null
  phone?: string | null
  address?: string | null
  city?: string | null
  postcode?: string | null
  /** Name of the firm above this one: a parent is not the same firm. */
  parent?: string | null
}

export type Firm = {
  name: NormalisedName
  /** The name's other names, ready to compare. */
  others: NormalisedName[]
  domain: string | null
  country: string | null
  number: string | null
  phone: string | null
  address: Address | null
  city: string | null
  postcode: string | null
  parent: string | null
}

export type FirmOptions = {
  /** Domains that stand for another (old → new, country site → main site), all registrable and lower-case. */
  domain_aliases?: ReadonlyMap<string, string>
}

const REGIONS = new Intl.DisplayNames('en', { type: 'region' })
const COUNTRIES = countryNames()

function countryNames(): Map<string, string> {
  const map = new Map<string, string>([
    ['usa', 'US'],
    ['united states of america', 'US'],
    ['uk', 'GB'],
    ['great britain', 'GB'],
    ['england', 'GB'],
    ['scotland', 'GB'],
    ['wales', 'GB'],
    ['holland', 'NL'],
    ['deutschland', 'DE'],
    ['korea', 'KR'],
    ['czech republic', 'CZ'],
    ['turkey', 'TR'],
  ])
  for (let i = 0; i < 676; i++) {
    const code = String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26))
    // Codes of states that are no more (DD) are aliases of today's.
    if (new Intl.Locale(`und-${code}`).region !== code) continue
    const name = REGIONS.of(code)
    if (name !== undefined && name !== code) map.set(foldText(name), map.get(foldText(name)) ?? code)
  }
  return map
}

/** ISO 3166 alpha-2 of a country given as code or English name; any other text folded, so that it can still be compared. */
export function countryCode(text: string): string {
  const folded = foldText(text.trim())
  return folded.length === 2 && folded !== 'uk' ? folded.toUpperCase() : (COUNTRIES.get(folded) ?? folded)
}

/** Brings a record into the form in which firms are compared. Never throws on content; a field that cannot be read counts as missing. */
export function prepareFirm(record: FirmRecord, options: FirmOptions = {}): Firm {
  const name = normaliseName(record.name)
  const country = given(record.country) ? countryCode(record.country) : null
  return {
    name,
    others: name.aliases.map(normaliseName),
    domain: given(record.domain) ? firmDomain(record.domain, options.domain_aliases) : null,
    country,
    number: given(record.number) ? (companyNumber(record.number, country)?.key ?? null) : null,
    phone: given(record.phone) ? phoneKey(record.phone) : null,
    address: given(record.address) ? parseAddress(record.address) : null,
    city: given(record.city)
      ? foldText(record.city)
          .replace(/[^a-z0-9]+/g, ' ')
          .trim() || null
      : null,
    postcode: given(record.postcode) ? record.postcode.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase() || null : null,
    parent: given(record.parent) ? normaliseName(record.parent).key : null,
  }
}

function given(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value.trim() !== ''
}
