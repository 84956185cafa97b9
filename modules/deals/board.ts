import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { runRemembered } from '../../kernel/statements.ts'
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

/** Which deals stand on it. */
type Narrowed = { partner_id?: string; product?: string }

const SLOW_MILLIS = 100
const TIMES = 100
const LONGEST_MILLIS = 60_000
const MOST = 200
const kept = new Map<string, { until: number; totals: Total[] }>()

/**
 * Totals that take long to count are kept for a hundred times as long as that and a minute at most, for all on the host's side who see
 * the same: a small host's sums are never old. While one counts anew, the others see the old ones.
 */
async function keptTotals(ctx: Ctx, input: Narrowed, count: () => Promise<Total[]>): Promise<Total[]> {
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

const LIVE = sql<boolean>`d.review in ('submitted', 'under_review', 'info_requested', 'approved')`

function narrowed<Q extends ReturnType<typeof rowsOf>>(query: Q, { partner_id, product }: Narrowed) {
  let narrow = query.where(LIVE)
  if (partner_id) narrow = narrow.where('d.partner_id', '=', partner_id)
  if (product) narrow = narrow.where(hasProduct(product))
  return narrow
}

const countTotals = (ctx: Ctx, input: Narrowed): Promise<Total[]> =>
  runRemembered<Total, Narrowed>(ctx, 'deals.board totals', input, (bare, marks) =>
    narrowed(rowsOf(bare), marks)
      .clearSelect()
      .select([
        'd.stage',
        sql<number>`count(*)::int`.as('count'),
        sql<number | null>`sum(i.amount_plan_minor)::int8`.as('sum_plan_minor'),
      ])
      .groupBy('d.stage'),
  )

const newestOf = (ctx: Ctx, stage: string, input: Narrowed) =>
  runRemembered(ctx, `deals.board ${stage}`, input, (bare, marks) => {
    const newest = narrowed(rowsOf(bare), marks)
      // Written into the statement, as the limit: the planner sees how far it has to read.
      .where('d.stage', '=', sql.lit(stage))
      .orderBy('d.created_at', 'desc')
      .orderBy('d.id', 'desc')
      .limit(sql.lit(COLUMN))
    return withClocks(bare, newest, sql`page.created_at desc, page.id desc`)
  })

/** One column a sales stage: its newest deals, and count and sum over all of them. */
export async function dealBoard(ctx: Ctx, { partner_id, product }: Input<typeof board>): Promise<Output<typeof board>> {
  const input: Narrowed = { ...(partner_id ? { partner_id } : {}), ...(product ? { product } : {}) }
  const [currency, totals] = await Promise.all([reportingCurrency(ctx), keptTotals(ctx, input, () => countTotals(ctx, input))])
  const columns = await Promise.all(
    STAGE.all.map(async (stage) => {
      const total = totals.find((one) => one.stage === stage)
      const items = total ? await newestOf(ctx, stage, input) : []
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
