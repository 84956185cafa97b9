import { type StartedClock, startClocks } from '../../kernel/clocks.ts'
import type { Ctx } from '../../kernel/module.ts'
import { insertLater } from '../../kernel/statements.ts'
import type { Reason } from '../decisions/contract.ts'
import { type Recorded, recordDecisions, type StoredDecision } from '../decisions/decide.ts'
import { collided } from './contract.ts'
import { familiesOf } from './find-rivals.ts'
import type { Said } from './judge-deal.ts'
import { keysOf } from './new-deal.ts'
import { takeNumbers } from './number-deals.ts'
import type { Outcome } from './plan-outcome.ts'
import type { DealState } from './queries.ts'
import { scopeRows } from './scopes.ts'
import type { Weighing } from './weigh-many.ts'

interface WeighedDeal {
  deal: DealState
  weighed: Weighing
}

/** A registration that was judged, and what comes of it. */
export interface Written {
  outcome: Outcome
  weighed: Weighing
  said: Said
  /** Those beside the table's own. */
  reasons: Reason[]
}

const stays = { clash: 'stays' } as const

const scopesOf = (ctx: Ctx, { outcome: { deal, until_at }, weighed: { account_key, families } }: Written) =>
  until_at === null ? [] : scopeRows(ctx, deal, { account_key, families: familiesOf(deal, families), until_at })

const conflictsOf = (ctx: Ctx, { deal, weighed: { rivals } }: WeighedDeal) =>
  rivals
    .filter((rival) => rival.partner_id !== deal.partner_id)
    .map(({ id, same_scope, fields }) => ({
      tenant_id: ctx.tenant_id,
      id: ctx.id(),
      deal_id: deal.id,
      other_deal_id: id,
      same_scope,
      fields,
      at: ctx.now,
    }))

/** Tells the host whom a registration met in the same scope. */
export function tellCollisions(ctx: Ctx, { deal, weighed: { rivals } }: WeighedDeal): void {
  for (const { id, partner_id, same_scope } of rivals)
    if (same_scope && partner_id !== deal.partner_id) ctx.emit(collided, { deal_id: deal.id, other_deal_id: id })
}

/** Writes what the host alone may know: the matched account, the plan value, and whom the registrations met; what stood before stays. */
export function writeInners(ctx: Ctx, all: readonly WeighedDeal[], options: { clash?: 'stays' } = stays): void {
  const inners = all.map(({ deal, weighed: { account_id, value_plan_minor } }) => ({
    tenant_id: ctx.tenant_id,
    deal_id: deal.id,
    account_id,
    amount_plan_minor: value_plan_minor,
  }))
  const conflicts = all.flatMap((one) => conflictsOf(ctx, one))
  insertLater(ctx, 'deal_inners', inners, options)
  insertLater(ctx, 'deal_conflicts', conflicts, options)
}

/** The decision of a rule on a registration, as it is recorded. */
export const decisionOf = (one: {
  deal: DealState
  decision: string
  weighed: Weighing
  said: Said
  reasons: Reason[]
}): Recorded => ({
  kind: 'deals.review',
  subject_type: 'deals',
  subject_id: one.deal.id,
  partner_id: one.deal.partner_id,
  outcome: one.decision,
  by: 'rule',
  judged: one.said.judged,
  facts: one.weighed.facts,
  reasons: one.reasons,
})

/** A registration as it was stored. */
export interface Registered extends Written {
  deal: DealState
  clocks: StartedClock[]
  decision: StoredDecision
}

/** Gives a number to each that has none. */
async function numbered(ctx: Ctx, all: readonly Written[]): Promise<DealState[]> {
  const without = all.filter(({ weighed }) => weighed.number === null).length
  const numbers = without > 0 ? await takeNumbers(ctx, without) : []
  return all.map(({ outcome: { deal }, weighed }) => ({
    ...deal,
    version: 1,
    number: weighed.number ?? numbers.shift() ?? null,
  }))
}

/**
 * Writes judged registrations, in one statement a table. Their places in line are locked and the scopes were seen to be free, so
 * only a person's own grant of this very moment can stand in one; the database then refuses them.
 */
export async function writeRegistrations(ctx: Ctx, all: readonly Written[]): Promise<Registered[]> {
  const deals = await numbered(ctx, all)
  insertLater(ctx, 'deals', deals)
  insertLater(
    ctx,
    'protections',
    all.flatMap((one) => scopesOf(ctx, one)),
  )
  writeInners(
    ctx,
    all.map(({ outcome: { deal }, weighed }) => ({ deal, weighed })),
    {},
  )
  insertLater(
    ctx,
    'deal_keys',
    all.flatMap(({ outcome: { deal } }) => keysOf(deal)),
  )
  const decisions = recordDecisions(
    ctx,
    all.map(({ outcome, ...one }) => decisionOf({ ...outcome, ...one })),
  )
  const clocks = await startClocks(
    ctx,
    all.flatMap(({ outcome }) => outcome.clocks),
  )
  const clocksOf = Map.groupBy(clocks, ({ subject_id }) => subject_id)
  return all.flatMap((one, i) => {
    const [deal, decision] = [deals[i], decisions[i]]
    return deal && decision ? [{ ...one, deal, decision, clocks: clocksOf.get(deal.id) ?? [] }] : []
  })
}
