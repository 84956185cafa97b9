import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { hashPassword } from '../identity/hash-password.ts'
import { getPerson, personId } from '../identity/queries.ts'
import { admitPerson, createPerson } from './add-member.ts'
import type * as contract from './contract.ts'
import { enterTenant } from './enter-tenant.ts'
import { hashToken } from './invite-member.ts'

interface Open {
  invitation_id: string
  member_id: string
  party_id: string | null
  name: string
  email: string
  ecosystem: string
  known: boolean
}

async function findInvitation(ctx: Ctx, token: string): Promise<Open> {
  if (!ctx.tenant_id) throw invalid([{ path: 'x-ecosystem', message: 'name the ecosystem of the invitation in this header' }])
  const { rows } = await sql<{
    open: Open | null
  }>`select app.open_invitation(${ctx.tenant_id}, ${hashToken(token)}, ${ctx.now}) as open`.execute(ctx.db)
  const open = rows[0]?.open
  if (!open) throw new Refusal('not_found', 'This invitation has ended or was accepted already; ask for a new one')
  return open
}

/** Makes the invited member active as this person; once, whoever else tries at the same moment. */
const activate = (ctx: Ctx, open: Open, { person_id, name }: { person_id: string; name: string | undefined }): Promise<void> =>
  enterTenant(ctx, ctx.tenant_id, async (inside) => {
    const { tenant_id, now } = inside
    const taken = await inside.db
      .updateTable('invitations')
      .set({ accepted_at: now })
      .where('tenant_id', '=', tenant_id)
      .where('id', '=', open.invitation_id)
      .where('accepted_at', 'is', null)
      .returning('id')
      .execute()
    if (taken.length === 0) throw new Refusal('conflict', 'This invitation was accepted a moment ago')
    await inside.db
      .updateTable('members')
      .set({ person_id, state: 'active', joined_at: now, version: sql`version + 1`, ...(name === undefined ? {} : { name }) })
      .where('tenant_id', '=', tenant_id)
      .where('id', '=', open.member_id)
      .execute()
    await admitPerson(inside, person_id, { id: open.member_id, party_id: open.party_id })
  })

export async function openInvitation(
  ctx: Ctx,
  { token }: Input<typeof contract.open_invitation>,
): Promise<Output<typeof contract.open_invitation>> {
  const { name, email, ecosystem, known } = await findInvitation(ctx, token)
  return { name, email, ecosystem, has_login: known }
}

export async function acceptInvitation(
  ctx: Ctx,
  input: Input<typeof contract.accept_invitation>,
): Promise<Output<typeof contract.accept_invitation>> {
  const open = await findInvitation(ctx, input.token)
  const hash = await hashPassword(input.password)
  const person = await createPerson(ctx, { email: open.email, name: input.name ?? open.name, locale: input.locale, hash })
  if (!person.created)
    throw new Refusal('conflict', `${open.email} has a login already: sign in with it, then accept the invitation`)
  await activate(ctx, open, { person_id: person.id, name: input.name })
  return { member_id: open.member_id, email: open.email }
}

export async function joinEcosystem(ctx: Ctx, { token }: Input<typeof contract.join>): Promise<Output<typeof contract.join>> {
  const open = await findInvitation(ctx, token)
  const person = await getPerson(ctx.db, personId(ctx))
  if (person.email !== open.email)
    throw new Refusal('forbidden', `This invitation is for ${open.email}: sign in with that address`)
  await activate(ctx, open, { person_id: person.id, name: undefined })
  return { member_id: open.member_id, email: open.email }
}
