import { sql } from 'kysely'
import type { z } from 'zod'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { ROLES, SCOPE_TRACKS, sideOf } from '../roles.ts'
import { joined } from './contract.ts'
import { refuseBeyond } from './refuse-beyond.ts'
import { rolesOf } from './roles.ts'
import type { HeldRole, NewMember, Scope } from './shapes.ts'

/** Refuses roles that do not exist or belong to the other side. */
export async function checkRoles(ctx: Ctx, roles: readonly HeldRole[], side: 'inner' | 'outer'): Promise<void> {
  const isOwn = roles.some(({ role }) => !sideOf(role))
  const sides = new Map((isOwn ? await rolesOf(ctx) : ROLES).map((one) => [one.code, one.side]))
  const issues = roles.flatMap(({ role }, i) => {
    if (sides.get(role) === side) return []
    const message = sides.get(role)
      ? `is a role of ${side === 'inner' ? 'partners' : 'the host'}`
      : 'is no role; see the list of roles'
    return [{ path: `roles.${i}.role`, message: `'${role}' ${message}` }]
  })
  const twice = roles.findIndex(({ role }, i) => roles.findIndex((other) => other.role === role) !== i)
  if (twice >= 0) issues.push({ path: `roles.${twice}.role`, message: 'stands twice' })
  if (issues.length > 0) throw invalid(issues)
}

async function knownRegions(ctx: Ctx, codes: string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const query = ctx.db.selectFrom('regions').select('code').where('tenant_id', '=', ctx.tenant_id).where('code', 'in', codes)
  return (await query.execute()).map(({ code }) => code)
}

async function knownPartners(ctx: Ctx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const query = ctx.db.selectFrom('partners').select('id').where('tenant_id', '=', ctx.tenant_id).where('id', 'in', ids)
  return (await query.execute()).map(({ id }) => id)
}

/** Refuses scopes over regions, tracks or partners that are not there. */
export async function checkScopes(ctx: Ctx, roles: readonly HeldRole[]): Promise<void> {
  const named = (dimension: keyof Scope) => roles.flatMap(({ scope }) => scope[dimension] ?? [])
  const dimensions = [
    ['regions', await knownRegions(ctx, named('regions')), 'is no region; see the list of regions'],
    ['tracks', SCOPE_TRACKS, `is no track; there are ${SCOPE_TRACKS.join(', ')}`],
    ['partners', await knownPartners(ctx, named('partners')), 'is no partner, or not one of yours to see'],
  ] as const
  const issues = roles.flatMap(({ scope }, i) =>
    dimensions.flatMap(([dimension, known, what]) =>
      (scope[dimension] ?? [])
        .filter((one) => !known.includes(one))
        .map((one) => ({ path: `roles.${i}.scope.${dimension}`, message: `'${one}' ${what}` })),
    ),
  )
  if (issues.length > 0) throw invalid(issues)
}

/** Gives a member exactly these roles. */
export async function setRoles(
  ctx: Ctx,
  member: { id: string; party_id: string | null },
  roles: readonly HeldRole[],
): Promise<void> {
  await ctx.db.deleteFrom('member_roles').where('tenant_id', '=', ctx.tenant_id).where('member_id', '=', member.id).execute()
  if (roles.length === 0) return
  const common = {
    tenant_id: ctx.tenant_id,
    member_id: member.id,
    party_id: member.party_id,
    granted_by: ctx.actor.member_id,
    granted_at: ctx.now,
  }
  await ctx.db
    .insertInto('member_roles')
    .values(roles.map(({ role, scope }) => ({ ...common, id: ctx.id(), role, scope: JSON.stringify(scope) })))
    .execute()
}

/** A person for this address: a new one with the password's hash, or the one there is, unchanged. */
export async function createPerson(
  ctx: Ctx,
  { email, name, locale = 'en', hash }: { email: string; name: string; locale?: string; hash: string | null },
): Promise<{ id: string; created: boolean }> {
  const { rows } = await sql<{
    person: { id: string; created: boolean }
  }>`select app.create_person(${ctx.id()}, ${email}, ${name}, ${locale}, ${hash}) as person`.execute(ctx.db)
  const person = rows[0]?.person
  if (!person) throw new Error('No person came back')
  return person
}

/** Makes a member row, invited or at once active when the person is known. */
export async function addMember(ctx: Ctx, member: z.output<typeof NewMember>, person_id: string | null): Promise<string> {
  const { name, email, party_id, roles } = member
  const side = party_id === null ? 'inner' : 'outer'
  await checkRoles(ctx, roles, side)
  await refuseBeyond(ctx, roles, { side })
  const id = ctx.id()
  const state = person_id === null ? 'invited' : 'active'
  const row = { tenant_id: ctx.tenant_id, id, person_id, party_id, side, name, email, state, created_at: ctx.now }
  await ctx.db
    .insertInto('members')
    .values({ ...row, created_by: ctx.actor.member_id, joined_at: person_id === null ? null : ctx.now })
    .execute()
  await setRoles(ctx, { id, party_id }, roles)
  if (person_id !== null) await admitPerson(ctx, person_id, { id, party_id })
  return id
}

/** Notes that a person is active in this tenant. */
export async function admitPerson(ctx: Ctx, person_id: string, member: { id: string; party_id: string | null }): Promise<void> {
  await ctx.db
    .insertInto('person_tenants')
    .values({ person_id, tenant_id: ctx.tenant_id })
    .onConflict((conflict) => conflict.columns(['person_id', 'tenant_id']).doNothing())
    .execute()
  ctx.emit(joined, { member_id: member.id, partner_id: member.party_id })
}
