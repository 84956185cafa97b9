import { type RawBuilder, sql } from 'kysely'
import { foldToken, normaliseName } from '../../algorithms/matching/normalise.ts'
import { minutesLeft } from '../../kernel/clocks.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import type { Ctx, InboxRow, SearchHit } from '../../kernel/module.ts'
import { runRemembered } from '../../kernel/statements.ts'
import { priceJudge } from './price-terms.ts'
import { saysWords, visibleDeals } from './queries.ts'
import { UNSAID } from './rules.ts'

const SHOWN = 50

interface Row {
  id: string
  number: number | null
  account_name: string
  product: string
  partner_name: string
  review: string
  protection: string
  price: string
  discount_asked_bps: number
  asked: string | null
  due_at: string | null
  started_at: string | null
  left_minutes: number | null
  calendar: WorkCalendar | null
}

const columns = [
  'd.id',
  'd.number',
  'd.account_name',
  'd.product',
  'd.review',
  'd.protection',
  'd.price',
  'd.discount_asked_bps',
  'd.asked',
  'partners.name as partner_name',
] as const

// Its clocks by name, so that a row's ring is the one of what it asks.
const clocked = (ctx: Ctx, name: string) =>
  visibleDeals(ctx)
    .leftJoin('clocks as c', (join) =>
      join
        .onRef('c.tenant_id', '=', 'd.tenant_id')
        .onRef('c.subject_id', '=', 'd.id')
        .on('c.subject_type', '=', 'deals')
        .on('c.name', '=', name)
        .on('c.fired_at', 'is', null)
        .on('c.ended_at', 'is', null),
    )
    .select(columns)
    .select(['c.due_at', 'c.started_at', 'c.calendar', 'c.left_minutes'])
    .orderBy(sql`c.due_at nulls last`)
    .orderBy('d.id')
    // Written into the statement: a plan that does not know how few are asked reads them all and sorts.
    .limit(sql.lit(SHOWN))

interface Asks {
  kind: string
  ball: InboxRow['ball']
  values?: Record<string, string | number | null>
}

// Readers name in their own language whom a draft does not name yet.
const titleOf = ({ account_name }: Pick<Row, 'account_name'>): string =>
  account_name === UNSAID.account_name ? '' : account_name

const rowOf = (now: string, row: Row, { kind, ball, values = {} }: Asks): InboxRow => ({
  id: `deals:${row.id}:${kind}`,
  kind: `deals.${kind}`,
  title: titleOf(row),
  why: { key: `deals.${kind}`, values: { number: row.number, product: row.product, partner: row.partner_name, ...values } },
  subject_type: 'deals',
  subject_id: row.id,
  due_at: row.due_at,
  started_at: row.started_at,
  left_minutes: row.left_minutes ?? minutesLeft(now, row.due_at, row.calendar),
  ball,
})

type Build = ReturnType<typeof clocked>

// Built once for each shape of caller: an inbox is opened all day.
const rowsFor = (ctx: Ctx, name: string, build: (bare: Ctx, marks: { now: string }) => Build): Promise<Row[]> =>
  runRemembered<Row, { now: string }>(ctx, `deals.inbox ${name}`, { now: ctx.now }, build)

async function hostRows(ctx: Ctx): Promise<InboxRow[]> {
  // What another manager holds is not this person's to decide now; the list of deals shows it.
  const decide = (bare: Ctx) =>
    clocked(bare, 'deals.review')
      .where('c.id', 'is not', null)
      .where('d.review', '=', 'under_review')
      .where((eb) => eb.or([eb('c.holder_id', 'is', null), eb('c.holder_id', '=', bare.actor.member_id)]))
  const [decided, priced] = await Promise.all([
    ctx.can('deals.approve') ? rowsFor(ctx, 'decide', decide) : [],
    ctx.can('deals.grant_price') ? priceRows(ctx) : [],
  ])
  return [...decided.map((row) => rowOf(ctx.now, row, { kind: 'decide', ball: 'inner' })), ...priced]
}

