import type { z } from 'zod'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import { type Issue, invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { insertLater } from '../../kernel/statements.ts'
import { getEcosystem } from '../ecosystems/queries.ts'
import { customerKeys } from './customer.ts'
import { takeNumber } from './number-deals.ts'
import type { DealState } from './queries.ts'
import { closeDay, guessCustomer, UNSAID } from './rules.ts'
import type { Registration } from './shapes.ts'

type Given = Omit<z.output<typeof Registration>, 'partner_id'>
export type Fields = { [K in keyof Given]?: Given[K] | undefined }

/** The columns that a registration's fields mean; what was not given is not there. */
export function columnsOf(fields: Fields): Record<string, unknown> {
  const { customer, account_domain, closes_on, discount_asked_bps, more_products, ...same } = fields
  const guess = customer === undefined ? null : guessCustomer(customer)
  const site = account_domain ?? guess?.domain
  return {
    ...same,
    ...(more_products ? { more_products: [...new Set(more_products)].filter((one) => one !== fields.product) } : {}),
    ...(guess ? { account_name: guess.name } : {}),
    ...(site === undefined ? {} : { account_domain: site && (firmDomain(site) ?? site.toLowerCase()) }),
    ...(closes_on === undefined ? {} : { closes_on: closeDay(closes_on) }),
    ...(discount_asked_bps === undefined ? {} : { discount_asked_bps, price: discount_asked_bps > 0 ? 'asked' : 'list' }),
  }
}

/** Whose deal it is: the caller's own firm, one of its chain, or the one that the host names. */
export function partnerFor(ctx: Ctx, partner_id: string | undefined): string {
  const id = partner_id ?? ctx.actor.party_id
  if (!id) throw invalid([{ path: 'partner_id', message: 'say for which partner you register' }])
  if (ctx.actor.parties !== '*' && !ctx.actor.parties.includes(id))
    throw new Refusal('not_found', 'There is no such partner, or it is not yours to see')
  return id
}

/** Refuses a product that the host does not sell; `codes` are those that it does. */
export function refuseUnknownProduct(product: string, codes: Iterable<string>): void {
  const known = [...codes].sort()
  if (product !== DRAFT.product && !known.includes(product))
    throw invalid([
      {
        path: 'product',
        message: `'${product}' is not a product; there are ${known.join(', ') || 'none yet: the host adds them in its settings'}`,
      },
    ])
}

/** Why a currency that the host does not use is refused: nothing could weigh the value. Null for those that it uses. */
export const unusedCurrency = (currency: string, used: readonly string[]): Issue | null =>
  used.includes(currency)
    ? null
    : {
        path: 'currency',
        message: `'${currency}' is not used here; there are ${used.join(', ')}`,
        code: 'currency_unused',
        values: { text: currency, currencies: used.join(', ') },
      }

/** Refuses a value that has no plan rate because its currency is none of the host's; where it has one, nothing is read. */
export async function refuseUnusedCurrency(ctx: Ctx, { currency }: DealState, value_plan_minor: unknown): Promise<void> {
  if (value_plan_minor !== null) return
  const issue = unusedCurrency(currency, (await getEcosystem(ctx)).currencies)
  if (issue) throw invalid([issue])
}

/** The keys under which a registration is found again. */
export const keysOf = (deal: DealState) =>
  customerKeys({
    name: deal.account_name,
    domain: deal.account_domain,
    country: deal.country,
    number: deal.customer_number,
  }).map((key) => ({ tenant_id: deal.tenant_id, key, deal_id: deal.id, partner_id: deal.partner_id }))

/** Stores the keys of a registration instead of those that it had. */
export async function writeKeys(ctx: Ctx, deal: DealState): Promise<void> {
  await ctx.db.deleteFrom('deal_keys').where('tenant_id', '=', ctx.tenant_id).where('deal_id', '=', deal.id).execute()
  insertLater(ctx, 'deal_keys', keysOf(deal))
}

const DRAFT = { ...UNSAID, currency: 'EUR' }
const BLANK = {
  number: null,
  external_id: null,
  account_domain: null,
  customer_number: null,
  region: null,
  deal_type: 'new',
  tender: null,
  prepares_tender: false,
  route: 'resale',
  review: 'draft',
  protection: 'none',
  stage: 'open',
  price: 'list',
  discount_asked_bps: 0,
  discount_granted_bps: null,
  contact_name: null,
  contact_email: null,
  contact_basis: null,
  evidence_on: null,
  evidence_kind: null,
  evidence_note: null,
  description: null,
  reason_code: null,
  reason_text: null,
  asked: null,
  answered: null,
  extensions: 0,
  more_products: [] as string[],
  refused_products: [] as string[],
  free_products: [] as string[],
  completed_at: null,
  decided_at: null,
  decided_by: null,
  closes_on: null,
  protected_until: null,
  won_at: null,
}

/** A draft that is not stored yet, which its version 0 says; fields that are still missing get values that a submission refuses. */
export const newDeal = (ctx: Ctx, partner_id: string, fields: Fields): DealState => ({
  ...BLANK,
  ...DRAFT,
  ...(columnsOf(fields) as Partial<DealState>), // columns as the contract's fields mean them
  tenant_id: ctx.tenant_id,
  id: ctx.id(),
  version: 0,
  partner_id,
  partner_member_id: ctx.actor.side === 'outer' ? ctx.actor.member_id : null,
  created_at: ctx.now,
  updated_at: ctx.now,
})

/** Stores a new deal as it stands, with the next number. */
export async function storeDeal(ctx: Ctx, deal: DealState): Promise<void> {
  insertLater(ctx, 'deals', [{ ...deal, version: 1, number: await takeNumber(ctx) }])
}

/** The fields that a registration cannot do without. */
export function refuseIncomplete(deal: {
  account_name: string
  country: string
  product: string
  amount_minor: number
  closes_on: string | null
  deal_type: string
  tender: string | null
}): void {
  const issues = [
    ...(deal.account_name === DRAFT.account_name ? [{ path: 'customer', message: 'name the customer, or give its site' }] : []),
    ...(deal.country === DRAFT.country ? [{ path: 'country', message: "choose the customer's country" }] : []),
    ...(deal.product === '' ? [{ path: 'product', message: 'choose a product' }] : []),
    ...(deal.amount_minor <= 1 ? [{ path: 'amount_minor', message: 'give the expected value' }] : []),
    ...(deal.closes_on ? [] : [{ path: 'closes_on', message: 'give the month in which it is expected to close' }]),
    ...(deal.deal_type === 'tender' && !deal.tender ? [{ path: 'tender', message: "give the tender's reference" }] : []),
  ]
  if (issues.length > 0) throw invalid(issues)
}
