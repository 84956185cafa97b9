import { type RawBuilder, sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage, type Page } from '../../kernel/pages.ts'
import { timelineOf } from '../timeline.ts'
import type * as contract from './contract.ts'
import { namesOf } from './names-of.ts'
import { inPartnerScope, reachesPartner } from './partner-scope.ts'
import type { Member } from './shapes.ts'

// A manager bound to regions, tracks or firms sees the people of those firms, and all of the host.
function inMemberScope(ctx: Ctx): RawBuilder<boolean> {
  const { regions, tracks, partners } = ctx.actor.scope
  return regions || tracks || partners ? sql`(m.party_id is null or ${inPartnerScope(ctx, 'p')})` : sql`true`
}

/** The door to people: the host sees all in scope, a firm its own; a distributor reads those of its chain at their firm. */
function visibleMembers(ctx: Ctx) {
  const query = ctx.db
    .selectFrom('members as m')
    .leftJoin('partners as p', (join) => join.onRef('p.tenant_id', '=', 'm.tenant_id').onRef('p.id', '=', 'm.party_id'))
    .select([
      'm.id',
      'm.version',
      'm.name',
      'm.email',
      'm.party_id',
      'p.name as party_name',
      'm.person_id',
      'm.created_at',
      'm.joined_at',
      'm.ended_at',
    ])
    .select([
      sql<Member['side']>`m.side`.as('side'),
      sql<Member['state']>`m.state`.as('state'),
      sql<Member['roles']>`coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'scope', r.scope) order by r.role)
        from member_roles r where r.tenant_id = m.tenant_id and r.member_id = m.id), '[]')`.as('roles'),
    ])
    .where('m.tenant_id', '=', ctx.tenant_id)
    .where(inMemberScope(ctx))
  const { parties, party_id } = ctx.actor
  return parties === '*' ? query : query.where('m.party_id', '=', party_id)
}

export async function listMembers(ctx: Ctx, input: Input<typeof contract.list>): Promise<Page<Member>> {
  let query = visibleMembers(ctx)
  if (input.state) query = query.where('m.state', '=', input.state)
  if (input.side) query = query.where('m.side', '=', input.side)
  if (input.party_id) query = query.where('m.party_id', '=', input.party_id)
  if (input.role)
    query = query.where(
      sql<boolean>`exists (select from member_roles x where x.tenant_id = m.tenant_id and x.member_id = m.id and x.role = ${input.role})`,
    )
  if (input.q) query = query.where(sql<boolean>`position(lower(${input.q}) in lower(m.name || ' ' || m.email)) > 0`)
  return keysetPage(query, input, {
    sorts: { name: sql`m.name`, created_at: sql`m.created_at` },
    fallback: 'name',
    id: sql`m.id`,
  })
}

export async function getMember(ctx: Ctx, { id }: { id: string }): Promise<Member> {
  const member = await visibleMembers(ctx).where('m.id', '=', id).executeTakeFirst()
  if (!member) throw new Refusal('not_found', 'There is no such person here, or they are not yours to see')
  return member
}

export async function memberTimeline(
  ctx: Ctx,
  input: Input<typeof contract.timeline>,
): Promise<Output<typeof contract.timeline>> {
  await getMember(ctx, input)
  return timelineOf(ctx, 'members', input, namesOf)
}

/** Locks a person's row, with its version matched; refuses whom the caller may not manage. */
export async function memberForUpdate(ctx: Ctx, id: string): Promise<Member> {
  await getMember(ctx, { id })
  const { version } = await ctx.db
    .selectFrom('members')
    .select('version')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  ctx.match(version)
  const member = await getMember(ctx, { id })
  await assertManages(ctx, member.party_id)
  return member
}

/** Who may manage the people of this side: the host's need their own permission; a firm's lie within the caller's firm or regions. */
export async function assertManages(ctx: Ctx, party_id: string | null): Promise<void> {
  if (party_id === null) {
    if (!ctx.can('access.manage_hosts'))
      throw new Refusal('forbidden', 'Only an admin manages the people of the host', { permission: 'access.manage_hosts' })
    return
  }
  if (ctx.actor.side === 'outer' && party_id !== ctx.actor.party_id)
    throw new Refusal('forbidden', 'You manage the people of your own firm only')
  if (!(await reachesPartner(ctx, [party_id])))
    throw new Refusal('not_found', 'There is no such partner here, or it lies outside your scope')
}
