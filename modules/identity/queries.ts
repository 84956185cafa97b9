import { sql } from 'kysely'
import type { Db } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { RoleChange } from '../roles.ts'

export interface PersonRow {
  id: string
  name: string
  email: string
  locale: string
  two_factor: boolean
  password: boolean
  passkeys: number
}

/** The person of the call, whom a key does not stand for. */
export const personId = (ctx: Ctx): string => {
  if (!ctx.actor.person_id && ctx.actor.member_id)
    throw new Refusal('forbidden', 'An API key acts in its ecosystem only; this needs the person to sign in')
  if (!ctx.actor.person_id) throw new Refusal('unauthenticated', 'Sign in first')
  return ctx.actor.person_id
}

export async function getPerson(db: Db, id: string): Promise<PersonRow> {
  const { rows } = await sql<{ person: PersonRow | null }>`select app.person(${id}) as person`.execute(db)
  const person = rows[0]?.person
  if (!person) throw new Refusal('unauthenticated', 'Sign in first')
  return person
}

export interface MemberJson {
  tenant_id: string
  member_id: string
  person_id: string
  side: 'inner' | 'outer'
  party_id: string | null
  party_name: string | null
  roles: { role: string; scope: Record<string, string[]> }[]
  changes: RoleChange[]
  sees: string[]
}

export interface MembershipJson extends MemberJson {
  slug: string
  name: string
  branding: { primary: string; accent: string; logo_url: string | null; corner: number; typeface: string } | null
  languages: string[]
}

export async function listMemberships(db: Db, person_id: string): Promise<MembershipJson[]> {
  const { rows } = await sql<{ all: MembershipJson[] }>`select app.memberships(${person_id}) as all`.execute(db)
  return rows[0]?.all ?? []
}

export interface SessionRow {
  id: string
  created_at: string
  seen_at: string
  expires_at: string
  address: string | null
  agent: string | null
}

export async function sessionsOf(db: Db, person_id: string): Promise<SessionRow[]> {
  const { rows } =
    await sql<SessionRow>`select id, created_at, seen_at, expires_at, address, agent from app.sessions_of(${person_id})`.execute(
      db,
    )
  return rows
}
