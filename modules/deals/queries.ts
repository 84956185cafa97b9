import { type RawBuilder, sql } from 'kysely'
import { minutesLeft } from '../../kernel/clocks.ts'
import type { Input, Output } from '../../kernel/contract.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage, keysetQuery, pageOf } from '../../kernel/pages.ts'
import { runRemembered } from '../../kernel/statements.ts'
import { inPartnerScope } from '../access/partner-scope.ts'
import { decisionsOf } from '../decisions/queries.ts'
import type { list } from './contract.ts'
import type { Deal } from './shapes.ts'

const ROW = [
  'd.id',
  'd.number',
  'd.version',
  'd.partner_id',
  'd.account_name',
  'd.account_domain',
  'd.country',
  'd.product',
  'd.more_products',
  'd.deal_type',
  'd.route',
  'd.amount_minor',
  'd.currency',
  'd.closes_on',
  'd.review',
  'd.protection',
  'd.stage',
  'd.price',
  'd.discount_asked_bps',
  'd.discount_granted_bps',
  'd.completed_at',
  'd.protected_until',
  'd.created_at',
] as const
const REST = [
  'd.partner_member_id',
  'd.customer_number',
  'd.region',
  'd.tender',
  'd.prepares_tender',
  'd.contact_name',
  'd.contact_email',
  'd.contact_basis',
  'd.evidence_on',
  'd.evidence_kind',
  'd.evidence_note',
  'd.description',
  'd.reason_code',
  'd.reason_text',
  'd.asked',
  'd.answered',
  'd.extensions',
  'd.decided_at',
  'd.free_products',
  'd.refused_products',
] as const

// The clock that runs out next, as one JSON value; a list shows its ring without a second trip.
const nextClock = sql<Output<typeof list>['items'][number]['clock']>`(select json_build_object('name', c.name, 'ball', c.ball,
    'started_at', to_char(c.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'due_at', to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'left_minutes', c.left_minutes, 'holder', h.name, 'calendar', c.calendar)
  from clocks c left join members h on h.tenant_id = c.tenant_id and h.id = c.holder_id
  where c.tenant_id = d.tenant_id and c.subject_type = 'deals' and c.subject_id = d.id and c.fired_at is null and c.ended_at is null and c.name <> 'deals.warning'
  order by c.due_at limit 1)`

/** The one door to deals: the party by row rights, the region by the caller's roles. */
export function visibleDeals(ctx: Ctx) {
  const query = ctx.db
    .selectFrom('deals as d')
    .innerJoin('partners', (join) =>
      join.onRef('partners.tenant_id', '=', 'd.tenant_id').onRef('partners.id', '=', 'd.partner_id'),
    )
    .leftJoin('deal_inners as i', (join) =>
      join
        .onRef('i.tenant_id', '=', 'd.tenant_id')
        .onRef('i.deal_id', '=', 'd.id')
        // Row rights leave a party none of them, which the planner cannot know: it would read the whole table to find that out.
        .on(ctx.actor.parties === '*' ? sql<boolean>`true` : sql<boolean>`false`),
    )
    .where('d.tenant_id', '=', ctx.tenant_id)
    .where(inPartnerScope(ctx))
  return ctx.actor.parties === '*' ? query : query.where('d.partner_id', 'in', [...ctx.actor.parties])
}

export const rowsOf = (ctx: Ctx) =>
  visibleDeals(ctx)
    .leftJoin('members as m', (join) =>
      join.onRef('m.tenant_id', '=', 'partners.tenant_id').onRef('m.id', '=', 'partners.manager_id'),
    )
    .select(ROW)
    .select([
      'm.name as manager_name',
      'i.amount_plan_minor',
      'i.account_id',
      'partners.name as partner_name',
      nextClock.as('clock'),
    ])

/** The customer's name or site contains these words. */
export const saysWords = (words: string): RawBuilder<boolean> =>
  sql`position(${words.toLowerCase()} in lower(d.account_name || ' ' || coalesce(d.account_domain, ''))) > 0`

/** Deals of a product, be it the leading one or a further one. */
export const hasProduct = (product: string) => sql<boolean>`(d.product = ${product} or ${product} = any(d.more_products))`

