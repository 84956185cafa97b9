import type { Input } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { defaultPermissions, permissionsOf, ROLES, type RoleKind } from '../roles.ts'
import * as contract from './contract.ts'
import { refuseRoleBeyond } from './refuse-beyond.ts'
import { changesOfRoles, type RoleRow, roleRow, rolesOf } from './roles.ts'

function checkChange(all: readonly RoleKind[], role: string, permission: string): RoleKind {
  const kind = all.find((one) => one.code === role)
  if (!kind) throw invalid([{ path: 'role', message: `'${role}' is no role; see the list of roles` }])
  if (role === 'owner') throw new Refusal('conflict', 'The owner holds every permission of the host, always')
  // What only the host's verbs are made for would show a firm what is not its own.
  const allowed = ROLES.some((one) => one.side === kind.side && defaultPermissions().get(one.code)?.has(permission))
  if (!allowed) {
    const side = kind.side === 'inner' ? 'the host' : 'partners'
    throw invalid([{ path: 'permission', message: `'${permission}' is no permission that a role of ${side} may hold` }])
  }
  return kind
}

export async function changeRole(ctx: Ctx, { role, permission, granted }: Input<typeof contract.change_role>): Promise<RoleRow> {
  const kind = checkChange(await rolesOf(ctx), role, permission)
  const byDefault = defaultPermissions().get(role)?.has(permission) ?? false
  const now = permissionsOf([role], await changesOfRoles(ctx, [role]))
  refuseRoleBeyond(ctx, { code: role, now, given: (granted ?? byDefault) && !now.has(permission) ? [permission] : [] })
  await ctx.db
    .deleteFrom('role_permissions')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('role', '=', role)
    .where('permission', '=', permission)
    .execute()
  const id = ctx.id()
  if (granted !== null && granted !== byDefault)
    await ctx.db.insertInto('role_permissions').values({ tenant_id: ctx.tenant_id, id, role, permission, granted }).execute()
  ctx.emit(contract.role_changed, { change_id: id, role, permission, granted })
  return roleRow(kind, await changesOfRoles(ctx, [role]))
}

async function isRetired(ctx: Ctx, code: string): Promise<boolean> {
  const query = ctx.db.selectFrom('roles').select('id').where('tenant_id', '=', ctx.tenant_id).where('code', '=', code)
  return (await query.where('retired_at', 'is not', null).executeTakeFirst()) !== undefined
}

/** A role of the host's own, with the permissions of another of its side to begin with, or none. */
export async function createRole(ctx: Ctx, { code, ...given }: Input<typeof contract.create_role>): Promise<RoleRow> {
  const all = await rolesOf(ctx)
  if (all.some((one) => one.code === code)) throw invalid([{ path: 'code', message: `'${code}' is a role already` }])
  if (await isRetired(ctx, code))
    throw invalid([{ path: 'code', message: `'${code}' was a role and is retired; choose another` }])
  const like = given.like === null ? undefined : all.find((one) => one.code === given.like)
  if (given.like !== null && (like?.side !== given.side || like.code === 'owner'))
    throw invalid([{ path: 'like', message: `'${given.like}' is no role of the same side to begin with; see the list of roles` }])
  const permissions = like ? [...permissionsOf([like.code], await changesOfRoles(ctx, [like.code]))].sort() : []
  refuseRoleBeyond(ctx, { code, now: new Set(), given: permissions })
  const role = { code, side: given.side, name: given.name }
  const id = ctx.id()
  await ctx.db
    .insertInto('roles')
    .values({ tenant_id: ctx.tenant_id, id, ...role, created_at: ctx.now })
    .execute()
  if (permissions.length > 0)
    await ctx.db
      .insertInto('role_permissions')
      .values(
        permissions.map((permission) => ({ tenant_id: ctx.tenant_id, id: ctx.id(), role: code, permission, granted: true })),
      )
      .execute()
  ctx.emit(contract.role_made, { role_id: id, role: code, side: given.side })
  return roleRow(role, await changesOfRoles(ctx, [code]))
}
