import type { Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { namesOf } from '../access/names-of.ts'
import type { RuleDocument } from '../decisions/contract.ts'
import type { RuleScope } from '../decisions/in-force.ts'
import { decisionsOf, documentInForce } from '../decisions/queries.ts'
import type { price } from './contract.ts'
import { partnerOf } from './partner-of.ts'
import { visibleDeals } from './queries.ts'
import { grantersOf, type PriceLimit, priceLimit } from './rules.ts'
import { termsIn } from './terms.ts'

export interface PriceTerms {
  limits: PriceLimit[]
  /** The published terms; null where the defaults hold. */
  document: RuleDocument | null
}

async function priceTermsIn(ctx: Ctx, scope: RuleScope): Promise<PriceTerms> {
  const document = await documentInForce(ctx, 'deals.terms', scope)
  return { limits: termsIn(document ?? undefined).price_limits, document }
}

/** Who may grant which discount to a partner. */
export const priceTermsOf = async (ctx: Ctx, partner_id: string): Promise<PriceTerms> =>
  priceTermsIn(ctx, await partnerOf(ctx, partner_id))

/** Whether the caller may grant a discount there; each region and mix of tracks is read once. */
export function priceJudge(ctx: Ctx): (scope: RuleScope, bps: number) => Promise<boolean> {
  const known = new Map<string, Promise<PriceTerms>>()
  return async (scope, bps) => {
    const key = JSON.stringify([scope.region, scope.tracks])
    const terms = known.get(key) ?? priceTermsIn(ctx, scope)
    known.set(key, terms)
    return (priceLimit((await terms).limits, ctx.actor.roles)?.max_bps ?? -1) >= bps
  }
}

/** A deal's special price: what is asked and granted, and for the host who may grant it and who did. */
export async function getPrice(ctx: Ctx, { id }: { id: string }): Promise<Output<typeof price>> {
  const deal = await visibleDeals(ctx)
    .select(['d.price', 'd.partner_id', 'd.discount_asked_bps', 'd.discount_granted_bps'])
    .where('d.id', '=', id)
    .executeTakeFirst()
  if (!deal) throw new Refusal('not_found', 'There is no such deal, or it is not yours to see')
  const [{ limits, document }, decisions] = await Promise.all([
    priceTermsOf(ctx, deal.partner_id),
    decisionsOf(ctx, { subject_type: 'deal_prices', subject_id: id }, 1),
  ])
  const [decision] = decisions
  const own = ctx.can('deals.grant_price') ? priceLimit(limits, ctx.actor.roles) : null
  const names = await namesOf(ctx, decision?.member_id ? [decision.member_id] : [])
  const role = decision?.all_facts?.role
  return {
    // An enumerated column is a text to the database; the contract's parse narrows it on the way out.
    state: deal.price as Output<typeof price>['state'],
    asked_bps: deal.discount_asked_bps,
    granted_bps: deal.discount_granted_bps,
    text: decision?.note ?? null,
    decided_at: decision?.at ?? null,
    decided_by: names.get(decision?.member_id ?? '')?.name ?? null,
    decided_as: typeof role === 'string' ? role : null,
    limit_bps: own?.max_bps ?? null,
    may_grant: own !== null && own.max_bps >= deal.discount_asked_bps,
    granters: grantersOf(limits, deal.discount_asked_bps),
    limits,
    document_title: document?.title ?? null,
    document_number: document?.number ?? null,
  }
}
