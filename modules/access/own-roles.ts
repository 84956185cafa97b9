import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { sideOf } from '../roles.ts'
import * as contract from './contract.ts'
import { changesOfRoles, type RoleRow, roleRow, rolesOf } from './roles.ts'

const NAMED = 10

/** A role that the host made, locked; those of the product stay as they are. */
async function ownRole(ctx: Ctx, code: string) {
  if (sideOf(code)) throw new Refusal('conflict', `role: '${code}' comes with the product; it is neither renamed nor retired`)
  const role = await ctx.db
    .selectFrom('roles')
    .select(['id', 'code'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('code', '=', code)
    .where('retired_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!role) throw new Refusal('not_found', `role: '${code}' is no role; see the list of roles`)
  return role
}

async function refuseHeld(ctx: Ctx, code: string): Promise<void> {
  const holders = await ctx.db
    .selectFrom('member_roles as r')
    .innerJoin('members as m', (join) => join.onRef('m.tenant_id', '=', 'r.tenant_id').onRef('m.id', '=', 'r.member_id'))
    .select(['m.id', 'm.name'])
    .where('r.tenant_id', '=', ctx.tenant_id)
    .where('r.role', '=', code)
    .where('m.state', '<>', 'ended')
    .orderBy('m.name')
    .orderBy('m.id')
    .execute()
  if (holders.length === 0) return
  const names = holders.slice(0, NAMED).map(({ name }) => name)
  const more = holders.length > NAMED ? ` and ${holders.length - NAMED} more` : ''
  throw new Refusal(
    'conflict',
    `${names.join(', ')}${more} ${holders.length === 1 ? 'holds' : 'hold'} this role: give them other roles first`,
    {
      member_ids: holders.map(({ id }) => id),
    },
  )
}

/** Calls a role of the host's own by another name; its code stays. */
export async function renameRole(ctx: Ctx, { role: code, name }: Input<typeof contract.rename_role>): Promise<RoleRow> {
  const { id } = await ownRole(ctx, code)
  await ctx.db.updateTable('roles').set({ name }).where('tenant_id', '=', ctx.tenant_id).where('id', '=', id).execute()
  ctx.emit(contract.role_renamed, { role_id: id, role: code, name })
  const kind = (await rolesOf(ctx)).find((one) => one.code === code)
  if (!kind) throw new Error(`The role ${code} went while it was locked`)
  return roleRow(kind, await changesOfRoles(ctx, [code]))
}

/**
 * Ends a role of the host's own that nobody holds: nobody is given it any more, its code is not used again, and it may do nothing,
 * so that somebody who was given it at the same moment gains nothing by it.
 */
export async function retireRole(ctx: Ctx, { role: code }: Input<typeof contract.retire_role>): Promise<{ code: string }> {
  const { id } = await ownRole(ctx, code)
  await refuseHeld(ctx, code)
  await ctx.db
    .updateTable('roles')
    .set({ retired_at: ctx.now })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  await ctx.db.deleteFrom('role_permissions').where('tenant_id', '=', ctx.tenant_id).where('role', '=', code).execute()
  ctx.emit(contract.role_retired, { role_id: id, role: code })
  return { code }
}
