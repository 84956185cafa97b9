import { type Address, parseAddress } from './address.ts'
import { type Mailbox, mailbox, phoneKey } from './contact.ts'
import { foldText, foldToken } from './normalise.ts'

/** A person as lists hold one. Either `name` or `given_name` and `surname`; anything else may be missing, null or empty. */
export type PersonRecord = {
  /** Full name, "Ada Lovelace" or "Lovelace, Ada". */
  name?: string | null
  given_name?: string | null
  surname?: string | null
  email?: string | null
  phone?: string | null
  /** Any of YYYY-MM-DD, YYYYMMDD, DD.MM.YYYY; compared digit by digit. */
  birth_date?: string | null
  /** A number that belongs to one person: social security, passport, membership. */
  national_id?: string | null
  address?: string | null
  city?: string | null
  postcode?: string | null
  state?: string | null
  /** Employer, as a name. */
  firm?: string | null
}

export type Person = {
  given: string
  surname: string
  email: Mailbox | null
  phone: string | null
  birth_date: string | null
  national_id: string | null
  address: Address | null
  city: string | null
  postcode: string | null
  state: string | null
  firm: string | null
}

const TITLES = new Set(
  'mr mrs ms miss dr prof professor sir dame herr frau mme mlle ing dipl med phd mba jr sr ii iii iv esq'.split(' '),
)

/** Brings a record into the form in which people are compared: folded to ASCII, titles dropped, mail and telephone as keys. */
export function preparePerson(record: PersonRecord): Person {
  const { given, surname } = nameParts(record)
  return {
    given,
    surname,
    email: text(record.email) === '' ? null : mailbox(text(record.email)),
    phone: phoneKey(text(record.phone)),
    birth_date: birthDate(text(record.birth_date)),
    national_id:
      text(record.national_id)
        .replace(/[^\p{L}\p{N}]/gu, '')
        .toUpperCase() || null,
    address: parseAddress(text(record.address)),
    city: squeeze(record.city),
    postcode:
      text(record.postcode)
        .replace(/[^\p{L}\p{N}]/gu, '')
        .toUpperCase() || null,
    state: squeeze(record.state),
    firm: squeeze(record.firm),
  }
}

function text(value: string | null | undefined): string {
  return (value ?? '').slice(0, 300)
}

function squeeze(value: string | null | undefined): string | null {
  return words(text(value)).join(' ') || null
}

function words(value: string): string[] {
  const folded = foldText(value).replace(/['’`.]/g, '')
  return folded.split(/[^a-z0-9]+/).filter((word) => word !== '')
}

function nameParts(record: PersonRecord): { given: string; surname: string } {
  const given = words(text(record.given_name)).filter((word) => !TITLES.has(word))
  const surname = words(text(record.surname)).filter((word) => !TITLES.has(word))
  if (given.length + surname.length > 0) return { given: given.join(' '), surname: surname.join(' ') }
  const name = text(record.name)
  const comma = name.indexOf(',')
  if (comma > 0 && words(name.slice(comma)).some((word) => !TITLES.has(word))) {
    return nameParts({ surname: name.slice(0, comma), given_name: name.slice(comma + 1) })
  }
  const all = words(name).filter((word) => !TITLES.has(word))
  return { given: all.slice(0, -1).join(' '), surname: all.at(-1) ?? '' }
}

/** Eight digits, year first where that can be told; otherwise the digits as they are. */
function birthDate(value: string): string | null {
  const parts = value
    .trim()
    .split(/\D+/)
    .filter((part) => part !== '')
  const [a = '', b = '', c = ''] = parts
  if (parts.length >= 3 && a.length === 4) return a + b.padStart(2, '0') + c.slice(0, 2).padStart(2, '0')
  if (parts.length === 3 && c.length === 4) return c + b.padStart(2, '0') + a.padStart(2, '0')
  const digits = parts.join('')
  return digits.length >= 6 ? digits : null
}

/** Keys under which a person is found again; two records of one person nearly always share one even with an error in every other field. */
export function personKeys(person: Person): string[] {
  const keys: string[] = []
  const { given, surname, address } = person
  const sound = skeleton(surname)
  if (person.birth_date !== null) keys.push(`b${person.birth_date}`)
  if (person.national_id !== null) keys.push(`i${person.national_id}`)
  if (person.email !== null) keys.push(`e${person.email.key}`)
  if (person.phone !== null) keys.push(`p${person.phone}`)
  if (given !== '' && surname !== '')
    keys.push(`n${[skeleton(given), sound].toSorted().join(' ')}`, `m${[given, surname].toSorted().join(' ').slice(0, 40)}`)
  if (address !== null && address.street.length > 0)
    keys.push(`a${address.house ?? ''} ${address.street.toSorted().join(' ').slice(0, 40)}`)
  const street = address?.street.toSorted().join(' ').slice(0, 40) ?? ''
  for (const place of [person.postcode, person.city, street === '' ? null : street]) {
    if (place === null) continue
    if (surname !== '') keys.push(`s${sound} ${place}`)
    if (given !== '') keys.push(`g${skeleton(given)} ${place}`)
  }
  if (person.email !== null && surname !== '') keys.push(`l${sound} ${person.email.domain}`)
  if (person.firm !== null && surname !== '') keys.push(`f${sound} ${person.firm}`)
  return keys
}

/** First letter and the consonants after it, doubled letters once: bears errors in vowels. */
function skeleton(word: string): string {
  const folded = foldToken(word.replaceAll(' ', ''))
  return (
    folded.slice(0, 1) +
    folded
      .slice(1)
      .replace(/[aeiouyhw]/g, '')
      .slice(0, 5)
  )
}
