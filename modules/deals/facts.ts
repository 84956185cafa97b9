import type { Field } from '../../kernel/conditions.ts'

const CONFLICTS = ['none', 'protected', 'held', 'queued', 'similar'] as const
export type ConflictKind = (typeof CONFLICTS)[number]

/** What a table of the kind deals.review may ask; inner facts are the host's business, and a partner never sees them. */
export const FACTS = [
  { name: 'partner_active', type: 'flag', label: 'The partner is active' },
  { name: 'own_duplicate', type: 'flag', label: 'The partner registered this scope already' },
  { name: 'conflict', type: 'choice', choices: [...CONFLICTS], label: 'Another registration for the same scope' },
  { name: 'evidence', type: 'flag', label: 'A dated two-way contact with the customer is given' },
  { name: 'value_plan_minor', type: 'money', label: 'Value at plan rate' },
  { name: 'deal_type', type: 'choice', choices: ['new', 'renewal', 'tender'], label: 'Type of deal' },
  { name: 'route', type: 'choice', choices: ['direct', 'resale', 'distributor', 'marketplace'], label: 'Route' },
  { name: 'discount_asked_bps', type: 'number', label: 'Special price asked, in hundredths of a percent' },
  { name: 'product', type: 'text', label: 'Product' },
  { name: 'products', type: 'list', label: 'All products' },
  { name: 'country', type: 'text', label: 'Country' },
  { name: 'out_of_territory', type: 'flag', label: "The country lies outside the territory of the partner's regions" },
  { name: 'tracks', type: 'list', label: 'Tracks of the partner' },
  { name: 'open_registrations', type: 'number', label: 'Open registrations of the partner' },
  { name: 'named_account', type: 'flag', label: 'On the named-account list before completeness', audience: 'inner' },
  { name: 'existing_customer', type: 'flag', label: 'A customer of the host', audience: 'inner' },
  {
    name: 'host_opportunity_days',
    type: 'number',
    label: "Days since the host's open opportunity was first seen",
    audience: 'inner',
  },
  {
    name: 'account_match',
    type: 'choice',
    choices: ['none', 'review', 'same'],
    label: "The customer among the host's accounts",
    audience: 'inner',
  },
  { name: 'family', type: 'flag', label: "Another firm of the customer's group is registered", audience: 'inner' },
  {
    name: 'known_from_former_firm',
    type: 'flag',
    label: 'Whoever registered knew the account at another firm',
    audience: 'inner',
  },
  { name: 'refused_30_days', type: 'number', label: 'Refused registrations of the partner in 30 days', audience: 'inner' },
] as const satisfies Field[]

/** A rival learns that another stands before it: not whether that one's evidence is missing, and not that a customer is only alike. */
const TOLD: Readonly<Record<string, ConflictKind>> = { held: 'queued', similar: 'none' }
export const toldFact = <V>(name: string, value: V): V | ConflictKind =>
  name === 'conflict' ? (TOLD[String(value)] ?? value) : value

export interface DealFacts {
  [name: string]: string | number | boolean | string[] | null
  conflict: ConflictKind
}
