import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { approved, decided, registered, rejected } from './contract.ts'
import { judgeDeal, reasonsBeside } from './judge-deal.ts'
import { planOutcome } from './plan-outcome.ts'
import type { DealState } from './queries.ts'
import { overlaps, REVIEW } from './rules.ts'
import { type Weighing, weighMany } from './weigh-many.ts'
import { tellCollisions, type Written, writeRegistrations } from './write-registrations.ts'

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

/** Tells of a registration and of what came of it. */
export function tell(ctx: Ctx, { outcome: { deal, decision }, weighed, said: { clause } }: Written): void {
  const about = { deal_id: deal.id, partner_id: deal.partner_id }
  ctx.emit(registered, { ...about, product: deal.product, country: deal.country })
  if (decision === 'approve') ctx.emit(approved, about)
  if (decision === 'reject') ctx.emit(rejected, { ...about, reason_code: deal.reason_code ?? 'other' })
  tellCollisions(ctx, { deal, weighed })
  ctx.emit(decided, { ...about, outcome: decision, by: 'rule', clause })
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
    const said = judgeDeal(deal, weighed)
    const scope = scopeOf(deal, weighed)
    const outcome = planOutcome(ctx, deal, weighed, { ...said, isFree: scopes.isFree(scope) })
    const reasons = reasonsBeside(deal, weighed, said.clause, outcome.decision)
    if (outcome.until_at !== null) scopes.take(scope)
    book.enter(outcome.deal, weighed)
    return { outcome, weighed, said, reasons }
  })
  for (const one of written) tell(ctx, one)
  await writeRegistrations(ctx, written)
}
