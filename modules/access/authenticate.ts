import { sql } from 'kysely'
import type { Database } from '../../kernel/db.ts'
import type { Authenticate, Credentials, Principal } from '../../kernel/http.ts'
import type { Actor, Via } from '../../kernel/module.ts'
import type { MemberJson } from '../identity/queries.ts'
import { tokenOfCookie, verifySigned } from '../identity/session-token.ts'
import { permissionsOf } from '../roles.ts'
import { hashToken } from './invite-member.ts'
import { scopeOf } from './partner-scope.ts'

interface KeyFound {
  key_id: string
  scopes: string[]
  slug: string
  member: MemberJson | null
}

interface Found {
  person_id: string | null
  tenant_id: string | null
  member: MemberJson | null
}

// What this process changes is forgotten at once; this bounds what another process changed.
const KEEP_MILLIS = 60_000
const KEEP_ENTRIES = 30_000
const ACCESS =
  /\b(?:insert into|update|delete from) "?(?:members|member_roles|role_permissions|party_reach|person_tenants|ecosystem_slugs|ecosystems)\b|\bupdate "?api_keys"? set (?!last_used_at)|insert into "?api_keys\b|app\.revoke_session/

// Thousands of callers share a few sets: by their roles and what the ecosystem changed of these.
const MOST_SETS = 500
const sets = new Map<string, ReadonlySet<string>>()
function permissionSet(roles: readonly string[], changes: MemberJson['changes']): ReadonlySet<string> {
  const key = JSON.stringify([roles, changes])
  const found = sets.get(key)
  if (found) return found
  const made = permissionsOf(roles, changes)
  if (sets.size >= MOST_SETS) sets.clear()
  sets.set(key, made)
  return made
}

/** A member as an actor: roles, what they may, and whose rows they see. */
export function actorOf(member: MemberJson): Omit<Actor, 'via'> {
  const roles = member.roles.map((held) => held.role)
  return {
    member_id: member.member_id,
    person_id: member.person_id,
    side: member.side,
    party_id: member.party_id,
    parties: member.side === 'inner' ? '*' : [member.party_id ?? '', ...member.sees],
    roles,
    permissions: permissionSet(roles, member.changes),
    scope: scopeOf(member.roles),
  }
}

interface Kept {
  until: number
  principal: Promise<{ person_id: string | null; tenant_id: string | null; actor: Omit<Actor, 'via'> | null }>
}

const KEY = /^rlt_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/
const NOBODY = { person_id: null, tenant_id: null, actor: null }

/** Whom a key speaks for: its member, with the permissions that key and member share. */
async function readKey(
  database: Database,
  key: string,
  slug: string | null,
): Promise<Awaited<Kept['principal']> & { key_id?: string }> {
  const parts = KEY.exec(key)
  if (!parts) return NOBODY
  const tenant_id = parts.slice(1).join('-')
  const found = await database.tx({ tenant_id: null, parties: [], actor_id: null }, { read_only: true }, async ({ db, now }) => {
    const { rows } = await sql<{
      found: KeyFound | null
    }>`select app.key_principal(${tenant_id}, ${hashToken(key)}, ${now}) as found`.execute(db)
    return rows[0]?.found
  })
  if (!found?.member || (slug !== null && slug !== found.slug)) return NOBODY
  const actor = actorOf(found.member)
  const permissions = new Set(found.scopes.filter((scope) => actor.permissions.has(scope)))
  // A key acts in its ecosystem only: what belongs to the person everywhere needs the person.
  return { person_id: null, tenant_id, actor: { ...actor, permissions, person_id: null }, key_id: found.key_id }
}

const MINUTE = 60_000

/** Notes when keys were used, after the answer and at most once a minute for each. */
function makeKeyNotes(database: Database): (tenant_id: string, key_id: string) => void {
  const noted = new Map<string, number>()
  return (tenant_id, key_id) => {
    if (Date.now() - (noted.get(key_id) ?? 0) < MINUTE) return
    if (noted.size > KEEP_ENTRIES) noted.clear()
    noted.set(key_id, Date.now())
    database
      .tx({ tenant_id, parties: '*', actor_id: null }, {}, async ({ db, now }) => {
        await sql`update api_keys set last_used_at = ${now} where tenant_id = ${tenant_id} and id = ${key_id}`.execute(db)
      })
      .catch(() => noted.delete(key_id))
  }
}

// Whether a statement writes to the tables of access; asked of the same few texts with every commit.
function touchesAccess(): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const kept = known.get(text)
    if (kept !== undefined) return kept
    if (known.size >= 1000) known.clear()
    const touches = ACCESS.test(text)
    known.set(text, touches)
    return touches
  }
}

/** Tells who calls, from a session's token, a cookie or a key; what another process changed it knows a minute later at most. */
export function makeAuthenticate(
  database: Database,
  { secret, secure }: { secret: string; secure: boolean },
): { authenticate: Authenticate; forget: () => void } {
  const kept = new Map<string, Kept>()
  database.watch(touchesAccess(), () => kept.clear())

  const noteKey = makeKeyNotes(database)

  const read = async (token: string | null, slug: string | null): Promise<Awaited<Kept['principal']>> => {
    if (token?.startsWith('rlt_')) {
      const { key_id, ...principal } = await readKey(database, token, slug)
      if (key_id && principal.tenant_id) noteKey(principal.tenant_id, key_id)
      return principal
    }
    const found = await database.tx({ tenant_id: null, parties: [], actor_id: null }, { read_only: true }, async ({ db }) => {
      const { rows } = await sql<{ found: Found }>`select app.principal(${token}, ${slug}) as found`.execute(db)
      return rows[0]?.found
    })
    const member = found?.member ?? null
    return { person_id: found?.person_id ?? null, tenant_id: found?.tenant_id ?? null, actor: member ? actorOf(member) : null }
  }

  const remembered = (token: string | null, slug: string | null): Kept['principal'] => {
    // No header can hold a line break, so two pairs never share a key.
    const key = `${token ?? ''}\n${slug ?? ''}`
    const now = Date.now()
    const found = kept.get(key)
    if (found && found.until > now) return found.principal
    kept.delete(key)
    const principal = read(token, slug)
    principal.catch(() => kept.delete(key))
    kept.set(key, { until: now + KEEP_MILLIS, principal })
    // Insertion order is age, so the first key is the oldest.
    if (kept.size > KEEP_ENTRIES) for (const oldest of kept.keys()) if (kept.delete(oldest)) break
    return principal
  }

  const tokenOf = ({ bearer, cookie, api_key }: Credentials): string | null => {
    if (api_key !== null) return api_key.startsWith('rlt_') ? api_key : null
    if (bearer !== null) return bearer.includes('.') ? verifySigned(bearer, secret) : bearer
    return cookie === null ? null : tokenOfCookie(cookie, secret, secure)
  }

  const authenticate: Authenticate = async (credentials) => {
    const token = tokenOf(credentials)
    const shown = token ?? credentials.bearer ?? credentials.api_key
    if (token === null && credentials.tenant === null)
      return { person_id: null, tenant_id: null, actor: null, lapsed: shown !== null } satisfies Principal
    const { person_id, tenant_id, actor } = await remembered(token, credentials.tenant)
    const lapsed = shown !== null && person_id === null && actor === null
    return { person_id, tenant_id, actor: actor && withVia(actor, credentials.via), lapsed } satisfies Principal
  }
  return { authenticate, forget: () => kept.clear() }
}

const withVia = (actor: Omit<Actor, 'via'>, via: Via): Actor => ({ ...actor, via })