function filtered(ctx: Ctx, input: Input<typeof list>) {
  let query = rowsOf(ctx)
  if (input.review?.length) query = query.where('d.review', 'in', input.review)
  if (input.protection?.length) query = query.where('d.protection', 'in', input.protection)
  if (input.stage?.length) query = query.where('d.stage', 'in', input.stage)
  if (input.partner_id) query = query.where('d.partner_id', '=', input.partner_id)
  if (input.account_id) query = query.where('i.account_id', '=', input.account_id)
  if (input.product) query = query.where(hasProduct(input.product))
  if (input.country) query = query.where('d.country', '=', input.country)
  if (input.region) query = query.where('partners.region', '=', input.region)
  if (input.closes_from) query = query.where('d.closes_on', '>=', input.closes_from)
  if (input.closes_to) query = query.where('d.closes_on', '<=', input.closes_to)
  if (input.mine === 'true')
    query = query.where((eb) =>
      eb.or([eb('d.partner_member_id', '=', ctx.actor.member_id), eb('partners.manager_id', '=', ctx.actor.member_id)]),
    )
  const words = input.q?.toLowerCase()
  if (words) {
    const number = /^d?-?(\d{1,9})$/.exec(words)?.[1]
    query = number ? query.where('d.number', '=', Number(number)) : query.where(saysWords(words))
  }
  return query
}

type Ticking = { due_at: string | null; left_minutes: number | null; calendar?: WorkCalendar | null }

/** A clock with the working time that is left of it, as people count it. */
const counted = <C extends Ticking>(ctx: Ctx, clock: C): C => ({
  ...clock,
  left_minutes: clock.left_minutes ?? minutesLeft(ctx.now, clock.due_at, clock.calendar ?? null),
})
/** A row whose clock tells the working time left. */
export const timed = <R extends { clock: Output<typeof list>['items'][number]['clock'] }>(ctx: Ctx, row: R): R => ({
  ...row,
  clock: row.clock && counted(ctx, row.clock),
})

const SORTS = {
  created_at: sql`d.created_at`,
  closes_on: sql`d.closes_on`,
  amount: sql`d.amount_minor`,
  account_name: sql`d.account_name`,
  number: sql`d.number`,
}

const ORDER = { sorts: SORTS, fallback: '-created_at', id: sql`d.id` }

// What looks into its values is made anew each time: words may be a number, and a cursor is read.
const isPlain = ({ q, cursor }: Input<typeof list>) => q === undefined && cursor === undefined

async function plainPage(ctx: Ctx, { sort, limit, mine, ...rest }: Input<typeof list>) {
  // An empty list of a filter is none; it must not stand in the statement as a value.
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as typeof rest
  const shape = { limit, ...(sort ? { sort } : {}), ...(mine ? { mine } : {}) }
  const rows = await runRemembered(ctx, `deals.list ${JSON.stringify(shape)}`, given, (bare, marks) =>
    // Marks stand for the values that the contract has read.
    keysetQuery(filtered(bare, { ...(marks as typeof given), ...shape }), shape, ORDER),
  )
  return pageOf(rows, shape, ORDER)
}

export async function listDeals(ctx: Ctx, input: Input<typeof list>): Promise<Output<typeof list>> {
  const page = await (isPlain(input) ? plainPage(ctx, input) : keysetPage(filtered(ctx, input), input, ORDER))
  // Enumerated columns are texts to the database; the contract's parse narrows them on the way out.
  return { ...page, items: page.items.map((row) => timed(ctx, row)) } as unknown as Output<typeof list>
}

const clocksQuery = (ctx: Ctx, deal_id: string) =>
  ctx.db
    .selectFrom('clocks as c')
    .leftJoin('members as h', (join) => join.onRef('h.tenant_id', '=', 'c.tenant_id').onRef('h.id', '=', 'c.holder_id'))
    .select(['c.name', 'c.ball', 'c.started_at', 'c.due_at', 'c.left_minutes', 'c.calendar', 'h.name as holder'])
    .where('c.tenant_id', '=', ctx.tenant_id)
    .where('c.subject_type', '=', 'deals')
    .where('c.subject_id', '=', deal_id)
    .where('c.fired_at', 'is', null)
    .where('c.ended_at', 'is', null)
    .orderBy('c.due_at')

