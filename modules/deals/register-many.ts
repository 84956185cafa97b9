import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { judgeBy } from '../decisions/decide.ts'
import { asText, freeProducts, scopeReason } from './check-deal.ts'
import { approved, collided, decided, registered, rejected } from './contract.ts'
import { planOutcome } from './plan-outcome.ts'
import type { DealState } from './queries.ts'
import { overlaps, REVIEW } from './rules.ts'
import { type Weighing, weighMany } from './weigh-many.ts'
import { type Written, writeRegistrations } from './write-registrations.ts'

interface Scope {
  account_key: string
  product_family: string | null
  country: string | null
}

const scopeOf = (deal: DealState, { account_key, families }: Weighing): Scope => ({
  account_key,
  product_family: families.get(deal.product) ?? deal.product,
  country: deal.country,
})

/** The scopes that are held for these customers, as the database's own rule of one holder sees them. */
async function scopesHeld(ctx: Ctx, keys: readonly string[]) {
  const { rows } = await sql<Scope>`select account_key, product_family, country from protections
    where tenant_id = ${ctx.tenant_id} and account_key = any(${keys}::text[]) and ended_at is null and until_at > ${ctx.now}`.execute(
    ctx.db,
  )
  const held = Map.groupBy(rows, ({ account_key }) => account_key)
  return {
    isFree: (scope: Scope) =>
      !held
        .get(scope.account_key)
        ?.some(
          (one) => overlaps(one.product_family, scope.product_family) && overlaps(one.country?.trim() ?? null, scope.country),
        ),
    take: (scope: Scope) => void held.set(scope.account_key, [...(held.get(scope.account_key) ?? []), scope]),
  }
}

function tell(ctx: Ctx, { outcome: { deal, decision }, weighed, judged }: Written): void {
  const about = { deal_id: deal.id, partner_id: deal.partner_id }
  ctx.emit(registered, { ...about, product: deal.product, country: deal.country })
  if (decision === 'approve') ctx.emit(approved, about)
  if (decision === 'reject') ctx.emit(rejected, { ...about, reason_code: deal.reason_code ?? 'other' })
  for (const rival of weighed.rivals)
    if (rival.partner_id !== deal.partner_id && rival.same_scope)
      ctx.emit(collided, { deal_id: deal.id, other_deal_id: rival.id })
  ctx.emit(decided, { ...about, outcome: decision, by: 'rule', clause: clauseOf(judged) })
}

type Said = { decision?: unknown; clause?: unknown; reason_code?: unknown }
const saidBy = (judged: Written['judged']): Said => (judged?.verdict.outcome ?? {}) as Said // as the kind's schema checked it
const clauseOf = (judged: Written['judged']): number | null => {
  const { clause } = saidBy(judged)
  return typeof clause === 'number' ? clause : null
}

/**
 * Registers complete drafts that are not stored yet, in their order and each with the full check, as if one came after another:
 * all reads before the first, all writes after the last.
 */
export async function registerMany(ctx: Ctx, drafts: readonly DealState[]): Promise<void> {
  if (drafts.length === 0) return
  const book = await weighMany(ctx, drafts)
  const scopes = await scopesHeld(ctx, book.account_keys)
  const written = drafts.map((draft): Written => {
    const deal = { ...draft, review: REVIEW.move(draft.review, 'submit') }
    const weighed = book.weigh(deal)
    const judged = weighed.table ? judgeBy(weighed.table, weighed.facts) : null
    const { decision, reason_code } = saidBy(judged)
    const refusal = {
      reason_code: asText(reason_code) ?? 'other',
      free_products: weighed.facts.conflict === 'none' ? [] : freeProducts(deal, weighed),
    }
    const scope = scopeOf(deal, weighed)
    const outcome = planOutcome(ctx, deal, weighed, {
      told: asText(decision) ?? 'review',
      refusal,
      isFree: scopes.isFree(scope),
    })
    const reasons = outcome.decision === 'reject' ? scopeReason(deal, weighed, clauseOf(judged)) : []
    if (outcome.until_at !== null) scopes.take(scope)
    book.enter(outcome.deal, weighed)
    return { outcome, weighed, judged, reasons }
  })
  for (const one of written) tell(ctx, one)
  await writeRegistrations(ctx, written)
}
