import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Ctx } from '../../kernel/module.ts'
import { scopeOf } from '../access/partner-scope.ts'
import { permissionsOf } from '../roles.ts'

/** The member in whose name background work goes on, with the rights they have now; refuses when they left. */
export async function actorOf(ctx: Ctx, member_id: string | null): Promise<Actor> {
  const member = await ctx.db
    .selectFrom('members')
    .select(['id', 'person_id'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', member_id ?? ctx.tenant_id)
    .where('state', '=', 'active')
    .where('side', '=', 'inner')
    .executeTakeFirst()
  if (!member) throw new Refusal('forbidden', 'Whoever started this is no longer with us: somebody else may run it again')
  const [held, changes] = await Promise.all([
    ctx.db
      .selectFrom('member_roles')
      .select(['role', 'scope'])
      .where('tenant_id', '=', ctx.tenant_id)
      .where('member_id', '=', member.id)
      .execute(),
    ctx.db
      .selectFrom('role_permissions')
      .select(['role', 'permission', 'granted'])
      .where('tenant_id', '=', ctx.tenant_id)
      .execute(),
  ])
  const roles = held.map((one) => one.role)
  return {
    member_id: member.id,
    person_id: member.person_id,
    side: 'inner',
    party_id: null,
    parties: '*',
    roles,
    permissions: permissionsOf(roles, changes),
    scope: scopeOf(held),
    via: 'import',
  }
}
