import type { Ctx } from '../../kernel/module.ts'
import { insertRows } from '../../kernel/statements.ts'
import type { Reason } from '../decisions/contract.ts'
import { judgeBy, recordDecision } from '../decisions/decide.ts'
import { collided, decided } from './contract.ts'
import { familiesOf, productsOf } from './find-rivals.ts'
import { refuseUnknownProduct, writeKeys } from './new-deal.ts'
import { approveScope, changeDeal, holdScope, rejectScope, reviewScope } from './outcomes.ts'
import type { DealState } from './queries.ts'
import { type Weighed, weighDeal } from './weigh-deal.ts'

/** Keeps what the host alone may know: the matched account, the plan value, and whom the registration met. */
async function keepInner(ctx: Ctx, deal: DealState, weighed: Weighed): Promise<void> {
  const inner = {
    tenant_id: ctx.tenant_id,
    deal_id: deal.id,
    account_id: weighed.account_id,
    amount_plan_minor: weighed.value_plan_minor,
  }
  await insertRows(ctx, 'deal_inners', [inner], { clash: 'stays' })
  const met = weighed.rivals.filter((one) => one.partner_id !== deal.partner_id)
  if (met.length === 0) return
  const conflicts = met.map((rival) => ({
    tenant_id: ctx.tenant_id,
    id: ctx.id(),
    deal_id: deal.id,
    other_deal_id: rival.id,
    same_scope: rival.same_scope,
    fields: rival.fields,
    at: ctx.now,
  }))
  for (const rival of met) if (rival.same_scope) ctx.emit(collided, { deal_id: deal.id, other_deal_id: rival.id })
  await insertRows(ctx, 'deal_conflicts', conflicts, { clash: 'stays' })
}

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const told = (row: string, label: string, clause: number | null, seen: Record<string, string>): Reason => ({
  row,
  label,
  hit: true,
  clause,
  comparisons: Object.entries(seen).map(([field, value]) => ({ field, operator: '=', value: null, seen: value, hit: true })),
})

/** What the partner is told of products whose scope another holds: the scope and the day it ends, and what is free; never who or how much. */
export function scopeReason(
  deal: DealState,
  { rivals, families }: Pick<Weighed, 'rivals' | 'families'>,
  clause: number | null,
  products: readonly string[] = productsOf(deal),
): Reason[] {
  return products.flatMap((product) => {
    const family = families.get(product) ?? product
    const holder = rivals.find(
      (one) =>
        one.met.includes(family) && one.band === 'same' && one.partner_id !== deal.partner_id && one.protection === 'protected',
    )
    if (!holder?.protected_until) return []
    const seen = { product, country: deal.country, protected_until: holder.protected_until.slice(0, 10) }
    return [told(product === deal.product ? 'scope' : `scope-${product}`, 'The scope is protected', clause, seen)]
  })
}

/** Of a registration of several products: why some of them are no part of it. */
function reasonsOfRefused(deal: DealState, weighed: Weighed, refused: readonly string[]): Reason[] {
  if (refused.length === 0) return []
  const clause = clauseOfTaken(weighed)
  return refused.flatMap((product) => {
    const [reason] = scopeReason(deal, weighed, clause, [product])
    const row = `scope-${product}`
    const label = 'No part of this registration: another holds the scope'
    return reason
      ? { ...reason, row, label }
      : told(row, 'You registered this product already', null, { product, country: deal.country })
  })
}

/** Products of the customer that nobody else holds or waits for. */
export function freeProducts(deal: DealState, { rivals, families }: Weighed): string[] {
  const taken = new Set(
    rivals
      .filter(
        (one) =>
          one.band === 'same' && one.country === deal.country && (one.review !== 'approved' || one.protection === 'protected'),
      )
      .flatMap((one) => familiesOf(one, families)),
  )
  for (const family of familiesOf(deal, families)) taken.add(family)
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

/** By which clause the table refuses a scope that another holds. */
function clauseOfTaken({ table, facts }: Weighed): number | null {
  const outcome: unknown = table && judgeBy(table, { ...facts, conflict: 'protected' }).verdict.outcome
  const clause = typeof outcome === 'object' && outcome !== null && 'clause' in outcome ? outcome.clause : null
  return typeof clause === 'number' ? clause : null
}

/** Weighs a complete registration by the table in force and carries out what it says; the decision is recorded with its reasons. */
export async function checkDeal(ctx: Ctx, deal: DealState, options: { place: boolean }): Promise<void> {
  const weighed = await weighDeal(ctx, deal, options.place)
  for (const product of productsOf(deal)) refuseUnknownProduct(product, weighed.families.keys())
  const { facts, table, left } = weighed
  const judged = table ? judgeBy(table, facts) : null
  const outcome = (judged?.verdict.outcome ?? {}) as { decision?: unknown; clause?: unknown; reason_code?: unknown }
  const told = asText(outcome.decision) ?? 'review'
  const clause = typeof outcome.clause === 'number' ? outcome.clause : null
  const refusal = {
    reason_code: asText(outcome.reason_code) ?? 'other',
    free_products: facts.conflict === 'none' ? [] : freeProducts(deal, weighed),
  }
  const refused = left.refused_products.filter((one) => !deal.refused_products.includes(one))
  if (refused.length > 0 && deal.version > 0) await changeDeal(ctx, deal.id, left)
  const decision = await carryOut(ctx, { ...deal, ...left, completed_at: weighed.completed_at }, { told, weighed, refusal })
  const reasons = decision === 'reject' ? scopeReason(deal, weighed, clause) : reasonsOfRefused(deal, weighed, refused)
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
