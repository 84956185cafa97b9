import { type Compilable, type Expression, type RawBuilder, sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetQuery, pageOf } from '../../kernel/pages.ts'
import { runRemembered } from '../../kernel/statements.ts'
import type { list } from './contract.ts'
import { counted, hasProduct, isOutsideTerritory, rowsOf, saysWords } from './queries.ts'

/** The clock that runs out next, as columns beside its deal's; all null where none runs. */
interface ClockColumns {
  clock_name: string | null
  clock_ball: string | null
  clock_started_at: string | null
  clock_due_at: string | null
  clock_left_minutes: number | null
  clock_calendar: WorkCalendar | null
  clock_holder: string | null
}

/**
 * Rows of deals, each with the clock that runs out next. The clocks are looked up once for all rows; in a subquery of each row
 * they cost as much as the rest of the list.
 */
export function withClocks<R extends { id: string }>(
  ctx: Ctx,
  rows: Compilable<R> & Expression<R>,
  order: RawBuilder<unknown>,
): Compilable<R & ClockColumns> {
  // Both are materialised: where the planner expects a single row it would look the clocks up again for each.
  const query = sql<R & ClockColumns>`with page as materialized ${rows}, running as materialized (
      select distinct on (c.subject_id) c.subject_id as clock_of, c.name as clock_name, c.ball as clock_ball, c.started_at as clock_started_at,
        c.due_at as clock_due_at, c.left_minutes as clock_left_minutes, c.calendar as clock_calendar, h.name as clock_holder
      from clocks c left join members h on h.tenant_id = c.tenant_id and h.id = c.holder_id
      where c.tenant_id = ${ctx.tenant_id} and c.subject_type = 'deals' and c.subject_id = any(array(select id from page))
        and c.fired_at is null and c.ended_at is null and c.name <> 'deals.warning'
      order by c.subject_id, c.due_at)
    select page.*, k.* from page left join running k on k.clock_of = page.id order by ${order}`
  return { compile: () => query.compile(ctx.db) }
}

/** A row with its clock, which tells the working time left. */
export function timed<R extends ClockColumns>(ctx: Ctx, row: R) {
  const clock = {
    name: row.clock_name,
    ball: row.clock_ball,
    started_at: row.clock_started_at,
    due_at: row.clock_due_at,
    left_minutes: row.clock_left_minutes,
    calendar: row.clock_calendar,
    holder: row.clock_holder,
  }
  // Into the row itself: a copy of forty columns for each of a page's rows is felt.
  return Object.assign(row, { clock: row.clock_name === null ? null : counted(ctx, clock) })
}

const STATES = ['review', 'protection', 'stage'] as const

function filtered(ctx: Ctx, input: Input<typeof list>) {
  let query = rowsOf(ctx)
  for (const state of STATES) {
    const values = input[state]
    // In the statement itself: with values that it knows the planner sees whether to read in order or to sort.
    if (values?.length) query = query.where(sql<boolean>`${sql.ref(`d.${state}`)} in (${sql.join(values.map(sql.lit))})`)
  }
  if (input.id) query = query.where('d.id', 'in', input.id)
  if (input.partner_id) query = query.where('d.partner_id', '=', input.partner_id)
  if (input.account_id) query = query.where('i.account_id', '=', input.account_id)
  if (input.product) query = query.where(hasProduct(input.product))
  if (input.country) query = query.where('d.country', '=', input.country)
  if (input.region)
    query = query.where(sql<boolean>`(partners.region = ${input.region} or ${input.region} = any(partners.more_regions))`)
  if (input.closes_from) query = query.where('d.closes_on', '>=', input.closes_from)
  if (input.closes_to) query = query.where('d.closes_on', '<=', input.closes_to)
  if (input.mine === 'true')
    query = query.where((eb) =>
      eb.or([eb('d.partner_member_id', '=', ctx.actor.member_id), eb('partners.manager_id', '=', ctx.actor.member_id)]),
    )
  if (input.out_of_territory === 'true') query = query.where(isOutsideTerritory)
  if (input.out_of_territory === 'false') query = query.where(sql<boolean>`${isOutsideTerritory} is not true`)
  const words = input.q?.toLowerCase()
  if (words) {
    const number = /^d?-?(\d{1,9})$/.exec(words)?.[1]
    query = number ? query.where('d.number', '=', Number(number)) : query.where(saysWords(words))
  }
  return query
}

const SORTS = {
  created_at: sql`d.created_at`,
  // As the index has it; a draft may have no month.
  closes_on: sql`coalesce(d.closes_on, 'infinity'::date)`,
  amount: sql`d.amount_minor`,
  account_name: sql`d.account_name`,
  number: sql`d.number`,
}

const ORDER = { sorts: SORTS, fallback: '-created_at', id: sql`d.id` }

const orderOf = ({ sort }: Input<typeof list>): RawBuilder<unknown> =>
  (sort ?? ORDER.fallback).startsWith('-') ? sql`page.sort_value desc, page.id desc` : sql`page.sort_value, page.id`

// What looks into its values is made anew each time: words may be a number, and a cursor is read.
const isPlain = ({ id, q, cursor }: Input<typeof list>) => id === undefined && q === undefined && cursor === undefined

const defined = <T extends object>(input: T) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as T

function plainRows(ctx: Ctx, { sort, limit, mine, out_of_territory, review, protection, stage, ...rest }: Input<typeof list>) {
  // What is not given gets no mark: a mark stands for a value, so the statement would filter by it.
  const given = defined(rest)
  const shape = { limit, ...defined({ sort, mine, out_of_territory, review, protection, stage }) }
  return runRemembered(ctx, `deals.list ${JSON.stringify(shape)}`, given, (bare, marks) =>
    // Marks stand for the values that the contract has read.
    withClocks(bare, keysetQuery(filtered(bare, { ...(marks as typeof given), ...shape }), shape, ORDER), orderOf(shape)),
  )
}

async function foundRows(ctx: Ctx, input: Input<typeof list>) {
  const query = withClocks(ctx, keysetQuery(filtered(ctx, input), input, ORDER), orderOf(input))
  return (await ctx.db.executeQuery(query.compile())).rows
}

export async function listDeals(ctx: Ctx, input: Input<typeof list>): Promise<Output<typeof list>> {
  const page = pageOf(await (isPlain(input) ? plainRows(ctx, input) : foundRows(ctx, input)), input, ORDER)
  // Enumerated columns are texts to the database; the contract's parse narrows them on the way out.
  return { ...page, items: page.items.map((row) => timed(ctx, row)) } as unknown as Output<typeof list>
}
