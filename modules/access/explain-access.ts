import type { Input, Output } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { permissionsOf, sideOf } from '../roles.ts'
import type * as contract from './contract.ts'
import { reachesPartner } from './partner-scope.ts'
import { getMember } from './queries.ts'
import { changesOfRoles } from './roles.ts'
import type { HeldRole, Scope } from './shapes.ts'

type Explained = Output<typeof contract.explain>

async function throughRoles(ctx: Ctx, name: string, roles: HeldRole[]): Promise<NonNullable<Explained['permission']>> {
  const changes = await changesOfRoles(
    ctx,
    roles.map(({ role }) => role),
  )
  const isChanged = (code: string) =>
    sideOf(code) !== undefined && changes.some(({ role, permission }) => role === code && permission === name)
  const through = roles
    .filter(({ role }) => permissionsOf([role], changes).has(name))
    .map((held) => ({ ...held, changed: isChanged(held.role) }))
  return { name, held: ctx.can(name), through }
}

async function whyVisible(ctx: Ctx, subject_type: string, subject_id: string): Promise<NonNullable<Explained['subject']>> {
  const rows = await ctx.db
    .selectFrom('events')
    .select('party_id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('subject_type', '=', subject_type)
    .where('subject_id', '=', subject_id)
    .limit(200)
    .execute()
  if (rows.length === 0) return { visible: false, because: 'nothing' }
  const parties = [...new Set(rows.flatMap(({ party_id }) => party_id ?? []))]
  if (ctx.actor.side === 'inner') {
    const visible = parties.length === 0 || (await reachesPartner(ctx, parties))
    return { visible, because: visible ? 'host' : 'out_of_scope' }
  }
  if (ctx.actor.party_id && parties.includes(ctx.actor.party_id)) return { visible: true, because: 'own_firm' }
  return { visible: true, because: parties.length > 0 ? 'chain' : 'public' }
}

/** Which role, scope and firm give the caller a permission or the sight of a record. */
export async function explainAccess(
  ctx: Ctx,
  { permission, subject_type, subject_id }: Input<typeof contract.explain>,
): Promise<Explained> {
  if ((subject_type === undefined) !== (subject_id === undefined))
    throw invalid([
      { path: subject_id === undefined ? 'subject_id' : 'subject_type', message: 'subject_type and subject_id belong together' },
    ])
  const { member_id, side, party_id, scope } = ctx.actor
  const member = member_id ? await getMember(ctx, { id: member_id }) : null
  return {
    member_id,
    side,
    party: party_id ? { id: party_id, name: member?.party_name ?? '' } : null,
    scope: { ...scope } as Scope,
    permission: permission === undefined ? null : await throughRoles(ctx, permission, member?.roles ?? []),
    subject: subject_type === undefined || subject_id === undefined ? null : await whyVisible(ctx, subject_type, subject_id),
  }
}
