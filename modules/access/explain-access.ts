import type { Input, Output } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { permissionsOf, recordKind, sideOf } from '../roles.ts'
import type * as contract from './contract.ts'
import { partOfScope } from './partner-scope.ts'
import { getMember } from './queries.ts'
import { changesOfRoles } from './roles.ts'
import type { HeldRole, Scope } from './shapes.ts'

type Explained = Output<typeof contract.explain>

type Seen = NonNullable<Explained['subject']>

/** The caller's roles that hold a permission. */
async function throughRoles(ctx: Ctx, name: string, roles: HeldRole[]): Promise<Seen['through']> {
  const changes = await changesOfRoles(
    ctx,
    roles.map(({ role }) => role),
  )
  const isChanged = (code: string) =>
    sideOf(code) !== undefined && changes.some(({ role, permission }) => role === code && permission === name)
  return roles
    .filter(({ role }) => permissionsOf([role], changes).has(name))
    .map((held) => ({ ...held, changed: isChanged(held.role) }))
}

const unseen = (because: Seen['because']) => ({ visible: false, because, let_in_by: null })

async function whyVisible(
  ctx: Ctx,
  subjects: readonly string[],
  subject_id: string,
): Promise<Pick<Seen, 'visible' | 'because' | 'let_in_by'>> {
  const rows = await ctx.db
    .selectFrom('events')
    .select('party_id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('subject_type', 'in', subjects)
    .where('subject_id', '=', subject_id)
    .limit(200)
    .execute()
  if (rows.length === 0) return unseen('nothing')
  const parties = [...new Set(rows.flatMap(({ party_id }) => party_id ?? []))]
  if (ctx.actor.side === 'inner') {
    const let_in_by = parties.length === 0 ? {} : await partOfScope(ctx, parties)
    return let_in_by ? { visible: true, because: 'host', let_in_by } : unseen('out_of_scope')
  }
  if (ctx.actor.party_id && parties.includes(ctx.actor.party_id)) return { visible: true, because: 'own_firm', let_in_by: {} }
  return { visible: true, because: parties.length > 0 ? 'chain' : 'public', let_in_by: {} }
}

async function explainSight(ctx: Ctx, subject_type: string, subject_id: string, roles: HeldRole[]): Promise<Seen> {
  const { permission, subjects } = recordKind(subject_type)
  const through = permission === null ? [] : await throughRoles(ctx, permission, roles)
  const may = permission === null || ctx.can(permission)
  return { ...(may ? await whyVisible(ctx, subjects, subject_id) : unseen('no_role')), permission, through }
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
  const roles = member?.roles ?? []
  return {
    member_id,
    side,
    party: party_id ? { id: party_id, name: member?.party_name ?? '' } : null,
    scope: { ...scope } as Scope,
    permission:
      permission === undefined
        ? null
        : { name: permission, held: ctx.can(permission), through: await throughRoles(ctx, permission, roles) },
    subject:
      subject_type === undefined || subject_id === undefined ? null : await explainSight(ctx, subject_type, subject_id, roles),
  }
}