/** Prices that wait for this person: those within what the terms let their roles grant. */
async function priceRows(ctx: Ctx): Promise<InboxRow[]> {
  const asked = await clocked(ctx, 'deals.price')
    .select([
      'partners.region',
      sql<string[]>`array(select t.track from partner_tracks t where t.tenant_id = d.tenant_id and t.partner_id = d.partner_id
        order by t.track)`.as('tracks'),
    ])
    // Written into the statement, so that the few that are asked are found by their own index.
    .where('d.price', '=', sql.lit('asked'))
    .where('d.review', 'in', ['submitted', 'under_review', 'approved'])
    .execute()
  const may = priceJudge(ctx)
  const mine = await Promise.all(asked.map((row) => may(row, row.discount_asked_bps)))
  return asked.flatMap((row, i) =>
    mine[i] ? [rowOf(ctx.now, row, { kind: 'price', ball: 'inner', values: { percent: row.discount_asked_bps / 100 } })] : [],
  )
}

async function partnerRows(ctx: Ctx): Promise<InboxRow[]> {
  if (!ctx.can('deals.register')) return []
  const [held, asked, soon, drafts] = await Promise.all([
    rowsFor(ctx, 'held', (bare) =>
      clocked(bare, 'deals.hold').where('d.review', '=', 'submitted').where('d.protection', '=', 'held'),
    ),
    rowsFor(ctx, 'asked', (bare) => clocked(bare, 'deals.review').where('d.review', '=', 'info_requested')),
    rowsFor(ctx, 'soon', (bare, { now }) =>
      clocked(bare, 'deals.protection')
        .where('d.protection', '=', 'protected')
        .where('d.stage', 'not in', ['won', 'lost'])
        .where(sql<boolean>`d.protected_until < ${now}::timestamptz + interval '14 days'`),
    ),
    rowsFor(ctx, 'drafts', (bare) =>
      clocked(bare, 'deals.hold').where('d.review', '=', 'draft').where('d.partner_member_id', '=', bare.actor.member_id),
    ),
  ])
  return [
    ...held.map((row) => rowOf(ctx.now, row, { kind: 'evidence', ball: 'outer' })),
    ...asked.map((row) => rowOf(ctx.now, row, { kind: 'asked', ball: 'outer', values: { asked: row.asked } })),
    ...soon.map((row) => rowOf(ctx.now, row, { kind: 'ending', ball: 'outer' })),
    ...drafts.map((row) => rowOf(ctx.now, row, { kind: 'draft', ball: 'outer' })),
  ]
}

/** What of deals needs this person now. */
export const dealInbox = (ctx: Ctx): Promise<InboxRow[]> => (ctx.actor.side === 'inner' ? hostRows(ctx) : partnerRows(ctx))

const FOUND = 200

// All deals of a host are too many to look through: the beginning of a name, of a word of it or of a site finds some to look at.
function foundByKey(ctx: Ctx, words: string): RawBuilder<boolean> {
  const tokens = normaliseName(words).tokens.map(foldToken)
  const beginnings = [
    `d:${words.toLowerCase()}`,
    ...(tokens.length > 0 ? [`h:${tokens.slice(0, 2).join(' ')}`] : []),
    ...tokens.map((one) => `w:${one}`),
  ]
  const each = beginnings.map(
    (key) =>
      sql`(select k.deal_id from deal_keys k where k.tenant_id = ${ctx.tenant_id} and k.key >= ${key} and k.key < ${`${key}~`} limit ${sql.lit(FOUND)})`,
  )
  return sql`d.id in (${sql.join(each, sql` union all `)})`
}

/** Deals by words of the customer, its site or the number; for a host a search is narrowed by keys first. */
export async function searchDeals(ctx: Ctx, words: string): Promise<SearchHit[]> {
  if (!ctx.can('deals.read')) return []
  const number = /^d?-?(\d{1,9})$/i.exec(words)?.[1]
  const query = visibleDeals(ctx).select(['d.id', 'd.number', 'd.account_name', 'd.product', 'partners.name as partner_name'])
  const found = number
    ? query.where('d.number', '=', Number(number))
    : query.where(saysWords(words)).$if(ctx.actor.parties === '*', (all) => all.where(foundByKey(ctx, words)))
  const rows = await found.orderBy('d.created_at', 'desc').limit(8).execute()
  return rows.map((row) => ({
    type: 'deals',
    id: row.id,
    title: titleOf(row),
    detail: `D-${row.number} · ${row.product} · ${row.partner_name}`,
    said: [
      { as: 'text', value: `D-${row.number}` },
      { as: 'product', value: row.product },
      { as: 'text', value: row.partner_name },
    ],
  }))
}
