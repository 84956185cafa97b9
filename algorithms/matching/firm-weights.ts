import type { NameEvidence } from './compare-names.ts'

/** Order of the name features; `nameFeatures` and the weights follow it. */
export const NAME_FEATURES = [
  'bias',
  'same_words',
  'shared',
  'share',
  'lost_names',
  'lost_common',
  'lost_trade',
  'conflict',
  'numeral',
  'fuzz',
  'head',
  'form',
  'noise',
  'rivals',
  'within',
  'within_rivals',
  'within_lost',
  'contraction',
] as const

/** The evidence as a feature vector in the order of `NAME_FEATURES`. */
export function nameFeatures(e: NameEvidence): number[] {
  return [
    1,
    e.same_words,
    e.shared,
    e.share,
    e.lost_names,
    e.lost_common,
    e.lost_trade,
    e.conflict,
    e.numeral,
    e.fuzz,
    e.head,
    e.form,
    e.noise,
    e.rivals,
    e.within,
    e.within * e.rivals,
    e.within * (e.lost_names + e.lost_common + e.lost_trade),
    e.contraction,
  ]
}

/** What the other fields add to a pair's log-odds when both records have them. */
export const FIELD_FEATURES = [
  'number_same',
  'number_differs',
  'domain_same',
  'domain_differs',
  'country_same',
  'country_differs',
  'phone_same',
  'phone_differs',
  'address_same',
  'address_near',
  'address_street',
  'address_differs',
  'city_same',
  'city_differs',
  'postcode_same',
  'postcode_differs',
  'is_parent',
] as const

export type FieldFeature = (typeof FIELD_FEATURES)[number]

export type FirmWeights = {
  /** Weights of `NAME_FEATURES`, in that order, in log-odds. */
  name: number[]
  fields: Record<FieldFeature, number>
  /** A pair is *same* from this probability on, *review* from `review` on, else *different*. */
  same: number
  review: number
}

/**
 * Shipped defaults. `name` was fitted by `npm run bench -- matching-train` (see README: simulated everyday names of the firms in
 * companies-registrants.csv, no labelled pair); the field weights are set by hand, those of address and city looked at on restaurant.csv.
 */
export const FIRM_WEIGHTS: FirmWeights = {
  name: [
    -1.736, 1.018, 0.651, 4.005, -4.624, -7.809, -3.85, 1.528, -2.723, -4.321, 1.586, -2.875, -4.758, -0.549, -0.745, -0.934,
    3.938, 2.443,
  ],
  fields: {
    number_same: 9,
    number_differs: -6,
    domain_same: 5.5,
    domain_differs: -1.2,
    country_same: 0.3,
    country_differs: -6.5,
    phone_same: 3.5,
    phone_differs: -0.5,
    address_same: 5.5,
    address_near: 2.5,
    address_street: -0.5,
    address_differs: -6.5,
    city_same: 0.7,
    city_differs: -1.5,
    postcode_same: 1.5,
    postcode_differs: -1,
    is_parent: -8,
  },
  same: 0.55,
  review: 0.1,
}
