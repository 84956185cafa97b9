import { startClocks } from '../../kernel/clocks.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { insertRows } from '../../kernel/statements.ts'
import type { Reason } from '../decisions/contract.ts'
import type { Judged } from '../decisions/decide.ts'
import { recordDecisions } from '../decisions/decide.ts'
import { customerKeys } from './customer.ts'
import { takeNumbers } from './number-deals.ts'
import type { Outcome } from './plan-outcome.ts'
import { customerOf } from './weigh-deal.ts'
import type { Weighing } from './weigh-many.ts'

export interface Written {
  outcome: Outcome
  weighed: Weighing
  judged: Judged | null
  reasons: Reason[]
}

const stays = { clash: 'stays' } as const

const scopesOf = (ctx: Ctx, all: readonly Written[]) =>
  all.flatMap(({ outcome: { deal, until_at }, weighed }) =>
    until_at === null
      ? []
      : [
          {
            tenant_id: ctx.tenant_id,
            id: ctx.id(),
            deal_id: deal.id,
            partner_id: deal.partner_id,
            account_key: weighed.account_key,
            product_family: weighed.families.get(deal.product) ?? deal.product,
            country: deal.country,
            from_at: ctx.now,
            until_at,
          },
        ],
  )

const conflictsOf = (ctx: Ctx, all: readonly Written[]) =>
  all.flatMap(({ outcome: { deal }, weighed }) =>
    weighed.rivals
      .filter((rival) => rival.partner_id !== deal.partner_id)
      .map(({ id, same_scope, fields }) => ({
        tenant_id: ctx.tenant_id,
        id: ctx.id(),
        deal_id: deal.id,
        other_deal_id: id,
        same_scope,
        fields,
        at: ctx.now,
      })),
  )

/** Writes a batch of judged registrations in one statement a table. */
export async function writeRegistrations(ctx: Ctx, all: readonly Written[]): Promise<void> {
  const { tenant_id } = ctx
  const numbers = await takeNumbers(ctx, all.length)
  const deals = all.map(({ outcome: { deal } }, index) => ({ ...deal, version: 1, number: numbers[index] ?? null }))
  await insertRows(ctx, 'deals', deals)
  const scopes = scopesOf(ctx, all)
  // The places in line are locked, so only a person's own grant of this very moment can stand here; then each row is saved by itself.
  if ((await insertRows(ctx, 'protections', scopes, stays)) < scopes.length)
    throw new Refusal('conflict', 'Somebody took one of these scopes just now')
  const inners = all.map(({ outcome: { deal }, weighed: { account_id, value_plan_minor } }) => ({
    tenant_id,
    deal_id: deal.id,
    account_id,
    amount_plan_minor: value_plan_minor,
  }))
  const keys = deals.flatMap((deal) =>
    customerKeys(customerOf(deal)).map((key) => ({ tenant_id, key, deal_id: deal.id, partner_id: deal.partner_id })),
  )
  const decisions = all.map(({ outcome: { deal, decision }, weighed: { facts }, judged, reasons }) => ({
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: deal.id,
    partner_id: deal.partner_id,
    outcome: decision,
    by: 'rule' as const,
    judged,
    facts,
    reasons,
  }))
  await Promise.all([
    insertRows(ctx, 'deal_inners', inners, stays),
    insertRows(ctx, 'deal_keys', keys, stays),
    insertRows(ctx, 'deal_conflicts', conflictsOf(ctx, all), stays),
    startClocks(
      ctx,
      all.flatMap(({ outcome }) => outcome.clocks),
    ),
    recordDecisions(ctx, decisions),
  ])
}
