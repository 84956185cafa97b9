import { createHash, randomBytes } from 'node:crypto'
import { type CompiledQuery, sql } from 'kysely'
import type { Ctx, Emitted, Pending } from './module.ts'

/** The field of an event's data that names its subject: the first one. */
function subjectOf({ event, data }: Emitted): string {
  const field = Object.keys(event.data.shape)[0]
  const id = field === undefined ? undefined : data[field]
  if (typeof id !== 'string') throw new Error(`${event.type}: the first field of an event names its subject`)
  return id
}

/** What stores the events that a verb emitted, one statement for a thousand, with an outbox row each. */
export function* eventStatements(ctx: Ctx, pending: Pending): Generator<CompiledQuery> {
  for (let from = 0; from < pending.emitted.length; from += 1000) {
    const rows = pending.emitted.slice(from, from + 1000).map((emitted) => {
      const party = emitted.event.party === undefined ? null : emitted.data[emitted.event.party]
      return {
        id: ctx.id(),
        type: emitted.event.type,
        subject_type: emitted.event.type.split('.')[0],
        subject_id: subjectOf(emitted),
        party_id: typeof party === 'string' ? party : null,
        audience: emitted.event.audience,
        data: emitted.data,
        changes: emitted.changes,
        salt: randomBytes(12).toString('base64url'),
      }
    })
    const text = JSON.stringify(rows)
    const { tenant_id, actor, request_id, now } = ctx
    const ids = rows.map((row) => row.id)
    yield sql`with stored as (insert into events (tenant_id, id, type, subject_type, subject_id, party_id, audience, actor_id, via, request_id, at, data, changes, salt)
      select ${tenant_id}::uuid, r.id, r.type, r.subject_type, r.subject_id, r.party_id, r.audience, ${actor.member_id}::uuid, ${actor.via}, ${request_id}, ${now}::timestamptz, r.data, r.changes, r.salt
      from jsonb_to_recordset(${text}::jsonb) as r(id uuid, type text, subject_type text, subject_id uuid, party_id uuid, audience text, data jsonb, changes jsonb, salt text)
      on conflict do nothing)
      insert into outbox (tenant_id, event_id) select ${tenant_id}::uuid, id from unnest(${ids}::uuid[]) as id on conflict do nothing`.compile(
      ctx.db,
    )
  }
}

export interface EventBody {
  id: string
  type: string
  version: number
  subject_type: string
  subject_id: string
  party_id: string | null
  actor_id: string | null
  via: string
  at: string
  data: unknown
  changes: unknown
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** sha256 over salt and body, keys sorted: the body can be erased later and the chain still holds. */
export function digestOf(body: EventBody, salt: string): string {
  const { id, type, version, subject_type, subject_id, party_id, actor_id, via, at, data, changes } = body
  return sha256(
    salt + JSON.stringify(sorted({ id, type, version, subject_type, subject_id, party_id, actor_id, via, at, data, changes })),
  )
}

/** The next hash of the chain. */
export const chainHash = (before: string, seq: number, digest: string): string => sha256(`${before}:${seq}:${digest}`)
