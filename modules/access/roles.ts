import type { Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { permissionsOf, ROLES, type RoleChange, type RoleKind, sideOf } from '../roles.ts'
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

/** The roles of this ecosystem: those of the product, and those that the host made. A firm may know those of its own side. */
export async function rolesOf(ctx: Ctx): Promise<RoleKind[]> {
  const query = ctx.db
    .selectFrom('roles')
    .select(['code', 'side', 'name'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('retired_at', 'is', null)
    .orderBy('name')
  const own = await (ctx.actor.side === 'inner' ? query.execute() : ctx.judge(query.where('side', '=', 'outer')))
  // The table's check holds the sides.
  return [...ROLES, ...(own as RoleKind[])]
}

export type RoleRow = Output<typeof contract.change_role>
export const roleRow = (role: RoleKind, changes: RoleChange[]): RoleRow => ({
  ...role,
  permissions: [...permissionsOf([role.code], changes)].sort(),
  // A role of the host's own has no default that a permission could differ from.
  changes: changes
    .filter((change) => change.role === role.code && sideOf(role.code))
    .map(({ permission, granted }) => ({ permission, granted })),
})

export async function listRoles(ctx: Ctx): Promise<Output<typeof contract.roles>> {
  const all = await rolesOf(ctx)
  const shown = ctx.actor.side === 'inner' ? all : all.filter((role) => role.side === 'outer')
  const codes = shown.map((role) => role.code)
  const changes = await changesOfRoles(ctx, codes)
  return { items: shown.map((role) => roleRow(role, changes)) }
}
