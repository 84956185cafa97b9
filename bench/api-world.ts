// Sizes, ids and firms of the world that bench `api` seeds and loads; every id tells whose row it is, so that a row of another partner shows.

export const SIZES = {
  S: { partners: 50, users: 250, deals: 5000, accounts: 20_000 },
  M: { partners: 1000, users: 5000, deals: 100_000, accounts: 500_000 },
  L: { partners: 5000, users: 25_000, deals: 1_000_000, accounts: 2_000_000 },
} as const
export type Size = keyof typeof SIZES

/** One user in twenty is of the host: a channel manager, every other one of EMEA only. */
const HOST_EVERY = 20
export const HOST = 0xffff

const KINDS = { partner: '01', deal: '02', member: '03', person: '04', account: '05', other: '06' } as const
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** A UUID that names its kind and its partner; the host's own rows have the partner ffff. */
export const idOf = (kind: keyof typeof KINDS, partner: number, n: number): string =>
  `5eed${KINDS[kind]}00-${hex(partner, 4)}-7000-8000-${hex(n, 12)}`

/** The ids of a text that are of another partner than this one. */
export function foreignRows(text: string, partner: number): string[] {
  const own = hex(partner, 4)
  return Array.from(text.matchAll(/5eed(\d\d)00-([0-9a-f]{4})-7000/g))
    .filter(([, , whose]) => whose !== own)
    .map(([id]) => id)
}

export const tokenOf = (user: number): string => `bench${hex(user, 27)}`
export const isHost = (user: number): boolean => user % HOST_EVERY === HOST_EVERY - 1
export const partnerOf = (user: number, partners: number): number => (isHost(user) ? HOST : user % partners)

/** A fixed generator, so that every run asks the same. */
export function randomBelow(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

const TRADES =
  'logistics systems energy pharma foods motors bank insurance telecom media chemicals steel construction trading software paper medical services'.split(
    ' ',
  )
const FORMS = ['GmbH', 'AG', 'Ltd', 'BV', 'Inc', 'S.A.']
const COUNTRIES = ['DE', 'AT', 'GB', 'NL', 'US', 'ES']

export interface Firm {
  name: string
  country: string
  domain: string
  number: string
}

const [CONSONANTS, VOWELS, ENDINGS] = ['bdfgklmnprstvz', 'aeiou', 'nrs']
const SYLLABLES = CONSONANTS.length * VOWELS.length
const STEMS = SYLLABLES ** 3 * ENDINGS.length

/** The n-th of a million made-up words, the short ones first. */
function stemAt(n: number): string {
  let text = ''
  for (let rest = Math.floor(n / ENDINGS.length), k = 0; k < 2 || rest > 0; k += 1, rest = Math.floor(rest / SYLLABLES)) {
    const syllable = rest % SYLLABLES
    text += `${CONSONANTS[syllable % CONSONANTS.length]}${VOWELS[Math.floor(syllable / CONSONANTS.length)]}`
  }
  return text + ENDINGS[n % ENDINGS.length]
}

/**
 * The firm with this number. Words are skewed as in real names, a few in very many and most in one: of 8,064 real registrants a
 * firm meets 1.01 of its own name and 82 % of the words stand in one name alone; of as many of these 1.03 and 93 %.
 */
export function firmAt(i: number, tld = 'example'): Firm {
  const below = randomBelow(i * 2654435761 + 97)
  below(2)
  const stem = () => stemAt(Math.floor(STEMS * (below(2 ** 32) / 2 ** 32) ** 3))
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
  return {
    name: `${stem()} ${below(3) === 0 ? `${stem()} ` : ''}${pick(TRADES)} ${pick(FORMS)}`,
    country: pick(COUNTRIES),
    domain: `firm-${i}.${tld}`,
    number: `HRB ${100_000 + i}`,
  }
}

export const PRODUCT = 'flow'
export type DealKind = 'protected' | 'review' | 'held' | 'rejected' | 'expired'
const DEAL_KINDS: readonly DealKind[] = [
  'protected',
  'protected',
  'protected',
  'protected',
  'expired',
  'expired',
  'expired',
  'review',
  'held',
  'rejected',
]

/** What the n-th seeded deal of a partner is; n counts within the partner. */
export const kindOf = (n: number): DealKind => DEAL_KINDS[n % DEAL_KINDS.length] ?? 'protected'
