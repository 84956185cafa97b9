import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import type { HeldRole, Scope } from './shapes.ts'

/** The scope of roles together: a dimension that one narrows stays narrow whatever another leaves open, so that no role widens another's. */
export function scopeOf(roles: readonly Pick<HeldRole, 'scope'>[]): Record<string, string[]> {
  const scope: Record<string, string[]> = {}
  for (const { scope: own } of roles) {
    for (const [dimension, values] of Object.entries(own))
      scope[dimension] = [...new Set([...(scope[dimension] ?? []), ...(values ?? [])])]
  }
  return scope
}

/** Region codes with everything below them, as an array in SQL. */
export const regionsUnder = (ctx: Ctx, codes: readonly string[]): RawBuilder<string[]> => sql`array(
  with recursive under (code) as (
    select unnest(${codes}::text[])
    union select r.code from under u join regions r on r.tenant_id = ${ctx.tenant_id} and r.parent_code = u.code
  ) select code from under)`

/** Whether a partner works in one of these regions or below them, with its leading region or a further one. */
export function worksIn(ctx: Ctx, codes: readonly string[], table: 'partners' | 'p' = 'partners'): RawBuilder<boolean> {
  const [lead, more] = [sql.ref(`${table}.region`), sql.ref(`${table}.more_regions`)]
  // Most have no further ones, so that the second list is seldom made.
  return sql`(${lead} = any(${regionsUnder(ctx, codes)}) or (${more} <> '{}' and ${more} && ${regionsUnder(ctx, codes)}))`
}

/** What the actor's scope leaves of partners (they must be in the query): regions with those below them, tracks, single partners. */
export function inPartnerScope(ctx: Ctx, table: 'partners' | 'p' = 'partners'): RawBuilder<boolean> {
  const { regions, tracks, partners } = ctx.actor.scope
  const id = sql.ref(`${table}.id`)
  const parts: RawBuilder<boolean>[] = []
  if (regions) parts.push(worksIn(ctx, regions, table))
  if (tracks) {
    parts.push(sql`exists (select from partner_tracks s where s.tenant_id = ${ctx.tenant_id}
      and s.partner_id = ${id} and s.track = any(${tracks}::text[]))`)
  }
  if (partners) parts.push(sql`${id} = any(${partners}::uuid[])`)
  return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`
}

/** The part of the actor's scope in which one of these partners lies; null when none does. */
export async function partOfScope(ctx: Ctx, party_ids: readonly string[]): Promise<Scope | null> {
  const { regions, tracks, partners } = ctx.actor.scope
  const row = await ctx.db
    .selectFrom('partners')
    .select('id')
    .select(
      sql<string[]>`array(with recursive above (code) as (
        select unnest(partners.more_regions || partners.region) union select r.parent_code from above a join regions r on r.tenant_id = ${ctx.tenant_id} and r.code = a.code
      ) select code from above where code = any(${regions ?? []}::text[]))`.as('regions'),
    )
    .select(
      sql<string[]>`array(select s.track from partner_tracks s where s.tenant_id = ${ctx.tenant_id} and s.partner_id = partners.id
        and s.track = any(${tracks ?? []}::text[]) order by s.track)`.as('tracks'),
    )
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', 'in', [...party_ids])
    .where(inPartnerScope(ctx))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return {
    ...(regions && { regions: row.regions }),
    ...(tracks && { tracks: row.tracks }),
    ...(partners && { partners: [row.id] }),
  }
}

/** Whether this partner lies in the actor's scope and sight. */
export async function reachesPartner(ctx: Ctx, party_ids: readonly string[]): Promise<boolean> {
  if (party_ids.length === 0) return false
  const row = await ctx.db
    .selectFrom('partners')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', 'in', [...party_ids])
    .where(inPartnerScope(ctx))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
