import { type RawBuilder, sql } from 'kysely'
import { minutesLeft } from '../../kernel/clocks.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { runRemembered } from '../../kernel/statements.ts'
import { inPartnerScope } from '../access/partner-scope.ts'
import { decisionsOf } from '../decisions/queries.ts'
import { CLOSED } from './rules.ts'
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
    .select(['m.name as manager_name', 'i.amount_plan_minor', 'i.account_id', 'partners.name as partner_name'])

/** The customer's name or site contains these words. */
export const saysWords = (words: string): RawBuilder<boolean> =>
  sql`position(${words.toLowerCase()} in lower(d.account_name || ' ' || coalesce(d.account_domain, ''))) > 0`

/** Deals of a product, be it the leading one or a further one. */
export const hasProduct = (product: string) => sql<boolean>`(d.product = ${product} or ${product} = any(d.more_products))`

/**
 * Deals whose last decision saw them outside the partner's territory, as the record warns. Those ever seen so are few and have an index;
 * the last decision is looked at for these alone.
 */
export const isOutsideTerritory = sql<boolean>`(d.review not in (${sql.join(CLOSED.map(sql.lit))})
  and exists (select from decisions w where w.tenant_id = d.tenant_id and w.subject_type = 'deals' and w.subject_id = d.id
    and w.facts ->> 'out_of_territory' = 'true')
  and (select x.facts ->> 'out_of_territory' from decisions x where x.tenant_id = d.tenant_id and x.subject_type = 'deals' and x.subject_id = d.id
    order by x.id desc limit 1) = 'true')`

type Ticking = { due_at: string | null; left_minutes: number | null; calendar?: WorkCalendar | null }

/** A clock with the working time that is left of it, as people count it. */
export const counted = <C extends Ticking>(ctx: Ctx, clock: C): C => ({
  ...clock,
  left_minutes: clock.left_minutes ?? minutesLeft(ctx.now, clock.due_at, clock.calendar ?? null),
})

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
  const clock = clocks.find(({ name }) => name !== 'deals.warning') ?? null
  return { ...row, clock, decision: decisions[0] ?? null, clocks, conflicts } as unknown as Deal
}

/** The stored row of a deal that the caller sees, locked, whatever its version. */
export async function lockedDeal(ctx: Ctx, id: string) {
  const [row] = await runRemembered(ctx, 'deals.locked', { id }, (bare, marks) =>
    visibleDeals(bare).selectAll('d').where('d.id', '=', marks.id).forUpdate('d'),
  )
  return row
}

/** The stored row, locked, its version matched; for verbs that change it. */
export async function dealForUpdate(ctx: Ctx, id: string) {
  const row = await lockedDeal(ctx, id)
  if (!row) throw new Refusal('not_found', 'There is no such deal, or it is not yours to see')
  ctx.match(row.version)
  return row
}
export type DealState = Awaited<ReturnType<typeof dealForUpdate>>
