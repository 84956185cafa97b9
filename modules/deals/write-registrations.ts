import { type StartedClock, startClocks } from '../../kernel/clocks.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { insertLater, insertRows } from '../../kernel/statements.ts'
import type { Reason } from '../decisions/contract.ts'
import { type Recorded, recordDecisions, type StoredDecision } from '../decisions/decide.ts'
import { collided } from './contract.ts'
import { familiesOf } from './find-rivals.ts'
import type { Said } from './judge-deal.ts'
import { keysOf, storeDeal } from './new-deal.ts'
import { takeNumbers } from './number-deals.ts'
import { changeDeal, freeScope, scopeRows } from './outcomes.ts'
import type { Outcome } from './plan-outcome.ts'
import type { DealState } from './queries.ts'
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

/** Writes what the host alone may know: the matched account, the plan value, and whom the registrations met. */
export function writeInners(ctx: Ctx, all: readonly WeighedDeal[]): void {
  const inners = all.map(({ deal, weighed: { account_id, value_plan_minor } }) => ({
    tenant_id: ctx.tenant_id,
    deal_id: deal.id,
    account_id,
    amount_plan_minor: value_plan_minor,
  }))
  const conflicts = all.flatMap((one) => conflictsOf(ctx, one))
  insertLater(ctx, 'deal_inners', inners, stays)
  insertLater(ctx, 'deal_conflicts', conflicts, stays)
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

/** Writes what stands beside the rows of new registrations. */
async function writeBeside(ctx: Ctx, all: readonly Written[]): Promise<{ clocks: StartedClock[]; decisions: StoredDecision[] }> {
  const deals = all.map(({ outcome: { deal }, weighed }) => ({ deal, weighed }))
  writeInners(ctx, deals)
  insertLater(
    ctx,
    'deal_keys',
    deals.flatMap(({ deal }) => keysOf(deal)),
    stays,
  )
  const decisions = recordDecisions(
    ctx,
    all.map(({ outcome, ...one }) => decisionOf({ ...outcome, ...one })),
  )
  const clocks = await startClocks(
    ctx,
    all.flatMap(({ outcome }) => outcome.clocks),
  )
  return { clocks, decisions }
}

/** Writes a batch of judged registrations in one statement a table. */
export async function writeRegistrations(ctx: Ctx, all: readonly Written[]): Promise<void> {
  const numbers = await takeNumbers(ctx, all.length)
  const deals = all.map(({ outcome: { deal } }, index) => ({ ...deal, version: 1, number: numbers[index] ?? null }))
  insertLater(ctx, 'deals', deals)
  const scopes = all.flatMap((one) => scopesOf(ctx, one))
  // The places in line are locked, so only a person's own grant of this very moment can stand here; then each row is saved by itself.
  if ((await insertRows(ctx, 'protections', scopes, stays)) < scopes.length)
    throw new Refusal('conflict', 'Somebody took one of these scopes just now')
  await writeBeside(ctx, all)
}

/** A registration as it was stored. */
export interface Registered extends Written {
  deal: DealState
  clocks: StartedClock[]
  decision: StoredDecision
}

const STANDING = ['review', 'protection', 'protected_until', 'decided_at'] as const

/** Writes one registration that was weighed and judged; where the database says that another holds a scope, a person looks. */
export async function writeRegistration(ctx: Ctx, plan: (isFree: boolean) => Written): Promise<Registered> {
  let one = plan(true)
  const { deal } = one.outcome
  const scopes = scopesOf(ctx, one)
  const { number, taken } = await storeDeal(ctx, deal, scopes)
  const isFree = taken === scopes.length
  if (!isFree) {
    // All of its scopes or none.
    if (taken > 0) await freeScope(ctx, deal)
    one = plan(false)
    await changeDeal(ctx, deal.id, Object.fromEntries(STANDING.map((column) => [column, one.outcome.deal[column]])))
  }
  const { clocks, decisions } = await writeBeside(ctx, [one])
  const [decision] = decisions
  if (!decision) throw new Error('A registration was stored without its decision')
  return { ...one, deal: { ...one.outcome.deal, number, version: isFree ? 1 : 2 }, clocks, decision }
}
