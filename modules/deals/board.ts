import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { reportingCurrency } from '../ecosystems/queries.ts'
import type { board } from './contract.ts'
import { timed, withClocks } from './list-deals.ts'
import { hasProduct, rowsOf } from './queries.ts'
import { STAGE } from './rules.ts'

interface Total {
  stage: string
  count: number
  sum_plan_minor: number | null
}

const SLOW_MILLIS = 100
const TIMES = 100
const LONGEST_MILLIS = 60_000
const MOST = 200
const kept = new Map<string, { until: number; totals: Total[] }>()

/**
 * Totals that take long to count are kept for a hundred times as long as that and a minute at most, for all on the host's side who see
 * the same: a small host's sums are never old. While one counts anew, the others see the old ones.
 */
async function keptTotals(ctx: Ctx, input: Input<typeof board>, count: () => Promise<Total[]>): Promise<Total[]> {
  if (ctx.actor.parties !== '*') return count()
  const key = JSON.stringify([ctx.tenant_id, ctx.actor.scope, input.partner_id, input.product])
  const found = kept.get(key)
  const started = Date.now()
  if (found && found.until > started) return found.totals
  if (found) found.until = started + SLOW_MILLIS * TIMES
  const totals = await count()
  const took = Date.now() - started
  kept.delete(key)
  if (kept.size >= MOST) kept.clear()
  if (took > SLOW_MILLIS) kept.set(key, { until: Date.now() + Math.min(took * TIMES, LONGEST_MILLIS), totals })
  return totals
}

const COLUMN = 30

/** One column a sales stage: its newest deals, and count and sum over all of them. */
export async function dealBoard(ctx: Ctx, input: Input<typeof board>): Promise<Output<typeof board>> {
  const narrowed = <Q extends ReturnType<typeof rowsOf>>(query: Q) => {
    let narrow = query.where('d.review', 'in', ['submitted', 'under_review', 'info_requested', 'approved'])
    if (input.partner_id) narrow = narrow.where('d.partner_id', '=', input.partner_id)
    if (input.product) narrow = narrow.where(hasProduct(input.product))
    return narrow
  }
  const currency = await reportingCurrency(ctx)
  const totals = await keptTotals(ctx, input, () =>
    narrowed(rowsOf(ctx))
      .clearSelect()
      .select([
        'd.stage',
        sql<number>`count(*)::int`.as('count'),
        sql<number | null>`sum(i.amount_plan_minor)::int8`.as('sum_plan_minor'),
      ])
      .groupBy('d.stage')
      .execute(),
  )
  const columns = await Promise.all(
    STAGE.all.map(async (stage) => {
      const total = totals.find((one) => one.stage === stage)
      const newest = narrowed(rowsOf(ctx))
        .where('d.stage', '=', stage)
        .orderBy('d.created_at', 'desc')
        .orderBy('d.id', 'desc')
        .limit(sql.lit(COLUMN))
      const query = withClocks(ctx, newest, sql`page.created_at desc, page.id desc`)
      const items = total ? (await ctx.db.executeQuery(query.compile())).rows : []
      return {
        stage,
        count: total?.count ?? 0,
        sum_plan_minor: ctx.actor.side === 'inner' ? (total?.sum_plan_minor ?? 0) : null,
        items: items.map((row) => timed(ctx, row)),
      }
    }),
  )
  return { columns, currency } as unknown as Output<typeof board>
}
