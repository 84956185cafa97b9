import { type ExpressionBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Tables } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx, SearchHit } from '../../kernel/module.ts'
import { keysetPage } from '../../kernel/pages.ts'
import { inPartnerScope, worksIn } from '../access/partner-scope.ts'
import type * as contract from './contract.ts'
import type { PartnerTrack } from './shapes.ts'

/** The one door to partners: the tenant's, in the actor's scope; row rights leave a party only its own. */
export const visiblePartners = (ctx: Ctx) =>
  ctx.db.selectFrom('partners').where('partners.tenant_id', '=', ctx.tenant_id).where(inPartnerScope(ctx))

type Eb = ExpressionBuilder<Tables, 'partners'>

const memberName = (ctx: Ctx, eb: Eb, column: 'manager_id' | 'executive_sponsor_id') =>
  eb
    .selectFrom('members')
    .select('members.name')
    .where('members.tenant_id', '=', ctx.tenant_id)
    .whereRef('members.id', '=', `partners.${column}`)

const partnerName = (ctx: Ctx, eb: Eb, column: 'parent_id' | 'distributor_id') =>
  eb
    .selectFrom('partners as other')
    .select('other.name')
    .where('other.tenant_id', '=', ctx.tenant_id)
    .whereRef('other.id', '=', `partners.${column}`)

const tracksOf = (ctx: Ctx, eb: Eb) =>
  jsonArrayFrom(
    eb
      .selectFrom('partner_tracks')
      .select(['track', 'tier'])
      .where('partner_tracks.tenant_id', '=', ctx.tenant_id)
      .whereRef('partner_tracks.partner_id', '=', 'partners.id')
      .orderBy('track'),
  ).$castTo<PartnerTrack[]>()

const ROW = [
  'partners.id',
  'number',
  'partners.name',
  'legal_name',
  'domain',
  'country',
  'region',
  'more_regions',
  'status',
  'parent_id',
  'distributor_id',
  'manager_id',
  'version',
  'partners.created_at',
] as const

type Status = Output<typeof contract.get>['status']
// The column's check holds these very words.
const status = sql<Status>`partners.status`

export async function listPartners(ctx: Ctx, input: Input<typeof contract.list>): Promise<Output<typeof contract.list>> {
  let query = visiblePartners(ctx)
    .select(ROW)
    .select((eb) => [tracksOf(ctx, eb).as('tracks'), memberName(ctx, eb, 'manager_id').as('manager_name'), status.as('status')])
    .where('archived_at', 'is', null)
  const { q, track, tier, region, manager_id } = input
  if (q) {
    query = query.where(
      sql<boolean>`strpos(lower(concat_ws(' ', partners.name, partners.legal_name, partners.domain, partners.number)), ${q.toLowerCase()}) > 0`,
    )
  }
  if (track || tier !== undefined) {
    query = query.where(({ exists, selectFrom }) => {
      let held = selectFrom('partner_tracks as t').select('t.track').where('t.tenant_id', '=', ctx.tenant_id)
      held = held.whereRef('t.partner_id', '=', 'partners.id')
      if (track) held = held.where('t.track', 'in', track)
      if (tier !== undefined) held = held.where('t.tier', '=', tier)
      return exists(held)
    })
  }
  if (region) query = query.where(worksIn(ctx, region))
  if (input.country) query = query.where('country', 'in', input.country)
  if (input.status) query = query.where('partners.status', 'in', input.status)
  if (manager_id === 'none') query = query.where('manager_id', 'is', null)
  else if (manager_id) query = query.where('manager_id', '=', manager_id)
  for (const column of ['parent_id', 'distributor_id'] as const) {
    const id = input[column]
    if (id) query = query.where(`partners.${column}`, '=', id)
  }
  return keysetPage(query, input, {
    sorts: {
      name: sql`partners.name`,
      number: sql`partners.number`,
      created: sql`partners.created_at`,
      country: sql`partners.country`,
      status: sql`partners.status`,
    },
    fallback: 'name',
    id: sql`partners.id`,
  })
}

export async function getPartner(ctx: Ctx, { id }: { id: string }): Promise<Output<typeof contract.get>> {
  const row = await visiblePartners(ctx)
    .select([...ROW, 'trading_name', 'website', 'phone', 'description', 'executive_sponsor_id'])
    .select([
      'status_reason',
      'status_text',
      'status_at',
      'merged_into_id',
      'updated_at',
      'external_id',
      'firm_id',
      'note',
      'custom',
    ])
    .select((eb) => [
      status.as('status'),
      tracksOf(ctx, eb).as('tracks'),
      memberName(ctx, eb, 'manager_id').as('manager_name'),
      memberName(ctx, eb, 'executive_sponsor_id').as('executive_sponsor_name'),
      partnerName(ctx, eb, 'parent_id').as('parent_name'),
      partnerName(ctx, eb, 'distributor_id').as('distributor_name'),
      sql<
        string[]
      >`array(select d.domain from partner_domains d where d.tenant_id = ${ctx.tenant_id} and d.partner_id = partners.id
        and d.domain is distinct from partners.domain order by d.domain)`.as('domains'),
    ])
    .where('partners.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such partner, or it is not yours to see')
  return row
}

/** Locks a visible partner and compares the version that the caller read. */
export async function partnerForUpdate(ctx: Ctx, id: string) {
  const row = await visiblePartners(ctx).selectAll('partners').where('partners.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such partner, or it is not yours to see')
  ctx.match(row.version)
  if (row.merged_into_id)
    throw new Refusal('conflict', 'This partner was merged into another: change that one', { into_id: row.merged_into_id })
  return row
}
export type LockedPartner = Awaited<ReturnType<typeof partnerForUpdate>>

export async function searchPartners(ctx: Ctx, words: string): Promise<SearchHit[]> {
  const page = await listPartners(ctx, { q: words, limit: 10 })
  return page.items.map(({ id, name, number, country, tracks }) => ({
    type: 'partners',
    id,
    title: name,
    detail: [`#${number}`, country, ...tracks.map(({ track, tier }) => (tier ? `${track} ${tier}` : track))].join(' · '),
    said: [
      { as: 'text', value: `#${number}` },
      { as: 'country', value: country },
      ...tracks.map(({ track, tier }) => ({ as: 'track', value: track, ...(tier ? { more: tier } : {}) })),
    ],
  }))
}
