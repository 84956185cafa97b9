import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { regionsUnder } from '../access/partner-scope.ts'
import type { Plan } from './plan-partner.ts'
import { visiblePartners } from './queries.ts'

const idsOf = (plans: Plan[], fields: readonly string[]): string[] => [
  ...new Set(
    plans.flatMap(({ values }) => fields.flatMap((field) => (typeof values[field] === 'string' ? [values[field]] : []))),
  ),
]

async function regionCodes(ctx: Ctx): Promise<{ all: Set<string>; own: Set<string> | null }> {
  const scope = ctx.actor.scope.regions
  const [all, own] = await Promise.all([
    ctx.db.selectFrom('regions').select('code').where('tenant_id', '=', ctx.tenant_id).where('state', '=', 'active').execute(),
    scope ? sql<{ codes: string[] }>`select ${regionsUnder(ctx, scope)} as codes`.execute(ctx.db) : null,
  ])
  return { all: new Set(all.map((row) => row.code)), own: own ? new Set(own.rows[0]?.codes) : null }
}

/** Ids that a partner may not have above it: itself and everything below it by that column. */
async function below(ctx: Ctx, id: string, column: 'parent_id' | 'distributor_id'): Promise<Set<string>> {
  const ref = sql.ref(`p.${column}`)
  const { rows } = await sql<{ id: string }>`with recursive under (id) as (
      select ${id}::uuid union select p.id from under u join partners p on p.tenant_id = ${ctx.tenant_id} and ${ref} = u.id
    ) select id from under`.execute(ctx.db)
  return new Set(rows.map((row) => row.id))
}

function checkScope(ctx: Ctx, plan: Plan, regions: Awaited<ReturnType<typeof regionCodes>>): void {
  const { values, known, issues } = plan
  // A region named as the country is the partner's, unless another is given.
  if (!known && values.region === undefined && typeof values.country === 'string' && regions.all.has(values.country))
    values.region = values.country
  const region = values.region === undefined ? (known?.region ?? null) : values.region
  if (typeof region === 'string' && 'region' in values && !regions.all.has(region)) {
    const list = [...regions.all].join(', ') || 'not set up yet'
    const message = `there is no region '${region}'; the regions are ${list}`
    issues.push({ path: 'region', message, code: 'no_region', values: { text: region, regions: list } })
  } else if (regions.own && !(typeof region === 'string' && regions.own.has(region))) {
    const list = [...regions.own].join(', ')
    issues.push({
      path: 'region',
      message: `give a region of yours: ${list}`,
      code: 'not_your_region',
      values: { regions: list },
    })
  }
  const { partners, tracks } = ctx.actor.scope
  const own = plan.tracks ?? known?.tracks ?? []
  if (tracks && !own.some(({ track }) => tracks.includes(track))) {
    const list = tracks.join(', ')
    issues.push({ path: 'tracks', message: `give a track of yours: ${list}`, code: 'not_your_track', values: { tracks: list } })
  }
  if (partners && !known)
    issues.push({
      path: 'id',
      message: 'your role reaches named partners only: ask for a wider one to add partners',
      code: 'named_partners_only',
    })
}

/** Adds an issue to each plan that names a region, partner or member that is not there, not in reach, or would close a circle. */
export async function checkReferences(ctx: Ctx, plans: Plan[]): Promise<void> {
  const partner_ids = idsOf(plans, ['parent_id', 'distributor_id'])
  const member_ids = idsOf(plans, ['manager_id', 'executive_sponsor_id'])
  const [regions, partners, members] = await Promise.all([
    regionCodes(ctx),
    partner_ids.length === 0
      ? []
      : visiblePartners(ctx).select('id').where('id', 'in', partner_ids).where('archived_at', 'is', null).execute(),
    member_ids.length === 0
      ? []
      : ctx.db
          .selectFrom('members')
          .select('id')
          .where('tenant_id', '=', ctx.tenant_id)
          .where('id', 'in', member_ids)
          .where('side', '=', 'inner')
          .where('state', '=', 'active')
          .execute(),
  ])
  const seen = new Set(partners.map((row) => row.id))
  const people = new Set(members.map((row) => row.id))
  for (const plan of plans) {
    const { values, known, issues } = plan
    checkScope(ctx, plan, regions)
    for (const field of ['manager_id', 'executive_sponsor_id']) {
      const id = values[field]
      if (typeof id === 'string' && !people.has(id))
        issues.push({ path: field, message: "is no active member of the host's own people" })
    }
    for (const field of ['parent_id', 'distributor_id'] as const) {
      const id = values[field]
      if (typeof id !== 'string') continue
      if (!seen.has(id)) issues.push({ path: field, message: 'is no partner, or not one of yours to see' })
      else if (known && (await below(ctx, known.id, field)).has(id)) issues.push({ path: field, message: 'would close a circle' })
    }
  }
}
