import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import { sendMail } from '../../kernel/mail.ts'
import type { Ctx } from '../../kernel/module.ts'
import { getEcosystem } from '../ecosystems/queries.ts'
import { Locale } from '../identity/contract.ts'
import { addMember, checkScopes } from './add-member.ts'
import * as contract from './contract.ts'
import { invitationMail } from './mails/invitation.ts'
import { assertManages, getMember, memberForUpdate } from './queries.ts'
import type { Member } from './shapes.ts'

const DAYS = 14
export const TAKEN = 'email: somebody with this address is a member or invited already'

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The language in which a member was invited last, where that is known. */
async function languageOf(ctx: Ctx, { id }: Member): Promise<string | null> {
  const last = await ctx.db
    .selectFrom('invitations')
    .select('locale')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('member_id', '=', id)
    .where('locale', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return last?.locale ?? null
}

/** The language of somebody who has a login already, as a member of whatever ecosystem. */
async function ownLanguage(ctx: Ctx, email: string): Promise<string | null> {
  const { rows } = await sql<{ home: { locale: string } | null }>`select app.mail_home(${email}) as home`.execute(ctx.db)
  return Locale.safeParse(rows[0]?.home?.locale).data ?? null
}

/**
 * Makes a link for an invited member and mails it: in their own language where they have a login, which the outbox does not tell, else in
 * the one given, else in the ecosystem's first; links made before end.
 */
async function sendInvitation(ctx: Ctx, member: Member, given: string | null): Promise<void> {
  const ecosystem = await getEcosystem(ctx)
  const chosen = given ?? ecosystem.languages.find((one) => Locale.safeParse(one).success) ?? 'en'
  const own = await ownLanguage(ctx, member.email)
  await ctx.db
    .updateTable('invitations')
    .set({ revoked_at: ctx.now })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('member_id', '=', member.id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  const token = randomBytes(32).toString('base64url')
  const expires_at = new Date(Date.parse(ctx.now) + DAYS * 86_400_000).toISOString()
  const whose = { tenant_id: ctx.tenant_id, id: ctx.id(), member_id: member.id, party_id: member.party_id }
  await ctx.db
    .insertInto('invitations')
    .values({
      ...whose,
      token_hash: hashToken(token),
      created_at: ctx.now,
      created_by: ctx.actor.member_id,
      expires_at,
      locale: chosen,
    })
    .execute()
  const inviter = ctx.actor.member_id ? (await getMember(ctx, { id: ctx.actor.member_id })).name : ecosystem.name
  const dueIn = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(expires_at))
  await sendMail(ctx, invitationMail, {
    to: member.email,
    locale: chosen,
    ...(own ? { own: { locale: own, due: dueIn(own) } } : {}),
    fields: {
      name: member.name,
      inviter,
      ecosystem: ecosystem.name,
      firm: member.party_name,
      due: dueIn(chosen),
      path: `/e/${ecosystem.slug}/join?token=${token}`,
      sender: ecosystem.name,
      colour: ecosystem.branding?.primary ?? null,
    },
  })
}

/** The host is told of everybody; a firm that asks for an address of another learns nothing, and only its reader does when they accept. */
async function refuseTaken(ctx: Ctx, email: string): Promise<void> {
  if (ctx.actor.side === 'outer') return
  const taken = await ctx.db
    .selectFrom('members')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('email', '=', email)
    .where('state', '<>', 'ended')
    .executeTakeFirst()
  if (taken) throw new Refusal('conflict', TAKEN)
}

export async function inviteMember(ctx: Ctx, { locale, ...input }: Input<typeof contract.invite>): Promise<Member> {
  const party_id = input.party_id ?? ctx.actor.party_id
  await assertManages(ctx, party_id)
  if (input.roles.some(({ role }) => role === 'owner') && !ctx.actor.roles.includes('owner'))
    throw new Refusal('forbidden', 'Only an owner makes another owner')
  await checkScopes(ctx, input.roles)
  await refuseTaken(ctx, input.email)
  const id = await addMember(ctx, { ...input, party_id }, null)
  const member = await getMember(ctx, { id })
  await sendInvitation(ctx, member, locale ?? null)
  ctx.emit(contract.invited, { member_id: id, partner_id: party_id })
  return member
}

export async function resendInvitation(ctx: Ctx, { id, locale }: Input<typeof contract.resend>): Promise<Member> {
  const member = await memberForUpdate(ctx, id)
  if (member.state !== 'invited')
    throw new Refusal('conflict', `${member.name} is not waiting for an invitation: the state is ${member.state}`)
  await sendInvitation(ctx, member, locale ?? (await languageOf(ctx, member)))
  ctx.emit(contract.invited, { member_id: id, partner_id: member.party_id })
  return member
}
