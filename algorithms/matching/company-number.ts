import { createRequire } from 'node:module'

export type CompanyNumber = {
  /** Letters and digits only, upper case, leading zeros kept: `GB:01234567` compares by `country` and `number`. */
  number: string
  /** ISO 3166 alpha-2, upper case; from the argument or from a VAT prefix; null when neither says. */
  country: string | null
  /** Whether a check digit or form known for the country confirms it; false also for registers that have none. */
  confirmed: boolean
  /** `country:number`, or the number alone: equal keys mean the same registration. */
  key: string
}

const VAT_PREFIX =
  /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR(?=\d{11}$)|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI|CHE)(?=[A-Z0-9]{6,})/
const PADDED: Record<string, number> = { GB: 8, PL: 10, CZ: 8, SK: 8, NO: 9, FI: 8, EE: 8, BE: 10 }

/**
 * Normalises a company, tax or VAT number: separators dropped, upper case, a VAT prefix split off as the country (EL → GR, XI → GB), leading
 * zeros restored where a country's numbers have a fixed length (a spreadsheet ate them). Checked by `stdnum` where it knows the country.
 * Null when nothing usable is left (fewer than four characters, no digit, or one digit repeated).
 */
export function companyNumber(value: string, country?: string | null): CompanyNumber | null {
  let number = value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 64)
  let home = country?.trim().toUpperCase() || null
  const prefix = VAT_PREFIX.exec(number)?.[1]
  if (prefix !== undefined) {
    const meant = prefix === 'EL' ? 'GR' : prefix === 'XI' ? 'GB' : prefix.slice(0, 2)
    if (home === null || home === meant) {
      home = meant
      number = number.slice(prefix.length)
    }
  }
  const width = home === null ? undefined : PADDED[home]
  if (width !== undefined && /^\d+$/.test(number)) number = number.padStart(width, '0')
  if (number.length < 4 || !/\d/.test(number) || /^(.)\1*$/.test(number)) return null
  return {
    number,
    country: home,
    confirmed: home !== null && isConfirmed(number, home),
    key: home === null ? number : `${home}:${number}`,
  }
}

// Loaded at first use: three hundred files of the world's numbers.
const load = createRequire(import.meta.url)
let book: typeof import('stdnum').stdnum | undefined

function isConfirmed(number: string, country: string): boolean {
  // A cast because require() is untyped.
  book ??= (load('stdnum') as typeof import('stdnum')).stdnum
  return Object.values(book[country] ?? {}).some((kind) => kind.validate(number).isValid)
}
