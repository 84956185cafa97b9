import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { permissionsOf } from '../roles.ts'
import { regionsUnder, scopeOf } from './partner-scope.ts'
import { changesOfRoles } from './roles.ts'
import type { HeldRole, Member } from './shapes.ts'

const NAMED = 3

// Signed in, not by a key: a key may only what it was made for, whoever made it.
const isOwner = ({ actor }: Ctx): boolean => actor.roles.includes('owner') && actor.person_id !== null
const codesOf = (roles: readonly HeldRole[]): string[] => roles.map(({ role }) => role)

/** A dimension of scope in which these roles reach further than the actor's own do; undefined where none does. */
async function widerThanOwn(ctx: Ctx, roles: readonly HeldRole[]): Promise<string | undefined> {
  const given = scopeOf(roles)
  const { regions, ...others } = ctx.actor.scope
  const { rows } = regions ? await sql<{ codes: string[] }>`select ${regionsUnder(ctx, regions)} as codes`.execute(ctx.db) : {}
  const own = { ...(rows?.[0] && { regions: rows[0].codes }), ...others }
  return Object.entries(own).find(([dimension, reach]) => !given[dimension]?.every((one) => reach.includes(one)))?.[0]
}

/** Refuses whoever would give roles that may do more, or reach further, than they do; what the receiver `held` before is not given. */
export async function refuseBeyond(
  ctx: Ctx,
  roles: readonly HeldRole[],
  { side, held = [] }: { side: Member['side']; held?: readonly HeldRole[] },
): Promise<void> {
  if (isOwner(ctx)) return
  const changes = await changesOfRoles(ctx, codesOf([...roles, ...held]))
  const before = permissionsOf(codesOf(held), changes)
  for (const [i, { role }] of roles.entries()) {
    const beyond = [...permissionsOf([role], changes)].filter((one) => !ctx.can(one) && !before.has(one)).sort()
    if (beyond.length > 0) {
      const list = `${beyond.slice(0, NAMED).join(', ')}${beyond.length > NAMED ? `, and ${beyond.length - NAMED} more` : ''}`
      const message = `roles.${i}.role: '${role}' may do what you may not (${list}): ask an owner to give it`
      throw new Refusal('forbidden', message, { permissions: beyond })
    }
  }
  // The people of a firm reach no further than their firm, which lies within the scope of whoever manages them.
  const wider = side === ctx.actor.side ? await widerThanOwn(ctx, roles) : undefined
  if (wider !== undefined) {
    const own = ctx.actor.scope[wider as keyof typeof ctx.actor.scope]?.join(', ')
    throw new Refusal(
      'forbidden',
      `roles: your own are bound to ${wider} (${own}): give a scope that lies within, or ask an owner`,
    )
  }
}

/** Whether these permissions are all of the actor's and more. */
const exceedsOwn = (ctx: Ctx, permissions: ReadonlySet<string>): boolean =>
  [...permissions].some((one) => !ctx.can(one)) && [...ctx.actor.permissions].every((one) => permissions.has(one))

/** Refuses to take roles or access from somebody of one's own side who stands above or outside of one's own scope. */
export async function refuseAbove(ctx: Ctx, member: Member): Promise<void> {
  if (isOwner(ctx) || member.side !== ctx.actor.side) return
  const held = permissionsOf(codesOf(member.roles), await changesOfRoles(ctx, codesOf(member.roles)))
  if (exceedsOwn(ctx, held))
    throw new Refusal('forbidden', `${member.name} may do all that you may, and more: ask an owner to change their access`)
  const wider = await widerThanOwn(ctx, member.roles)
  if (wider !== undefined)
    throw new Refusal(
      'forbidden',
      `${member.name} reaches further than your own ${wider} do: ask an owner to change their access`,
    )
}

/** Refuses a change of what a role may do by somebody who may not do it, stands below the role, or is bound to a scope. */
export function refuseRoleBeyond(
  ctx: Ctx,
  { code, now, given }: { code: string; now: ReadonlySet<string>; given: readonly string[] },
): void {
  if (isOwner(ctx)) return
  if (Object.keys(ctx.actor.scope).length > 0)
    throw new Refusal('forbidden', 'role: a role holds in the whole ecosystem and yours are bound to a scope: ask an owner')
  const beyond = given.find((one) => !ctx.can(one))
  if (beyond !== undefined)
    throw new Refusal('forbidden', `permission: you may not do '${beyond}' yourself: ask an owner to give it`, {
      permission: beyond,
    })
  if (exceedsOwn(ctx, now))
    throw new Refusal('forbidden', `role: '${code}' may do all that you may, and more: ask an owner to change it`)
}
