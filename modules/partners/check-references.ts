import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { regionsUnder } from '../access/partner-scope.ts'
import { closesCircle } from '../circles.ts'
import { type Led, ledBy, type Plan, regionsOf } from './plan-partner.ts'
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

type Regions = Awaited<ReturnType<typeof regionCodes>>

/** What a new partner's regions come to: one named as its country leads, unless another is given. */
function leadNew({ values, known }: Plan, { all }: Regions): void {
  if (known) return
  // As the contract has checked them.
  const { region, more_regions, country } = values as { region?: string | null; more_regions?: string[]; country?: string }
  const own = region === undefined && country !== undefined && all.has(country) ? country : null
  Object.assign(values, ledBy(region ?? own, more_regions ?? []))
}

/** The regions that a change touches: those that come or go, and both where another leads from now on. */
function touchedBy(before: Led, after: Led): string[] {
  const [was, is] = [new Set(regionsOf(before)), new Set(regionsOf(after))]
  const led = before.region === after.region ? [] : [after.region, before.region].filter((one) => one !== null)
  return [...new Set([...is.symmetricDifference(was), ...led])]
}

function checkRegions(plan: Plan, regions: Regions): void {
  const { known, issues } = plan
  leadNew(plan, regions)
  const before = ledBy(known?.region ?? null, known?.more_regions ?? [])
  // What is written of them has the columns' types.
  const after = { ...before, ...plan.values } as Led
  const { more_regions } = after
  const is = regionsOf(after)
  const touched = touchedBy(before, after)
  const pathOf = (one: string | undefined) =>
    one !== undefined && more_regions.includes(one) ? `more_regions.${more_regions.indexOf(one)}` : 'region'
  const unknown = is.find((one) => touched.includes(one) && !regions.all.has(one))
  if (unknown !== undefined) {
    const list = [...regions.all].join(', ') || 'not set up yet'
    const message = `there is no region '${unknown}'; the regions are ${list}`
    issues.push({ path: pathOf(unknown), message, code: 'no_region', values: { text: unknown, regions: list } })
    return
  }
  const { own } = regions
  const foreign = own ? touched.find((one) => !own.has(one)) : undefined
  if (!own || (foreign === undefined && is.some((one) => own.has(one)))) return
  const list = [...own].join(', ')
  const message = `give a region of yours: ${list}`
  issues.push({ path: pathOf(foreign), message, code: 'not_your_region', values: { regions: list } })
}

function checkScope(ctx: Ctx, plan: Plan, regions: Regions): void {
  const { known, issues } = plan
  checkRegions(plan, regions)
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

/** Adds an issue to each plan that names a region, partner or member that is not there, or not in reach. */
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
    const { values, issues } = plan
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
    }
  }
}

/** Adds an issue to each plan that would hang its partner below itself; asked last, of those that nothing else stands against. */
export async function refuseCircles(ctx: Ctx, plans: Plan[]): Promise<void> {
  for (const field of ['parent_id', 'distributor_id'] as const) {
    const next = plans.flatMap(({ id, values, issues }) => {
      const above = values[field]
      return issues.length === 0 && (typeof above === 'string' || above === null) ? [[id, above] as const] : []
    })
    const closing = await closesCircle(ctx, ['partners', field], new Map(next))
    for (const { id, issues } of plans)
      if (closing.has(id)) issues.push({ path: field, message: 'would close a circle', code: 'circle' })
  }
}
