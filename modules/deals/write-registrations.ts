import { sql } from 'kysely'
import { startClocks } from '../../kernel/clocks.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
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

/** Inserts rows whose keys are columns; gives the number of those that went in. */
async function put(ctx: Ctx, table: string, rows: readonly object[]): Promise<number> {
  const [first] = rows
  if (!first) return 0
  const names = sql.join(Object.keys(first).map((name) => sql.ref(name)))
  const { rows: done } = await sql`insert into ${sql.table(table)} (${names})
    select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing returning tenant_id`.execute(ctx.db)
  return done.length
}

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
  await put(ctx, 'deals', deals)
  const scopes = scopesOf(ctx, all)
  // The places in line are locked, so only a person's own grant of this very moment can stand here; then each row is saved by itself.
  if ((await put(ctx, 'protections', scopes)) < scopes.length)
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
    put(ctx, 'deal_inners', inners),
    put(ctx, 'deal_keys', keys),
    put(ctx, 'deal_conflicts', conflictsOf(ctx, all)),
    startClocks(
      ctx,
      all.flatMap(({ outcome }) => outcome.clocks),
    ),
    recordDecisions(ctx, decisions),
  ])
}
