import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { created, manager_assigned, noted, tracks_set, updated } from './contract.ts'
import { type Changes, INNER_FIELDS, type Plan } from './plan-partner.ts'
import { refreshReach } from './refresh-reach.ts'
import { STATUS } from './rules.ts'

const COLUMNS = [
  'legal_name',
  'trading_name',
  'name_key',
  'external_id',
  'domain',
  'website',
  'phone',
  'description',
  'country',
  'region',
  'more_regions',
] as const
const ID_COLUMNS = ['parent_id', 'distributor_id', 'firm_id', 'manager_id', 'executive_sponsor_id'] as const

/** Takes the next human numbers of the tenant; gives the first. */
async function takeNumbers(ctx: Ctx, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`insert into partner_numbers (tenant_id, last) values (${ctx.tenant_id}, ${count})
    on conflict (tenant_id) do update set last = partner_numbers.last + excluded.last returning last`.execute(ctx.db)
  return (rows[0]?.last ?? count) - count + 1
}

async function insertNew(ctx: Ctx, plans: Plan[]): Promise<void> {
  if (plans.length === 0) return
  const first = await takeNumbers(ctx, plans.length)
  const rows = plans.map(({ id, values }, i) => ({
    description: '',
    note: '',
    custom: {},
    more_regions: [],
    status: STATUS.initial,
    ...values,
    id,
    number: first + i,
  }))
  await sql`insert into partners (tenant_id, id, number, legal_name, trading_name, name_key, external_id, domain, website, phone, description, country,
      region, more_regions, parent_id, distributor_id, firm_id, manager_id, executive_sponsor_id, status, status_at, note, custom, created_at, updated_at)
    select ${ctx.tenant_id}::uuid, r.id, r.number, r.legal_name, r.trading_name, r.name_key, r.external_id, r.domain, r.website, r.phone, r.description,
      r.country, r.region, r.more_regions, r.parent_id, r.distributor_id, r.firm_id, r.manager_id, r.executive_sponsor_id, r.status, ${ctx.now}::timestamptz, r.note,
      r.custom, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, number int, legal_name text, trading_name text, name_key text, external_id text,
      domain text, website text, phone text, description text, country text, region text, more_regions text[], parent_id uuid, distributor_id uuid, firm_id uuid,
      manager_id uuid, executive_sponsor_id uuid, status text, note text, custom jsonb)
    returning id`.execute(ctx.db)
}

async function updateKnown(ctx: Ctx, plans: Plan[]): Promise<void> {
  const changed = plans.filter(({ changes }) => Object.keys(changes).length > 0)
  if (changed.length === 0) return
  const rows = changed.map(({ id, known, values }) => ({ ...known, ...values, id }))
  const columns = [...COLUMNS, ...ID_COLUMNS, 'note', 'custom']
  const sets = sql.join(columns.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`))
  await sql`update partners set ${sets}, version = partners.version + 1, updated_at = ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, legal_name text, trading_name text, name_key text, external_id text,
      domain text, website text, phone text, description text, country text, region text, more_regions text[], parent_id uuid, distributor_id uuid, firm_id uuid,
      manager_id uuid, executive_sponsor_id uuid, note text, custom jsonb)
    where partners.tenant_id = ${ctx.tenant_id} and partners.id = r.id`.execute(ctx.db)
}

async function replaceDomains(ctx: Ctx, plans: Plan[]): Promise<void> {
  const rows = plans.flatMap(({ id, domains }) =>
    (domains ?? []).map((domain) => ({ tenant_id: ctx.tenant_id, partner_id: id, domain })),
  )
  const ids = plans.filter(({ domains, known }) => domains && known).map(({ id }) => id)
  if (ids.length > 0)
    await ctx.db.deleteFrom('partner_domains').where('tenant_id', '=', ctx.tenant_id).where('partner_id', 'in', ids).execute()
  if (rows.length > 0) await ctx.db.insertInto('partner_domains').values(rows).execute()
}

async function replaceTracks(ctx: Ctx, plans: Plan[]): Promise<void> {
  const given = plans.filter(({ tracks }) => tracks !== null)
  const ids = given.map(({ id }) => id)
  if (ids.length === 0) return
  const rows = given.flatMap(({ id, tracks }) =>
    (tracks ?? []).map(({ track, tier }) => ({ tenant_id: ctx.tenant_id, partner_id: id, track, tier, since_at: ctx.now })),
  )
  for (const { id, tracks } of given) {
    const kept = (tracks ?? []).map(({ track }) => track)
    let gone = ctx.db.deleteFrom('partner_tracks').where('tenant_id', '=', ctx.tenant_id).where('partner_id', '=', id)
    if (kept.length > 0) gone = gone.where('track', 'not in', kept)
    await gone.execute()
  }
  if (rows.length === 0) return
  await ctx.db
    .insertInto('partner_tracks')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'partner_id', 'track']).doUpdateSet({ tier: sql`excluded.tier` }))
    .execute()
}

const OWN_EVENT = ['tracks', 'manager_id']
const inner: readonly string[] = INNER_FIELDS
const only = (changes: Changes, keep: (field: string) => boolean): Changes =>
  Object.fromEntries(Object.entries(changes).filter(([field]) => keep(field)))

function tell(ctx: Ctx, { id, known, changes, tracks }: Plan): void {
  const partner_id = id
  const outside = only(changes, (field) => !inner.includes(field) && !OWN_EVENT.includes(field))
  const inside = only(changes, (field) => inner.includes(field))
  if (!known) ctx.emit(created, { partner_id }, { changes: outside })
  else if (Object.keys(outside).length > 0) ctx.emit(updated, { partner_id }, { changes: outside })
  if (Object.keys(inside).length > 0) ctx.emit(noted, { partner_id }, { changes: inside })
  if (tracks) ctx.emit(tracks_set, { partner_id, tracks }, { changes: only(changes, (field) => field === 'tracks') })
  if (changes.manager_id) {
    const [from_id, manager_id] = changes.manager_id as [string | null, string | null]
    ctx.emit(manager_assigned, { partner_id, manager_id, from_id }, { changes: { manager_id: changes.manager_id } })
  }
}

/** Writes planned partners with their domains and tracks, and tells of each. */
export async function writePartners(ctx: Ctx, plans: Plan[]): Promise<void> {
  await insertNew(
    ctx,
    plans.filter(({ known }) => known === null),
  )
  await updateKnown(
    ctx,
    plans.filter(({ known }) => known !== null),
  )
  await replaceDomains(ctx, plans)
  await replaceTracks(ctx, plans)
  // An old distributor loses the sight of its former chain, the new one gains it.
  const moved = plans.filter(({ changes }) => changes.distributor_id)
  await refreshReach(ctx, [
    ...new Set(
      moved.flatMap(({ id, changes }) => [id, ...(changes.distributor_id ?? [])].filter((one) => typeof one === 'string')),
    ),
  ])
  for (const plan of plans) tell(ctx, plan)
}
