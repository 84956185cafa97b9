import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { movePeople } from '../access/move-people.ts'
import { hangUnder, lockHierarchy } from '../circles.ts'
import * as contract from './contract.ts'
import { type Known, ledBy, regionsOf } from './plan-partner.ts'
import { getPartner, type LockedPartner, partnerForUpdate, visiblePartners } from './queries.ts'
import { refreshReach } from './refresh-reach.ts'
import { lockKnown } from './save-partners.ts'

async function survivorForUpdate(ctx: Ctx, id: string): Promise<LockedPartner> {
  const row = await visiblePartners(ctx).selectAll('partners').where('partners.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'into_id: there is no such partner, or it is not yours to see')
  if (row.merged_into_id)
    throw new Refusal('conflict', 'into_id: that partner was merged into another itself', { into_id: row.merged_into_id })
  return row
}

async function joinDomainsAndTracks(
  ctx: Ctx,
  from_id: string,
  into_id: string,
): Promise<{ domains: string[]; tracks: string[] }> {
  const [domains, tracks] = await Promise.all([
    sql<{ domain: string }>`insert into partner_domains (tenant_id, partner_id, domain)
      select tenant_id, ${into_id}::uuid, domain from partner_domains where tenant_id = ${ctx.tenant_id} and partner_id = ${from_id}
      on conflict do nothing returning domain`.execute(ctx.db),
    sql<{ track: string }>`insert into partner_tracks (tenant_id, partner_id, track, tier, since_at)
      select tenant_id, ${into_id}::uuid, track, tier, since_at from partner_tracks where tenant_id = ${ctx.tenant_id} and partner_id = ${from_id}
      on conflict do nothing returning track`.execute(ctx.db),
  ])
  return { domains: domains.rows.map((row) => row.domain).sort(), tracks: tracks.rows.map((row) => row.track).sort() }
}

const was = ({ manager_id, parent_id }: LockedPartner, known: Known | undefined) => ({
  domains: known?.domains ?? [],
  tracks: known?.tracks ?? [],
  manager_id,
  parent_id,
})

export async function mergePartner(
  ctx: Ctx,
  { id, into_id }: Input<typeof contract.merge>,
): Promise<Output<typeof contract.merge>> {
  if (id === into_id) throw invalid([{ path: 'into_id', message: 'name another partner' }])
  await lockHierarchy(ctx)
  const gone = await partnerForUpdate(ctx, id)
  const stays = await survivorForUpdate(ctx, into_id)
  const before = (await lockKnown(ctx, [id])).get(id)
  const led = ledBy(stays.region, [...stays.more_regions, ...regionsOf(gone)])
  const moved = {
    people: await movePeople(ctx, id, into_id),
    children: await hangUnder(ctx, ['partners', 'parent_id'], id, into_id),
    chain: await hangUnder(ctx, ['partners', 'distributor_id'], id, into_id),
    ...(await joinDomainsAndTracks(ctx, id, into_id)),
    regions: regionsOf(led).filter((one) => !regionsOf(stays).includes(one)),
    from: was(gone, before),
  }
  await ctx.db
    .updateTable('partners')
    .set({ merged_into_id: into_id, archived_at: ctx.now, updated_at: ctx.now, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  await ctx.db
    .updateTable('partners')
    .set({ domain: stays.domain ?? gone.domain, ...led, updated_at: ctx.now, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', into_id)
    .execute()
  await ctx.db
    .insertInto('partner_merges')
    .values({
      tenant_id: ctx.tenant_id,
      id: ctx.id(),
      from_id: id,
      into_id,
      merged_at: ctx.now,
      merged_by: ctx.actor.member_id,
      moved: JSON.stringify(moved),
    })
    .execute()
  await refreshReach(
    ctx,
    [id, into_id, stays.distributor_id].filter((one) => one !== null),
  )
  ctx.emit(contract.merged, { partner_id: id, into_id })
  ctx.emit(contract.absorbed, { partner_id: into_id, from_id: id })
  return getPartner(ctx, { id: into_id })
}
