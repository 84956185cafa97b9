import { sql } from 'kysely'
import type { z } from 'zod'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { Registration } from './contract.ts'
import { customerKeys } from './customer.ts'
import { partnerOf } from './partner-of.ts'
import type { DealState } from './queries.ts'
import { closeDay, guessCustomer } from './rules.ts'

type Given = Omit<z.output<typeof Registration>, 'partner_id'>
export type Fields = { [K in keyof Given]?: Given[K] | undefined }

/** The columns that a registration's fields mean; what was not given is not there. */
export function columnsOf(fields: Fields): Record<string, unknown> {
  const { customer, account_domain, closes_on, discount_asked_bps, ...same } = fields
  const guess = customer === undefined ? null : guessCustomer(customer)
  const site = account_domain ?? guess?.domain
  return {
    ...same,
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

/** Gives a deal its number. The counter's row makes all registrations of a host wait for one another, so this comes last in a verb. */
export async function numberDeal(ctx: Ctx, id: string): Promise<void> {
  await sql`with counted as (insert into deal_numbers (tenant_id, last) values (${ctx.tenant_id}, 1)
      on conflict (tenant_id) do update set last = deal_numbers.last + 1 returning tenant_id, last)
    update deals d set number = counted.last from counted where d.tenant_id = counted.tenant_id and d.tenant_id = ${ctx.tenant_id} and d.id = ${id}`.execute(
    ctx.db,
  )
}

async function refuseUnknownProduct(ctx: Ctx, product: unknown): Promise<void> {
  if (typeof product !== 'string') return
  const known = await ctx.db
    .selectFrom('products')
    .select('code')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('state', '=', 'active')
    .orderBy('code')
    .execute()
  if (!known.some(({ code }) => code === product))
    throw invalid([
      { path: 'product', message: `'${product}' is not a product; there are ${known.map(({ code }) => code).join(', ')}` },
    ])
}

/** Stores the keys under which a registration is found again. */
export async function writeKeys(ctx: Ctx, deal: DealState): Promise<void> {
  // One that was just stored has no keys to take away.
  if (deal.version > 1)
    await ctx.db.deleteFrom('deal_keys').where('tenant_id', '=', ctx.tenant_id).where('deal_id', '=', deal.id).execute()
  const keys = customerKeys({
    name: deal.account_name,
    domain: deal.account_domain,
    country: deal.country,
    number: deal.customer_number,
  })
  if (keys.length === 0) return
  await ctx.db
    .insertInto('deal_keys')
    .values(keys.map((key) => ({ tenant_id: ctx.tenant_id, key, deal_id: deal.id, partner_id: deal.partner_id })))
    .onConflict((clash) => clash.doNothing())
    .execute()
}

const DRAFT = { account_name: 'Unnamed customer', country: 'ZZ', product: '', amount_minor: 1, currency: 'EUR' }

/** Stores a new deal in the state draft; for a draft, fields that are still missing get values that a submission refuses. */
export async function insertDeal(ctx: Ctx, partner_id: string, fields: Fields): Promise<DealState> {
  await Promise.all([partnerOf(ctx, partner_id), refuseUnknownProduct(ctx, fields.product)])
  const values = { ...DRAFT, closes_on: ctx.now.slice(0, 10), price: 'list', ...columnsOf(fields) }
  return ctx.db
    .insertInto('deals')
    .values({
      ...(values as typeof DRAFT & { closes_on: string; price: string }),
      tenant_id: ctx.tenant_id,
      id: ctx.id(),
      partner_id,
      partner_member_id: ctx.actor.side === 'outer' ? ctx.actor.member_id : null,
      review: 'draft',
      protection: 'none',
      stage: 'open',
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The five fields that a registration cannot do without. */
export function refuseIncomplete(deal: {
  account_name: string
  country: string
  product: string
  amount_minor: number
  closes_on: string
  deal_type: string
  tender: string | null
}): void {
  const issues = [
    ...(deal.account_name === DRAFT.account_name ? [{ path: 'customer', message: 'name the customer, or give its site' }] : []),
    ...(deal.country === DRAFT.country ? [{ path: 'country', message: "choose the customer's country" }] : []),
    ...(deal.product === '' ? [{ path: 'product', message: 'choose a product' }] : []),
    ...(deal.amount_minor <= 1 ? [{ path: 'amount_minor', message: 'give the expected value' }] : []),
    ...(deal.deal_type === 'tender' && !deal.tender ? [{ path: 'tender', message: "give the tender's reference" }] : []),
  ]
  if (issues.length > 0) throw invalid(issues)
}
