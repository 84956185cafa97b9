import type { Ctx } from '../../kernel/module.ts'
import type { Reason } from '../decisions/contract.ts'
import { judgeBy, recordDecision } from '../decisions/decide.ts'
import { collided, decided } from './contract.ts'
import type { Rival } from './find-rivals.ts'
import { refuseUnknownProduct, writeKeys } from './new-deal.ts'
import { approveScope, holdScope, rejectScope, reviewScope } from './outcomes.ts'
import type { DealState } from './queries.ts'
import { type Weighed, weighDeal } from './weigh-deal.ts'

/** Keeps what the host alone may know: the matched account, the plan value, and whom the registration met. */
async function keepInner(ctx: Ctx, deal: DealState, weighed: Weighed): Promise<void> {
  await ctx.db
    .insertInto('deal_inners')
    .values({
      tenant_id: ctx.tenant_id,
      deal_id: deal.id,
      account_id: weighed.account_id,
      amount_plan_minor: weighed.value_plan_minor,
    })
    .onConflict((clash) => clash.doNothing())
    .execute()
  const met = weighed.rivals.filter((one) => one.partner_id !== deal.partner_id)
  if (met.length === 0) return
  const conflicts = met.map((rival) => ({
    tenant_id: ctx.tenant_id,
    id: ctx.id(),
    deal_id: deal.id,
    other_deal_id: rival.id,
    same_scope: rival.same_scope,
    fields: JSON.stringify(rival.fields),
    at: ctx.now,
  }))
  for (const rival of met) if (rival.same_scope) ctx.emit(collided, { deal_id: deal.id, other_deal_id: rival.id })
  await ctx.db
    .insertInto('deal_conflicts')
    .values(conflicts)
    .onConflict((clash) => clash.doNothing())
    .execute()
}

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What the partner is told when another holds the scope: the scope and the day it ends, and what is free; never who or how much. */
export function scopeReason(deal: DealState, rivals: readonly Rival[], clause: number | null): Reason[] {
  const holder = rivals.find(
    (one) => one.same_scope && one.band === 'same' && one.partner_id !== deal.partner_id && one.protection === 'protected',
  )
  if (!holder?.protected_until) return []
  const told = { product: deal.product, country: deal.country, protected_until: holder.protected_until.slice(0, 10) }
  return [
    {
      row: 'scope',
      label: 'The scope is protected',
      hit: true,
      clause,
      comparisons: Object.entries(told).map(([field, seen]) => ({ field, operator: '=', value: null, seen, hit: true })),
    },
  ]
}

/** Products of the customer that nobody else holds or waits for. */
export function freeProducts(deal: DealState, { rivals, families }: Weighed): string[] {
  const taken = new Set(
    rivals
      .filter(
        (one) =>
          one.band === 'same' && one.country === deal.country && (one.review !== 'approved' || one.protection === 'protected'),
      )
      .map((one) => families.get(one.product) ?? one.product),
  )
  taken.add(families.get(deal.product) ?? deal.product)
  return [...families].flatMap(([code, family]) => (taken.has(family) ? [] : [code]))
}

interface Way {
  /** What the table says. */
  told: string
  weighed: Weighed
  refusal: { reason_code: string; free_products: string[] }
}

/** Carries out what the table says, and tells what came of it: where the database knows that another holds the scope, a person looks. */
async function carryOut(ctx: Ctx, deal: DealState, { told, weighed, refusal }: Way): Promise<string> {
  if (told === 'reject') {
    await rejectScope(ctx, deal, refusal)
    return told
  }
  if (told === 'approve' && (await approveScope(ctx, deal, weighed))) return told
  if (told === 'hold' && (await holdScope(ctx, deal, weighed))) return told
  await reviewScope(ctx, told === 'review' ? deal : { ...deal, version: Math.max(deal.version, 1) }, weighed)
  return 'review'
}

/** Weighs a complete registration by the table in force and carries out what it says; the decision is recorded with its reasons. */
export async function checkDeal(ctx: Ctx, deal: DealState, options: { place: boolean }): Promise<void> {
  const weighed = await weighDeal(ctx, deal, options.place)
  refuseUnknownProduct(deal.product, weighed.families.keys())
  const { facts, table } = weighed
  const judged = table ? judgeBy(table, facts) : null
  const outcome = (judged?.verdict.outcome ?? {}) as { decision?: unknown; clause?: unknown; reason_code?: unknown }
  const told = asText(outcome.decision) ?? 'review'
  const clause = typeof outcome.clause === 'number' ? outcome.clause : null
  const refusal = {
    reason_code: asText(outcome.reason_code) ?? 'other',
    free_products: facts.conflict === 'none' ? [] : freeProducts(deal, weighed),
  }
  const decision = await carryOut(ctx, { ...deal, completed_at: weighed.completed_at }, { told, weighed, refusal })
  const reasons = decision === 'reject' ? scopeReason(deal, weighed.rivals, clause) : []
  const recorded = recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: deal.id,
    partner_id: deal.partner_id,
    outcome: decision,
    by: 'rule',
    judged,
    facts,
    reasons,
  })
  await Promise.all([recorded, keepInner(ctx, deal, weighed), writeKeys(ctx, deal)])
  ctx.emit(decided, { deal_id: deal.id, partner_id: deal.partner_id, outcome: decision, by: 'rule', clause })
}
