import { amountText, parseAmount, parsePercent, percentTyped } from '../../../web/kit/amount.ts'
import { guessCustomer, UNSAID } from '../rules.ts'
import type { Deal } from '../shapes.ts'
import { worthOf } from './said.ts'

/** What the form of a registration holds, as it stands on the screen. */
export interface DealValues extends Record<string, string> {
  customer: string
  country: string
  product: string
  more_products: string
  amount: string
  currency: string
  closes_on: string
  evidence_on: string
  evidence_kind: string
  evidence_note: string
  contact_name: string
  contact_email: string
  discount: string
  description: string
}

export const EMPTY: DealValues = {
  customer: '',
  country: '',
  product: '',
  more_products: '',
  amount: '',
  currency: 'EUR',
  closes_on: '',
  evidence_on: '',
  evidence_kind: '',
  evidence_note: '',
  contact_name: '',
  contact_email: '',
  discount: '',
  description: '',
}

/** The further products of a form, without the main one. */
export const furtherOf = ({ product, more_products }: DealValues): string[] =>
  more_products.split(' ').filter((code) => code && code !== product)

const some = <T>(key: string, value: T | '' | null) => (value === '' || value === null ? {} : { [key]: value })

/** From the screen's words to the verb's input. */
export function inputOf(values: DealValues) {
  return {
    customer: values.customer.trim(),
    country: values.country,
    product: values.product,
    ...(values.more_products ? { more_products: furtherOf(values) } : {}),
    amount_minor: parseAmount(values.amount, values.currency) ?? 0,
    currency: values.currency,
    closes_on: values.closes_on,
    ...some('evidence_on', values.evidence_on),
    ...(values.evidence_on ? some('evidence_kind', values.evidence_kind || 'meeting') : {}),
    ...some('evidence_note', values.evidence_note.trim()),
    ...some('contact_name', values.contact_name.trim()),
    ...some('contact_email', values.contact_email.trim()),
    ...(values.contact_email ? { contact_basis: 'legitimate_interest' as const } : {}),
    ...(values.discount ? { discount_asked_bps: parsePercent(values.discount) ?? 0 } : {}),
    ...some('description', values.description.trim()),
  }
}

type Input = ReturnType<typeof inputOf>
// What a draft is emptied of; the others it just does not say yet.
const EMPTIED = {
  more_products: [],
  evidence_on: null,
  evidence_kind: null,
  evidence_note: null,
  contact_name: null,
  contact_email: null,
  contact_basis: null,
  discount_asked_bps: 0,
  description: null,
}

/** What a draft keeps of a form that need not be whole: the fields that differ from how it began. */
export function changesOf(values: DealValues, from: DealValues): Partial<Input> {
  const before: Record<string, unknown> = { ...EMPTIED, ...inputOf(from) }
  const after = Object.entries({ ...EMPTIED, ...inputOf(values) })
  const said = after.filter(([key, value]) => value !== '' && !(key === 'amount_minor' && value === 0))
  return Object.fromEntries(said.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])))
}

const unless = (value: string, unsaid: string) => (value === unsaid ? '' : value)

/** A kept draft as its form shows it; what it does not say yet is empty. */
export function valuesOf(deal: Deal, usual_currency: string): DealValues {
  const site = deal.account_domain
  const worth = worthOf(deal)
  return {
    customer: site && guessCustomer(site).name === deal.account_name ? site : unless(deal.account_name, UNSAID.account_name),
    country: unless(deal.country, UNSAID.country),
    product: unless(deal.product, UNSAID.product),
    more_products: deal.more_products.join(' '),
    amount: worth ? amountText(worth, deal.currency) : '',
    currency: worth ? deal.currency : usual_currency,
    closes_on: deal.closes_on?.slice(0, 7) ?? '',
    evidence_on: deal.evidence_on ?? '',
    evidence_kind: deal.evidence_kind ?? '',
    evidence_note: deal.evidence_note ?? '',
    contact_name: deal.contact_name ?? '',
    contact_email: deal.contact_email ?? '',
    discount: deal.discount_asked_bps ? percentTyped(deal.discount_asked_bps) : '',
    description: deal.description ?? '',
  }
}
