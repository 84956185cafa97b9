import { STORY_FIRMS, sellerOf } from '../partners/story-firms.ts'

export interface Seller {
  key: string
  country: string
  /** How `as` finds who registers there. */
  who: string
  manager: 'carl' | 'ana' | 'kenji'
}

const CAST: [key: string, country: string, who: string][] = [
  ['brightpath', 'NL', 'pat'],
  ['rivertech', 'DE', 'rivka'],
  ['pellworth', 'GB', 'arjun'],
  ['olivar', 'ES', 'lucia'],
  ['ponteverde', 'PT', 'duarte@ponteverde.example'],
  ['fjordkilde', 'NO', 'nils'],
  ['madar', 'SA', 'amira'],
  ['lakehurst', 'US', 'grace'],
  ['harrowpeak', 'US', 'wes@harrowpeak.example'],
  ['corvane', 'US', 'mei'],
  ['sora', 'JP', 'haruka'],
  ['wattlebird', 'AU', 'josh'],
]
const managerOf = (country: string): Seller['manager'] =>
  country === 'US' ? 'ana' : country === 'JP' || country === 'AU' ? 'kenji' : 'carl'

const SELLING = ['reseller', 'si', 'msp', 'isv', 'referral']
/** Who registers, by the key of their firm. */
export const SELLERS: ReadonlyMap<string, Seller> = new Map(
  [
    ...CAST,
    ...STORY_FIRMS.filter(({ fate, track }) => fate !== 'onboarding' && SELLING.includes(track)).map(
      (firm): (typeof CAST)[number] => [firm.key, firm.country, sellerOf(firm)],
    ),
  ].map(([key, country, who]) => [key, { key, country, who, manager: managerOf(country) }]),
)
/** Firms that do not sell any more, or not yet. */
export const ENDED = new Set(STORY_FIRMS.filter(({ fate }) => fate !== 'active').map(({ key }) => key))
/** Everybody below the one distributor. */
export const CHAIN = new Set([...STORY_FIRMS.filter(({ below }) => below).map(({ key }) => key), 'olivar', 'ponteverde'])

/** Of the last twelve months: won, lost and thousands of euros won, as partners' records and reviews name them. */
export const YEAR: [key: string, won: number, lost: number, thousands: number][] = [
  ['brightpath', 13, 12, 1620],
  ['rivertech', 11, 14, 860],
  ['pellworth', 14, 26, 5400],
  ['fjordkilde', 7, 3, 281],
  ['madar', 11, 7, 1050],
  ['lakehurst', 7, 10, 1900],
  ['sora', 12, 13, 900],
  ['olivar', 3, 5, 420],
  ['kvarnholm', 11, 9, 910],
  ['delmare', 8, 9, 1300],
  ['brackwater', 5, 12, 1120],
  ['wattlebird', 3, 0, 210],
]
/** Open registrations that are protected, beside those told by name. */
export const OPEN: Record<string, number> = {
  brightpath: 4,
  rivertech: 6,
  pellworth: 9,
  olivar: 3,
  ponteverde: 2,
  fjordkilde: 4,
  madar: 6,
  lakehurst: 5,
  harrowpeak: 5,
  corvane: 4,
  sora: 5,
  wattlebird: 3,
  kvarnholm: 5,
  delmare: 6,
  brackwater: 19,
}
/** How many of a firm's open protections end within a fortnight. */
export const SOON: Record<string, number> = {
  brightpath: 2,
  rivertech: 2,
  pellworth: 3,
  olivar: 3,
  ponteverde: 1,
  fjordkilde: 3,
  madar: 3,
  lakehurst: 3,
  harrowpeak: 3,
  corvane: 3,
  sora: 2,
  wattlebird: 3,
  delmare: 2,
  brackwater: 4,
}
