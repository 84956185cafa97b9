import { sql } from 'kysely'
import { passClocks } from '../../kernel/clocks.ts'
import type { Input } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { checkRoles, checkScopes, setRoles } from './add-member.ts'
import * as contract from './contract.ts'
import { getMember, memberForUpdate } from './queries.ts'
import { refuseAbove, refuseBeyond } from './refuse-beyond.ts'
import type { HeldRole, Member } from './shapes.ts'

const owns = (roles: readonly { role: string }[]) => roles.some(({ role }) => role === 'owner')

// Without an owner nobody could ever undo a mistake in the roles.
async function keepAnOwner(ctx: Ctx, member: Member): Promise<void> {
  const { rows } = await sql`select m.id from members m join member_roles r on r.tenant_id = m.tenant_id and r.member_id = m.id
    where m.tenant_id = ${ctx.tenant_id} and m.state = 'active' and r.role = 'owner' and m.id <> ${member.id} limit 1 for update of m`.execute(
    ctx.db,
  )
  if (rows.length === 0) throw new Refusal('conflict', `${member.name} is the last owner: make somebody else an owner first`)
}

async function changeRoles(ctx: Ctx, member: Member, roles: HeldRole[]): Promise<void> {
  await refuseAbove(ctx, member)
  await checkRoles(ctx, roles, member.side)
  await checkScopes(ctx, roles)
  await refuseBeyond(ctx, roles, { side: member.side, held: member.roles })
  if (owns(roles) !== owns(member.roles)) {
    if (!ctx.actor.roles.includes('owner')) throw new Refusal('forbidden', 'Only an owner makes or unmakes an owner')
    if (!owns(roles)) await keepAnOwner(ctx, member)
  }
  await setRoles(ctx, member, roles)
}

export async function updateMember(ctx: Ctx, { id, name, roles }: Input<typeof contract.update>): Promise<Member> {
  const member = await memberForUpdate(ctx, id)
  if (member.state === 'ended') throw new Refusal('conflict', `The access of ${member.name} has ended: invite them anew`)
  if (roles) await changeRoles(ctx, member, roles)
  await ctx.db
    .updateTable('members')
    .set({ name: name ?? member.name, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  const changes = roles ? { roles: [member.roles, roles] as const } : {}
  ctx.emit(contract.updated, { member_id: id, partner_id: member.party_id }, { changes })
  return getMember(ctx, { id })
}

/** Ends access: the membership, open invitations and keys; what the person did stays. */
export async function closeMember(ctx: Ctx, member: Member, pass_to: string | null): Promise<void> {
  const { tenant_id, now } = ctx
  await ctx.db
    .updateTable('members')
    .set({ state: 'ended', ended_at: now, ended_by: ctx.actor.member_id, version: sql`version + 1` })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', member.id)
    .execute()
  for (const table of ['invitations', 'api_keys'] as const)
    await ctx.db
      .updateTable(table)
      .set({ revoked_at: now })
      .where('tenant_id', '=', tenant_id)
      .where('member_id', '=', member.id)
      .where('revoked_at', 'is', null)
      .execute()
  await passClocks(ctx, member.id, pass_to)
  const person_id = member.person_id ?? null
  if (person_id)
    await ctx.db.deleteFrom('person_tenants').where('person_id', '=', person_id).where('tenant_id', '=', tenant_id).execute()
  ctx.emit(contract.ended, { member_id: member.id, partner_id: member.party_id })
}

export async function endMember(ctx: Ctx, { id, pass_to }: Input<typeof contract.end>): Promise<Member> {
  const member = await memberForUpdate(ctx, id)
  if (member.state === 'ended') throw new Refusal('conflict', `The access of ${member.name} has ended already`)
  await refuseAbove(ctx, member)
  if (owns(member.roles)) {
    if (!ctx.actor.roles.includes('owner')) throw new Refusal('forbidden', 'Only an owner ends an owner’s access')
    await keepAnOwner(ctx, member)
  }
  if (pass_to !== null) {
    const heir = await getMember(ctx, { id: pass_to })
    // A deal tells its partner who holds its clock: that is nobody of another firm.
    if (heir.state !== 'active' || heir.side !== member.side || heir.party_id !== member.party_id || heir.id === id)
      throw invalid([{ path: 'pass_to', message: 'must be another active person of the same side and firm' }])
  }
  await closeMember(ctx, member, pass_to)
  return getMember(ctx, { id })
}

/** Ends everybody of a firm, as when it is terminated; for the room of partners. */
export async function endMembersOf(ctx: Ctx, party_id: string): Promise<number> {
  const rows = await ctx.db
    .selectFrom('members')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('party_id', '=', party_id)
    .where('state', '<>', 'ended')
    .execute()
  for (const { id } of rows) await closeMember(ctx, await getMember(ctx, { id }), null)
  return rows.length
}
