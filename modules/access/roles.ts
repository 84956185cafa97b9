import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { defaultPermissions, permissionsOf, ROLES, type RoleChange, type RoleKind } from '../roles.ts'
import * as contract from './contract.ts'

/** A host's changes of these roles. A firm may know those of its own side, though the table is the host's. */
export async function changesOfRoles(ctx: Ctx, roles: readonly string[]): Promise<RoleChange[]> {
  if (roles.length === 0) return []
  const query = ctx.db
    .selectFrom('role_permissions')
    .select(['role', 'permission', 'granted'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('role', 'in', [...roles])
    .orderBy('role')
    .orderBy('permission')
  return ctx.actor.side === 'inner' ? query.execute() : ctx.judge(query)
}

const roleRow = (role: RoleKind, changes: RoleChange[]): Output<typeof contract.change_role> => ({
  ...role,
  permissions: [...permissionsOf([role.code], changes)].sort(),
  changes: changes.filter((change) => change.role === role.code).map(({ permission, granted }) => ({ permission, granted })),
})

export async function listRoles(ctx: Ctx): Promise<Output<typeof contract.roles>> {
  const shown = ctx.actor.side === 'inner' ? ROLES : ROLES.filter((role) => role.side === 'outer')
  const codes = shown.map((role) => role.code)
  const changes = await changesOfRoles(ctx, codes)
  return { items: shown.map((role) => roleRow(role, changes)) }
}

function checkChange(role: string, permission: string): RoleKind {
  const kind = ROLES.find((one) => one.code === role)
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

export async function changeRole(
  ctx: Ctx,
  { role, permission, granted }: Input<typeof contract.change_role>,
): Promise<Output<typeof contract.change_role>> {
  const kind = checkChange(role, permission)
  const byDefault = defaultPermissions().get(role)?.has(permission) ?? false
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
