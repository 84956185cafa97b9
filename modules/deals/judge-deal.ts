import type { Reason } from '../decisions/contract.ts'
import { type Judged, judgeBy } from '../decisions/decide.ts'
import type { DealFacts } from './facts.ts'
import { familiesOf, isOwnEarlier, productsOf } from './find-rivals.ts'
import type { DealState } from './queries.ts'
import { USUAL_REASONS } from './usual-reasons.ts'
import type { Weighed } from './weigh-deal.ts'

/** What the table in force says of a registration. */
export interface Said {
  judged: Judged | null
  told: string
  clause: number | null
  refusal: { reason_code: string; free_products: string[] }
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const outcomeOf = (judged: Judged | null) =>
  (judged?.verdict.outcome ?? {}) as { decision?: unknown; clause?: unknown; reason_code?: unknown } // as the kind's schema checked it

const clauseOf = (judged: Judged | null): number | null => {
  const { clause } = outcomeOf(judged)
  return typeof clause === 'number' ? clause : null
}

/** Products of the customer that nobody else holds or waits for. */
function freeProducts(deal: DealState, { rivals, families }: Weighed): string[] {
  const taken = new Set(
    rivals
      .filter((one) => one.band === 'same' && one.country === deal.country && !one.over)
      .flatMap((one) => familiesOf(one, families)),
  )
  for (const family of familiesOf(deal, families)) taken.add(family)
  return [...families].flatMap(([code, family]) => (taken.has(family) ? [] : [code]))
}

/** Judges a weighed registration by the table in force; without one a person decides. */
export function judgeDeal(deal: DealState, weighed: Weighed): Said {
  const { table, facts } = weighed
  const judged = table ? judgeBy(table, facts) : null
  const { decision, reason_code } = outcomeOf(judged)
  const free_products = facts.conflict === 'none' ? [] : freeProducts(deal, weighed)
  return {
    judged,
    told: asText(decision) ?? 'review',
    clause: clauseOf(judged),
    refusal: { reason_code: asText(reason_code) ?? 'other', free_products },
  }
}

const told = (row: string, label: string, clause: number | null, seen: Record<string, string>): Reason => ({
  row,
  label,
  hit: true,
  clause,
  comparisons: Object.entries(seen).map(([field, value]) => ({ field, operator: '=', value: null, seen: value, hit: true })),
})

/** What the partner is told of products whose scope another holds: the scope and the day it ends, and what is free; never who or how much. */
function scopeReason(
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
    return [told(product === deal.product ? 'scope' : `scope-${product}`, USUAL_REASONS.scope, clause, seen)]
  })
}

/** By which clause the table refuses a scope that another holds. */
const clauseOfTaken = ({ table, facts }: Weighed): number | null =>
  table ? clauseOf(judgeBy(table, { ...facts, conflict: 'protected' })) : null

/** Of a registration of several products: why some of them are no part of it. */
function reasonsOfRefused(deal: DealState, weighed: Weighed): Reason[] {
  const refused = weighed.left.refused_products.filter((one) => !deal.refused_products.includes(one))
  if (refused.length === 0) return []
  const clause = clauseOfTaken(weighed)
  return refused.flatMap((product) => {
    const [reason] = scopeReason(deal, weighed, clause, [product])
    const row = `scope-${product}`
    const label = USUAL_REASONS['scope-left']
    return reason ? { ...reason, row, label } : told(row, USUAL_REASONS['scope-own'], null, { product, country: deal.country })
  })
}

/** Who registered it before is led to what they have. */
function earlierReason(deal: DealState, { rivals }: Weighed): Reason[] {
  const own = rivals.find((one) => isOwnEarlier(deal, one))
  return own ? [told('earlier', USUAL_REASONS.earlier, null, { deal: own.id })] : []
}

// The usual clauses say by 1 who came first and by 5 what that covers; a host that numbers otherwise is cited as its table has it.
const clauseOfScope = (clause: number | null): number | null => (clause === 1 ? 5 : clause)

/** Both sides are told that a customer is outside the territory; who is refused is not, lest it be taken for the cause. */
export const territoryReason = ({ country, out_of_territory }: DealFacts): Reason[] =>
  out_of_territory === true ? [told('territory', USUAL_REASONS.territory, null, { country: String(country) })] : []

/** The reasons that stand beside those of the table, for what came of it. */
export const reasonsBeside = (deal: DealState, weighed: Weighed, clause: number | null, decision: string): Reason[] =>
  decision === 'reject'
    ? [...scopeReason(deal, weighed, clauseOfScope(clause)), ...earlierReason(deal, weighed)]
    : [...reasonsOfRefused(deal, weighed), ...territoryReason(weighed.facts)]
