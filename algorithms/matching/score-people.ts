import { compareAddresses } from './address.ts'
import type { Person } from './person.ts'
import { jaroWinkler, levenshtein } from './strings.ts'

/** What a comparison can find; a field missing on either side finds nothing. */
export const PERSON_FEATURES = [
  'bias',
  'given_same',
  'given_near',
  'given_initial',
  'given_differs',
  'surname_same',
  'surname_near',
  'surname_differs',
  'names_swapped',
  'email_same',
  'email_local',
  'email_differs',
  'phone_same',
  'phone_differs',
  'birth_same',
  'birth_near',
  'birth_differs',
  'id_same',
  'id_near',
  'id_differs',
  'address_same',
  'address_near',
  'address_street',
  'address_differs',
  'city_same',
  'city_near',
  'city_differs',
  'postcode_same',
  'postcode_near',
  'postcode_differs',
  'state_same',
  'state_differs',
  'firm_same',
  'firm_differs',
] as const

export type PersonFeature = (typeof PERSON_FEATURES)[number]

export type PersonWeights = { features: Record<PersonFeature, number>; same: number; review: number }

/**
 * Shipped defaults: ln(m ÷ u) after I. Fellegi & A. Sunter, "A theory for record linkage" (JASA 1969), with round m and u for lists of some ten
 * thousand people; `bias` is the prior. Set by hand, checked on the Febrl 4 files (see README).
 */
export const PERSON_WEIGHTS: PersonWeights = {
  features: {
    bias: -9,
    given_same: 3.6,
    given_near: 2.2,
    given_initial: 1.5,
    given_differs: -1.6,
    surname_same: 5,
    surname_near: 3,
    surname_differs: -1.8,
    names_swapped: 6.5,
    email_same: 7,
    email_local: 2,
    email_differs: -0.7,
    phone_same: 5,
    phone_differs: -0.7,
    birth_same: 8,
    birth_near: 4,
    birth_differs: -2.5,
    id_same: 9,
    id_near: 5,
    id_differs: -4,
    address_same: 4.5,
    address_near: 2,
    address_street: 2,
    address_differs: -1,
    city_same: 1.2,
    city_near: 1,
    city_differs: -0.8,
    postcode_same: 3,
    postcode_near: 1.8,
    postcode_differs: -1,
    state_same: 0.4,
    state_differs: -0.8,
    firm_same: 2.5,
    firm_differs: -0.5,
  },
  same: 0.8,
  review: 0.1,
}

/** What two people have in common and what not. Symmetric. */
export function comparePeople(a: Person, b: Person): PersonFeature[] {
  const found: PersonFeature[] = ['bias']
  compareWholeNames(a, b, found)
  if (a.email !== null && b.email !== null) {
    found.push(a.email.key === b.email.key ? 'email_same' : a.email.local === b.email.local ? 'email_local' : 'email_differs')
  }
  if (a.phone !== null && b.phone !== null) found.push(a.phone === b.phone ? 'phone_same' : 'phone_differs')
  grade(a.birth_date, b.birth_date, BIRTH, found)
  grade(a.national_id, b.national_id, ID, found)
  if (a.address !== null && b.address !== null) {
    const level = compareAddresses(a.address, b.address)
    found.push(level === 'different' ? 'address_differs' : `address_${level}`)
  }
  grade(a.city, b.city, CITY, found)
  grade(a.postcode, b.postcode, POSTCODE, found)
  if (a.state !== null && b.state !== null) found.push(a.state === b.state ? 'state_same' : 'state_differs')
  if (a.firm !== null && b.firm !== null) found.push(a.firm === b.firm ? 'firm_same' : 'firm_differs')
  return found
}

type Grade = { same: PersonFeature; near: PersonFeature; differs: PersonFeature; isNear: (a: string, b: string) => boolean }

const SURNAME: Grade = { same: 'surname_same', near: 'surname_near', differs: 'surname_differs', isNear: isNearName }
const GIVEN: Grade = { same: 'given_same', near: 'given_near', differs: 'given_differs', isNear: isNearName }
const BIRTH: Grade = { same: 'birth_same', near: 'birth_near', differs: 'birth_differs', isNear: isDateSlip }
const ID: Grade = { same: 'id_same', near: 'id_near', differs: 'id_differs', isNear: isOneSlip }
const CITY: Grade = { same: 'city_same', near: 'city_near', differs: 'city_differs', isNear: isNearName }
const POSTCODE: Grade = { same: 'postcode_same', near: 'postcode_near', differs: 'postcode_differs', isNear: isOneSlip }

function grade(a: string | null, b: string | null, { same, near, differs, isNear }: Grade, found: PersonFeature[]): void {
  if (a === null || b === null || a === '' || b === '') return
  found.push(a === b ? same : isNear(a, b) ? near : differs)
}

function compareWholeNames(a: Person, b: Person, found: PersonFeature[]): void {
  if (a.given !== '' && a.given !== a.surname && a.given === b.surname && a.surname === b.given) {
    found.push('names_swapped')
    return
  }
  grade(a.surname, b.surname, SURNAME, found)
  if (a.given === '' || b.given === '') return
  const isInitial = (a.given.length === 1 || b.given.length === 1) && a.given.charCodeAt(0) === b.given.charCodeAt(0)
  if (a.given !== b.given && isInitial) found.push('given_initial')
  else grade(a.given, b.given, GIVEN, found)
}

function isNearName(a: string, b: string): boolean {
  return jaroWinkler(a, b) >= 0.85 || (a.length > 3 && b.length > 3 && (a.startsWith(b) || b.startsWith(a)))
}

/** One wrong, missing or added character, or two neighbours exchanged. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  const edits = levenshtein(a, b)
  if (edits <= 1) return true
  if (edits !== 2 || a.length !== b.length) return false
  let i = 0
  while (a.charCodeAt(i) === b.charCodeAt(i)) i++
  return a.charCodeAt(i) === b.charCodeAt(i + 1) && a.charCodeAt(i + 1) === b.charCodeAt(i) && a.slice(i + 2) === b.slice(i + 2)
}

function isDateSlip(a: string, b: string): boolean {
  return (
    isOneSlip(a, b) ||
    (a.length === 8 &&
      b.length === 8 &&
      a.slice(0, 4) === b.slice(0, 4) &&
      a.slice(4, 6) === b.slice(6) &&
      a.slice(6) === b.slice(4, 6))
  )
}

/** Log-odds that both are one person. */
export function weighPeople(features: PersonFeature[], weights: PersonWeights = PERSON_WEIGHTS): number {
  let sum = 0
  for (const feature of features) sum += weights.features[feature]
  return sum
}

/** The findings in words, strongest first. */
export function personReasons(features: PersonFeature[], weights: PersonWeights = PERSON_WEIGHTS): string[] {
  const ordered = features
    .filter((feature) => feature !== 'bias')
    .sort((a, b) => Math.abs(weights.features[b]) - Math.abs(weights.features[a]))
  return ordered.map((feature) => feature.replace('_', ' '))
}
