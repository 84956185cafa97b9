import { createHash, randomBytes } from 'node:crypto'
import type { Ctx, Emitted, Pending } from './module.ts'
import { insertLater } from './statements.ts'

/** The field of an event's data that names its subject: the first one. */
function subjectOf({ event, data }: Emitted): string {
  const field = Object.keys(event.data.shape)[0]
  const id = field === undefined ? undefined : data[field]
  if (typeof id !== 'string') throw new Error(`${event.type}: the first field of an event names its subject`)
  return id
}

/** Stores the events that a verb emitted, with an outbox row each. */
export function storeEvents(ctx: Ctx, { emitted }: Pending): void {
  const { tenant_id, actor, request_id, now } = ctx
  const rows = emitted.map((one) => {
    const { event, data, changes } = one
    const party = event.party === undefined ? null : data[event.party]
    return {
      tenant_id,
      id: ctx.id(),
      type: event.type,
      subject_type: event.type.split('.')[0] ?? '',
      subject_id: subjectOf(one),
      party_id: typeof party === 'string' ? party : null,
      audience: event.audience,
      actor_id: actor.member_id,
      via: actor.via,
      request_id,
      at: now,
      data,
      changes,
      salt: randomBytes(12).toString('base64url'),
    }
  })
  insertLater(ctx, 'events', rows)
  insertLater(
    ctx,
    'outbox',
    rows.map(({ id }) => ({ tenant_id, event_id: id })),
  )
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
