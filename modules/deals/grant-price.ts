import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { rolesOf } from '../access/roles.ts'
import { recordDecision } from '../decisions/decide.ts'
import { type grant_price, price_decided } from './contract.ts'
import { changeDeal } from './outcomes.ts'
import { type PriceTerms, priceTermsOf } from './price-terms.ts'
import { type DealState, dealForUpdate, getDeal } from './queries.ts'
import { CLOSED, grantersOf, PRICE, type PriceLimit, priceLimit } from './rules.ts'
import type { Deal } from './shapes.ts'

const percent = (bps: number) => `${bps / 100} %`

async function refuseAbove(ctx: Ctx, { limits, document }: PriceTerms, bps: number): Promise<PriceLimit> {
  const own = priceLimit(limits, ctx.actor.roles)
  if (own && bps <= own.max_bps) return own
  const names = new Map((await rolesOf(ctx)).map(({ code, name }) => [code, name]))
  const roleName = (code: string) => names.get(code) ?? code
  // What was retired since the terms were published grants nothing any more.
  const granters = grantersOf(limits, bps).filter((code) => names.has(code))
  const who = granters.length > 0 ? `for ${granters.map(roleName).join(', ')}` : 'beyond everybody'
  const yours = own ? `As ${roleName(own.role)} you grant up to ${percent(own.max_bps)}` : 'Your roles grant no special price'
  const where = document ? ` (${document.title}, v${document.number})` : ''
  throw new Refusal('forbidden', `granted_bps: ${yours}; ${percent(bps)} is ${who}${where}`, {
    limit_bps: own?.max_bps ?? null,
    granters,
  })
}

async function recordPrice(
  ctx: Ctx,
  deal: DealState,
  { granted_bps, text, by, document }: { granted_bps: number; text: string; by: PriceLimit; document: PriceTerms['document'] },
): Promise<void> {
  recordDecision(ctx, {
    kind: 'deals.terms',
    subject_type: 'deal_prices',
    subject_id: deal.id,
    partner_id: deal.partner_id,
    outcome: granted_bps > 0 ? 'grant' : 'refuse',
    by: 'person',
    facts: { asked_bps: deal.discount_asked_bps, granted_bps, role: by.role, max_bps: by.max_bps },
    note: text || null,
    document_id: document?.id ?? null,
  })
}

/** Grants or refuses a special price, within what the terms let a role grant; no clock ever does. */
export async function grantPrice(ctx: Ctx, { id, granted_bps, text }: Input<typeof grant_price>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (CLOSED.includes(deal.review) || deal.stage === 'lost')
    throw new Refusal('conflict', 'This deal is closed; there is no sale for which a price could be granted')
  const price = PRICE.move(deal.price, granted_bps > 0 ? 'grant' : 'refuse')
  const terms = await priceTermsOf(ctx, deal.partner_id)
  const by = await refuseAbove(ctx, terms, granted_bps)
  await changeDeal(ctx, id, { price, discount_granted_bps: granted_bps })
  await recordPrice(ctx, deal, { granted_bps, text, by, document: terms.document })
  ctx.emit(price_decided, { deal_id: id, partner_id: deal.partner_id, granted_bps })
  return getDeal(ctx, { id })
}
