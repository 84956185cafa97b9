import { tokenSimilarity } from './name-similarity.ts'
import { foldText } from './normalise.ts'

export type Address = {
  /** House number as written ("12a"), or null. */
  house: string | null
  /** Naming words of the street, without its kind, direction or unit. */
  street: string[]
}

const KINDS = new Set(
  `street st str strasse road rd avenue ave av boulevard blvd blv bl drive dr lane ln place pl square sq court ct highway hwy parkway pkwy
circle cir terrace ter way route rte crescent cres close alley mall plaza plz rue via calle weg platz allee rua straat gatan gade
north south east west n s e w ne nw se sw nord sud est ouest upper lower at near off between and the of
suite ste floor fl unit apt apartment room rm level building bldg no number po box`.split(/\s+/),
)
const ORDINALS = new Map(
  'first 1st second 2nd third 3rd fourth 4th fifth 5th sixth 6th seventh 7th eighth 8th ninth 9th tenth 10th eleventh 11th twelfth 12th'
    .split(' ')
    .flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1] ?? word] as const] : [])),
)

/** Takes a postal address line apart: folded, abbreviations and units dropped, ordinals as figures. Null when nothing is left. */
export function parseAddress(text: string): Address | null {
  const words = foldText(text.slice(0, 300))
    .replace(/['’.]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const house = words.find((word) => /^\d+[a-z]?$/.test(word)) ?? null
  const named = words.filter(
    (word) => word !== house && !KINDS.has(word) && (!/^\d/.test(word) || /^\d+(?:st|nd|rd|th)$/.test(word)),
  )
  const street = (named.length > 0 ? named : words.filter((word) => word !== house)).map((word) => ORDINALS.get(word) ?? word)
  return house === null && street.length === 0 ? null : { house, street }
}

/**
 * Agreement of two addresses: `same` house number and street, `near` (one of the two agrees and nothing contradicts, or the street is spelled
 * nearly alike), `street` (same street, other house), `different`. Symmetric.
 */
export function compareAddresses(a: Address, b: Address): 'same' | 'near' | 'street' | 'different' {
  const house = a.house === null || b.house === null ? null : a.house === b.house
  const street = streetShare(a.street, b.street)
  if (street >= 0.5) return house === true ? 'same' : house === null ? 'near' : 'street'
  return house === true && (street > 0 || a.street.length === 0 || b.street.length === 0) ? 'near' : 'different'
}

function streetShare(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  if (a.join('') === b.join('')) return 1
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const hits = short.filter((word) => long.some((other) => tokenSimilarity(word, other) > 0)).length
  return hits / short.length
}
