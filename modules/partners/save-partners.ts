import { sql } from 'kysely'
import type * as z from 'zod'
import { firmDomain, registrableDomain } from '../../algorithms/matching/domain.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Ctx } from '../../kernel/module.ts'
import { lockHierarchy } from '../circles.ts'
import { outcomeOf, type Saved } from '../saved-rows.ts'
import { checkReferences, refuseCircles } from './check-references.ts'
import { type Known, type Plan, planPartner } from './plan-partner.ts'
import { visiblePartners } from './queries.ts'
import type { PartnerTrack, SavePartner } from './shapes.ts'
import { writePartners } from './write-partners.ts'

type Row = z.output<typeof SavePartner>

/** Partners with their domains and tracks, locked, by id. */
export async function lockKnown(ctx: Ctx, ids: string[]): Promise<Map<string, Known>> {
  if (ids.length === 0) return new Map()
  const rows = await visiblePartners(ctx).selectAll('partners').where('id', 'in', ids).orderBy('id').forUpdate().execute()
  const [domains, tracks] = await Promise.all([
    ctx.db
      .selectFrom('partner_domains')
      .selectAll()
      .where('tenant_id', '=', ctx.tenant_id)
      .where('partner_id', 'in', ids)
      .execute(),
    ctx.db
      .selectFrom('partner_tracks')
      .selectAll()
      .where('tenant_id', '=', ctx.tenant_id)
      .where('partner_id', 'in', ids)
      .orderBy('track')
      .execute(),
  ])
  const domainsOf = Map.groupBy(domains, (row) => row.partner_id)
  const tracksOf = Map.groupBy(tracks, (row) => row.partner_id)
  const known = rows.map((row): [string, Known] => [
    row.id,
    {
      ...row,
      domains: (domainsOf.get(row.id) ?? []).map((one) => one.domain),
      // The table's check holds the tracks of the contract.
      tracks: (tracksOf.get(row.id) ?? []).map(({ track, tier }) => ({ track, tier })) as PartnerTrack[],
    },
  ])
  return new Map(known)
}

interface Found {
  id: string
  external_id: string | null
  name_key: string
  country: string
  domain: string | null
}

/** For each row the partner that is meant: by id, external id, main domain with country, or name with country. */
async function resolve(ctx: Ctx, rows: Row[]): Promise<(string | null)[]> {
  const keys = rows.map((row) => ({
    external_id: row.external_id ?? null,
    domain: row.domain ? registrableDomain(row.domain) : null,
    name_key: normaliseName(row.trading_name ?? row.legal_name).key,
  }))
  const { rows: found } = await sql<Found>`select id, external_id, name_key, country, domain from partners
    where tenant_id = ${ctx.tenant_id} and archived_at is null and (external_id = any(${keys.map((k) => k.external_id)}::text[])
      or domain = any(${keys.map((k) => k.domain)}::text[]) or name_key = any(${keys.map((k) => k.name_key)}::text[]))
    order by id`.execute(ctx.db)
  return rows.map((row, i) => {
    if (row.id) return row.id
    const key = keys[i]
    if (key?.external_id) {
      const own = found.find((one) => one.external_id === key.external_id)
      if (own) return own.id
    }
    const free = found.filter((one) => one.country === row.country && (!key?.external_id || one.external_id === null))
    return (
      (free.find((one) => key?.domain && one.domain === key.domain) ?? free.find((one) => one.name_key === key?.name_key))?.id ??
      null
    )
  })
}

/** A row that names a web site and no domain means the site's own. */
function withSite(row: Row): Row {
  const domain = row.domain === undefined && row.website ? firmDomain(row.website) : null
  return domain === null ? row : { ...row, domain }
}

function refuseTwins(plans: Plan[]): void {
  const seen = new Map<string, number>()
  for (const [i, { id, known, values, issues }] of plans.entries()) {
    if (issues.length > 0) continue
    const { external_id, country, name_key } = values
    // As a later file would find it again.
    const found = known || external_id ? [] : [`name ${country} ${name_key}`]
    const own = [id, ...(typeof external_id === 'string' ? [`external ${external_id}`] : []), ...found]
    for (const key of own) {
      const first = seen.get(key)
      if (first !== undefined)
        issues.push({
          path: key.startsWith('external ') ? 'external_id' : 'legal_name',
          message: 'is the same partner as an earlier row',
          code: 'twin',
        })
      else seen.set(key, i)
    }
  }
}

/**
 * Adds or changes up to 500 partners in this transaction, one event each; a row with issues is left out, the others are saved.
 * A row that finds its partner changes only the fields that it names. With `dry`, nothing is written; of a file, a web site tells the domain.
 */
export async function savePartners(ctx: Ctx, rows: Row[], { dry = false, isFile = false } = {}): Promise<Saved[]> {
  if (rows.some((row) => row.parent_id || row.distributor_id)) await lockHierarchy(ctx)
  const meant = isFile ? rows.map(withSite) : rows
  const ids = await resolve(ctx, meant)
  const known = await lockKnown(ctx, [...new Set(ids.filter((id) => id !== null))])
  const plans = rows.map((given, i) => {
    const id = ids[i]
    const before = id ? (known.get(id) ?? null) : null
    const row = before?.domain ? given : (meant[i] ?? given)
    const plan = planPartner(id ?? ctx.id(), before, row)
    if (id && !plan.known) plan.issues.push({ path: 'id', message: 'is no partner, or not one of yours to change' })
    if (plan.known?.merged_into_id) plan.issues.push({ path: 'id', message: `was merged into ${plan.known.merged_into_id}` })
    if (!plan.known && row.status) plan.values.status = row.status
    return plan
  })
  await checkReferences(ctx, plans)
  refuseTwins(plans)
  await refuseCircles(ctx, plans)
  const good = plans.filter((plan) => plan.issues.length === 0)
  if (!dry) await writePartners(ctx, good)
  return plans.map(outcomeOf)
}
