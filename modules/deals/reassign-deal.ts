import type { Input } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { createOpportunity } from '../accounts/opportunities.ts'
import { recordDecision } from '../decisions/decide.ts'
import { visiblePartners } from '../partners/queries.ts'
import { handed_over, type reassign } from './contract.ts'
import { familiesOf } from './find-rivals.ts'
import { newDeal, storeDeal, writeKeys } from './new-deal.ts'
import { changeDeal, releaseScope, startProtectionClocks, startReviewClock, takeScope, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { type DealState, dealForUpdate, getDeal } from './queries.ts'
import type { Deal } from './shapes.ts'
import { endSuperseded } from './supersede-deal.ts'
import { usualReason } from './usual-reasons.ts'
import { productFamilies } from './weigh-deal.ts'

// What one partner told the host of its customer, in contacts, notes and evidence, is not another's to read.
const PASSES_ON = [
  'account_name',
  'account_domain',
  'customer_number',
  'country',
  'region',
  'product',
  'more_products',
  'deal_type',
  'tender',
  'route',
  'amount_minor',
  'currency',
  'closes_on',
  'stage',
  'completed_at',
] as const

interface Known {
  account_id: string | null
  amount_plan_minor: number | null
}

async function knownOf(ctx: Ctx, id: string): Promise<Known> {
  const row = await ctx.db
    .selectFrom('deal_inners')
    .select(['account_id', 'amount_plan_minor'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('deal_id', '=', id)
    .executeTakeFirst()
  return row ?? { account_id: null, amount_plan_minor: null }
}

async function statusOf(ctx: Ctx, id: string): Promise<string | undefined> {
  const row = await visiblePartners(ctx).select('partners.status').where('partners.id', '=', id).executeTakeFirst()
  return row?.status
}

/** The customer of the scope that the deal held last, as a key; none where it never held one. */
async function accountKeyOf(ctx: Ctx, deal: DealState): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('protections')
    .select('account_key')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('deal_id', '=', deal.id)
    .orderBy('from_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  // A bidder's key begins with the tender and the bidder.
  const own = deal.deal_type === 'tender' ? `t:${deal.tender}:${deal.partner_id}:` : ''
  return row?.account_key.slice(own.length) ?? null
}

async function insertHanded(ctx: Ctx, deal: DealState, partner_id: string, known: Known): Promise<DealState> {
  const passed = Object.fromEntries(PASSES_ON.map((column) => [column, deal[column]])) as Pick<
    DealState,
    (typeof PASSES_ON)[number]
  >
  const review = deal.review === 'approved' ? 'approved' : 'under_review'
  const made = { ...newDeal(ctx, partner_id, {}), ...passed, review }
  await storeDeal(ctx, made)
  await ctx.db
    .insertInto('deal_inners')
    .values({ tenant_id: ctx.tenant_id, deal_id: made.id, ...known })
    .execute()
  await writeKeys(ctx, made)
  return { ...made, version: 1 }
}

/** What was left of the protection goes on in the name of the other partner. */
async function moveProtection(ctx: Ctx, deal: DealState, made: DealState): Promise<void> {
  const until_at = deal.protected_until
  const account_key = await accountKeyOf(ctx, deal)
  if (!account_key || !until_at || Date.parse(until_at) <= Date.parse(ctx.now)) return
  const [families, partner] = await Promise.all([productFamilies(ctx), partnerOf(ctx, made.partner_id)])
  if (!(await takeScope(ctx, made, { account_key, families: familiesOf(made, families), until_at })))
    throw new Refusal('conflict', "protection: another registration holds this scope by now; hand the deal on with 'end'")
  await changeDeal(ctx, made.id, { protection: 'protected', protected_until: until_at })
  await startProtectionClocks(ctx, made, until_at, (await termsOf(ctx, partner)).warn_days)
}

async function toPartner(
  ctx: Ctx,
  deal: DealState,
  { to_partner_id, protection, note }: { to_partner_id: string; protection: 'move' | 'end'; note: string },
): Promise<string> {
  const made = await insertHanded(ctx, deal, to_partner_id, await knownOf(ctx, deal.id))
  if (made.review === 'approved' && protection === 'move') await moveProtection(ctx, deal, made)
  if (made.review === 'under_review') {
    const partner = await partnerOf(ctx, to_partner_id)
    await startReviewClock(ctx, made, { partner, terms: await termsOf(ctx, partner) })
  }
  recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: made.id,
    partner_id: to_partner_id,
    outcome: 'hand_over',
    by: 'person',
    reasons: [usualReason('handed_over', null)],
    note: note || null,
  })
  ctx.emit(handed_over, { deal_id: made.id, partner_id: to_partner_id })
  return made.id
}

async function toHost(ctx: Ctx, deal: DealState): Promise<string> {
  const { account_id } = await knownOf(ctx, deal.id)
  if (!account_id)
    throw new Refusal('conflict', 'The customer is none of your accounts yet: add the account, then take the deal over')
  const { id } = await createOpportunity(ctx, {
    account_id,
    name: `${deal.account_name}: D-${deal.number}`,
    product: deal.product,
    amount_minor: deal.amount_minor,
    currency: deal.currency,
    expected_close_on: deal.closes_on,
    owner_id: null,
  })
  return id
}

/** An open deal of a partner that ended goes on with another partner, or with the host itself. */
export async function reassignDeal(ctx: Ctx, input: Input<typeof reassign>): Promise<Deal> {
  const { id, to_partner_id, protection, text, note } = input
  const deal = await dealForUpdate(ctx, id)
  const before = await partnerOf(ctx, deal.partner_id)
  if (before.status !== 'terminated')
    throw new Refusal('conflict', `${before.name} is ${before.status}: only deals of a partner that ended are handed on`)
  const status = to_partner_id === null ? 'active' : await statusOf(ctx, to_partner_id)
  if (status === undefined)
    throw invalid([{ path: 'to_partner_id', message: 'there is no such partner, or it is not yours to see' }])
  if (status !== 'active') throw new Refusal('conflict', `to_partner_id: that partner is ${status}; choose an active one`)
  const ending = { by: 'host', reason_code: 'handed_over', text } as const
  await releaseScope(ctx, deal)
  if (to_partner_id === null) {
    await endSuperseded(ctx, deal, { ...ending, by_deal_id: null, opportunity_id: await toHost(ctx, deal) })
    return getDeal(ctx, { id })
  }
  const made = await toPartner(ctx, deal, { to_partner_id, protection, note })
  await endSuperseded(ctx, deal, { ...ending, by_deal_id: made })
  return getDeal(ctx, { id: made })
}