async function clocksOf(ctx: Ctx, id: string): Promise<Deal['clocks']> {
  const rows = await runRemembered(ctx, 'deals.clocks', { id }, (bare, marks) => clocksQuery(bare, marks.id))
  return rows.map((row) => counted(ctx, row)) as Deal['clocks']
}

const conflictsQuery = (ctx: Ctx, deal_id: string) =>
  ctx.db
    .selectFrom('deal_conflicts as c')
    .innerJoin('deals as d', (join) =>
      join
        .onRef('d.tenant_id', '=', 'c.tenant_id')
        .on(sql<boolean>`d.id = case when c.deal_id = ${deal_id} then c.other_deal_id else c.deal_id end`),
    )
    .innerJoin('partners as p', (join) => join.onRef('p.tenant_id', '=', 'd.tenant_id').onRef('p.id', '=', 'd.partner_id'))
    .select([
      'd.id as deal_id',
      'd.number',
      'd.partner_id',
      'd.account_name',
      'd.account_domain',
      'd.country',
      'd.product',
      'd.more_products',
      'd.amount_minor',
      'd.currency',
    ])
    .select([
      'd.review',
      'd.protection',
      'd.completed_at',
      'd.protected_until',
      'c.same_scope',
      'c.fields',
      'c.deal_id as from_id',
      'p.name as partner_name',
    ])
    .where('c.tenant_id', '=', ctx.tenant_id)
    .where((eb) => eb.or([eb('c.deal_id', '=', deal_id), eb('c.other_deal_id', '=', deal_id)]))
    .orderBy('c.at', 'desc')
    .limit(20)

/** The other registrations that met this one: the host's two cards. */
async function conflictsOf(ctx: Ctx, deal_id: string): Promise<Deal['conflicts']> {
  if (ctx.actor.side !== 'inner') return undefined
  const rows = await runRemembered(ctx, 'deals.conflicts', { deal_id }, (bare, marks) => conflictsQuery(bare, marks.deal_id))
  return rows.map(({ from_id, fields, ...row }) => {
    const joined = fields as NonNullable<Deal['conflicts']>[number]['fields']
    return {
      ...row,
      fields: from_id === deal_id ? joined : joined.map(({ ours, theirs, ...one }) => ({ ...one, ours: theirs, theirs: ours })),
    }
  }) as Deal['conflicts']
}

export async function getDeal(ctx: Ctx, { id }: { id: string }): Promise<Deal> {
  const [[row], decisions, clocks, conflicts] = await Promise.all([
    runRemembered(ctx, 'deals.get', { id }, (bare, marks) =>
      rowsOf(bare)
        .leftJoin('members as s', (join) =>
          join.onRef('s.tenant_id', '=', 'd.tenant_id').onRef('s.id', '=', 'd.partner_member_id'),
        )
        .select(REST)
        .select(['s.name as submitted_by', 'i.internal_note'])
        .where('d.id', '=', marks.id),
    ),
    decisionsOf(ctx, { subject_type: 'deals', subject_id: id }, 1),
    clocksOf(ctx, id),
    conflictsOf(ctx, id),
  ])
  if (!row) throw new Refusal('not_found', 'There is no such deal, or it is not yours to see')
  return { ...timed(ctx, row), decision: decisions[0] ?? null, clocks, conflicts } as unknown as Deal
}

/** The stored row of a deal that the caller sees, locked, whatever its version. */
export async function lockedDeal(ctx: Ctx, id: string) {
  const seen = await visibleDeals(ctx).select('d.id').where('d.id', '=', id).executeTakeFirst()
  if (!seen) return undefined
  return ctx.db
    .selectFrom('deals')
    .selectAll()
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** The stored row, locked, its version matched; for verbs that change it. */
export async function dealForUpdate(ctx: Ctx, id: string) {
  const row = await lockedDeal(ctx, id)
  if (!row) throw new Refusal('not_found', 'There is no such deal, or it is not yours to see')
  ctx.match(row.version)
  return row
}
export type DealState = Awaited<ReturnType<typeof dealForUpdate>>
