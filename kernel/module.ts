import type { z } from 'zod'
import type { Audience, EventData, EventType, Input, Output, Route } from './contract.ts'
import type { Tx } from './db.ts'
import { Refusal, type RefusalCode } from './errors.ts'
import type { Files } from './files.ts'
import { uuidv7 } from './ids.ts'
import type { Importable } from './importing.ts'
import { type Log, log } from './log.ts'

export type Via = 'web' | 'api' | 'cli' | 'mcp' | 'import' | 'mail' | 'system'

/** Who acts in a tenant: `side` decides the audience; `scope` narrows what roles reach, an absent dimension meaning all. */
export interface Actor {
  member_id: string | null
  person_id: string | null
  side: Audience
  party_id: string | null
  /** Parties whose rows are visible; '*' on the inner side. */
  parties: '*' | readonly string[]
  roles: readonly string[]
  permissions: ReadonlySet<string>
  scope: Readonly<Record<string, readonly string[]>>
  via: Via
}

export interface Emitted {
  event: EventType
  data: Record<string, unknown>
  changes: Record<string, readonly [unknown, unknown]>
}

interface EmitOptions {
  changes?: Record<string, readonly [unknown, unknown]>
}

/** What a verb gets: one transaction of one tenant, the actor, the time, and no way to the network. */
export interface Ctx extends Tx {
  tenant_id: string
  actor: Actor
  request_id: string
  id: () => string
  /** Records an event; it is stored with the transaction and heard after it commits. */
  emit: <D extends z.ZodObject>(event: EventType<D>, data: z.input<D>, options?: EmitOptions) => void
  /** Compares If-Match with the version of the row that the verb locked; refuses 'stale'. */
  match: (version: number) => void
  can: (permission: string) => boolean
  /** Puts a job into the queue of this transaction; it runs after the commit. */
  enqueue: (job: string, ref: Record<string, unknown>, options?: { after?: string }) => void
  log: Log
}

export interface Pending {
  emitted: Emitted[]
  jobs: { job: string; ref: Record<string, unknown>; after?: string }[]
  matched: boolean
}

export interface CtxInput {
  tx: Tx
  tenant_id: string
  actor: Actor
  request_id?: string
  if_match?: number | null
}

/** The actor of listeners, clocks and jobs: the tenant itself, inner and unscoped. */
export const SYSTEM: Actor = {
  member_id: null,
  person_id: null,
  side: 'inner',
  party_id: null,
  parties: '*',
  roles: ['system'],
  permissions: new Set(['*']),
  scope: {},
  via: 'system',
}

/** Where ids come from; the demo world seeds it so that the same day gives the same world. */
export const idSource = { next: () => uuidv7() }

/** A verb's context and what it left pending for the commit. */
export function makeCtx({ tx, tenant_id, actor, request_id = uuidv7(), if_match = null }: CtxInput): {
  ctx: Ctx
  pending: Pending
} {
  const pending: Pending = { emitted: [], jobs: [], matched: false }
  const ctx: Ctx = {
    ...tx,
    tenant_id,
    actor,
    request_id,
    id: () => idSource.next(),
    emit: (event, data, options = {}) => {
      pending.emitted.push({ event, data: event.data.parse(data), changes: options.changes ?? {} })
    },
    match: (version) => {
      pending.matched = true
      if (if_match !== null && if_match !== version) {
        throw new Refusal(
          'stale',
          `You read version ${if_match}, it is now version ${version}: read it again, then repeat your change`,
          { version },
        )
      }
    },
    can: (permission) => actor.permissions.has(permission) || actor.permissions.has('*'),
    enqueue: (job, ref, options = {}) => void pending.jobs.push({ job, ref, ...options }),
    log,
  }
  return { ctx, pending }
}

export type Verb<R extends Route> = (ctx: Ctx, input: Input<R>) => Promise<Output<R>>
export interface Served {
  route: Route
  verb: (ctx: Ctx, input: never) => Promise<unknown>
}

/** Joins a contract's route with its verb; a mismatch of columns and contract stops compiling here. */
export function serve<R extends Route>(route: R, verb: Verb<R>): Served {
  return { route, verb }
}

export interface HeardEvent<D = Record<string, unknown>> {
  id: string
  type: string
  subject_id: string
  party_id: string | null
  actor_id: string | null
  at: string
  data: D
}
export interface Listener {
  name: string
  event: EventType
  hear: (ctx: Ctx, event: HeardEvent<never>) => Promise<void>
}

/** Hears an event after it is committed; at least once delivered, its effect once. The function's name is the listener's. */
export function listen<E extends EventType>(
  event: E,
  hear: (ctx: Ctx, event: HeardEvent<EventData<E>>) => Promise<void>,
): Listener {
  return { name: hear.name, event, hear }
}

export interface DueClock {
  id: string
  name: string
  subject_type: string
  subject_id: string
  party_id: string | null
  due_at: string
}
export interface ClockHandler {
  name: string
  due: (ctx: Ctx, clock: DueClock) => Promise<void>
}

/** What happens when a clock of this name runs out; in the same transaction that marks it fired. */
export const clock = (name: string, due: ClockHandler['due']): ClockHandler => ({ name, due })

/** What a job gets: no open transaction, but a way to open one, and the network. */
export interface JobCtx {
  tenant_id: string
  /** Acts as the system unless an actor is given. */
  tx: <T>(work: (ctx: Ctx) => Promise<T>, actor?: Actor) => Promise<T>
  files: Files
  http: (url: string, init?: RequestInit) => Promise<Response>
  log: Log
}
export interface Job {
  name: string
  run: (job: JobCtx, ref: Record<string, unknown>) => Promise<void>
}

/** Background work by name; it is retried, then parked with a replay. */
export const job = (name: string, run: Job['run']): Job => ({ name, run })

export interface InboxRow {
  id: string
  kind: string
  title: string
  /** A sentence's key and its values: why this is here now. */
  why: { key: string; values: Record<string, string | number | null> }
  subject_type: string
  subject_id: string
  due_at: string | null
  started_at: string | null
  /** What is left in the holder's working time; null where the clock runs day and night. */
  left_minutes: number | null
  ball: Audience
}

export interface SearchHit {
  type: string
  id: string
  title: string
  detail: string
  /** The detail in parts, each a text or a code that the reader's page has words for. */
  said?: { as: string; value: string; more?: string }[]
}

export interface Module {
  name: string
  routes: Served[]
  listeners: Listener[]
  jobs: Job[]
  clocks: ClockHandler[]
  /** Constraint name → the refusal that it means. */
  refusals: Record<string, readonly [RefusalCode, string]>
  inbox?: (ctx: Ctx) => Promise<InboxRow[]>
  search?: (ctx: Ctx, words: string) => Promise<SearchHit[]>
  imports: Record<string, Importable>
}

export interface ModuleParts {
  routes?: Served[]
  listeners?: Listener[]
  jobs?: Job[]
  clocks?: ClockHandler[]
  refusals?: Module['refusals']
  inbox?: NonNullable<Module['inbox']>
  search?: NonNullable<Module['search']>
  imports?: Record<string, Importable>
}

/** The wiring of one module; what is absent is empty. */
export function defineModule(name: string, parts: ModuleParts): Module {
  return { name, routes: [], listeners: [], jobs: [], clocks: [], refusals: {}, imports: {}, ...parts }
}
