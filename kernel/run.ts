import type { RawBuilder } from 'kysely'
import type * as z from 'zod'
import { type Cut, cutBy, schemaFor } from './audience.ts'
import type { Audience, Route } from './contract.ts'
import type { Database, Entry, TxOptions } from './db.ts'
import { invalid, issuesIn, plainWords, Refusal } from './errors.ts'
import { storeEvents } from './events.ts'
import type { Files } from './files.ts'
import { type Answer, answerKept, claimKey, requestHash } from './idempotency.ts'
import type { Queue } from './jobs.ts'
import { type Actor, type Ctx, type Module, makeCtx, type Pending, type Served, SYSTEM } from './module.ts'
import { insertLater } from './statements.ts'

/** Everything that doors (HTTP, CLI, MCP, worker, tests) need to run verbs. */
export interface House {
  modules: readonly Module[]
  database: Database
  served: ReadonlyMap<string, Served>
  /** What an audience gets of a route's answer. */
  outputs: ReadonlyMap<string, Record<Audience, Cut>>
  refusals: Module['refusals']
  queue: Queue
  files: Files
}

/** Wires the modules; refuses to start on a route served twice or an output schema that audiences cannot walk. */
export function makeHouse(modules: readonly Module[], database: Database, queue: Queue, files: Files): House {
  const served = new Map<string, Served>()
  const outputs = new Map<string, Record<Audience, Cut>>()
  for (const one of modules.flatMap((module) => module.routes)) {
    const { name, output } = one.route
    if (!name) throw new Error(`${one.route.method} ${one.route.path} is not in modules/contract.ts`)
    if (served.has(name)) throw new Error(`${name} is served twice`)
    served.set(name, one)
    outputs.set(name, { inner: cutBy(schemaFor(output, 'inner')), outer: cutBy(schemaFor(output, 'outer')) })
  }
  const refusals = Object.assign({}, ...modules.map((m) => m.refusals)) as Module['refusals']
  return { modules, database, queue, files, served, outputs, refusals }
}

// As JSON writes them: NUL, and half of a character, which no database stores as text.
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f]..)/

/** Parses with a schema; a failure names each field. Unknown fields are failures. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value, { error: plainWords })
  if (read.success) {
    if (!UNSTORABLE.test(JSON.stringify(read.data))) return read.data
    const [path = ''] = Object.entries(read.data ?? {}).find((field) => UNSTORABLE.test(JSON.stringify(field))) ?? []
    throw invalid([{ path, message: 'holds a character that cannot be stored (as NUL): remove it' }])
  }
  throw invalid(issuesIn(read.error.issues, value))
}

interface PgError extends Error {
  code: string
  constraint?: string
}
const isPgError = (error: unknown): error is PgError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'severity' in error

const BY_STATE: Record<string, readonly ['invalid' | 'unavailable' | 'conflict', string]> = {
  '22021': ['invalid', 'A text holds a character that cannot be stored (as the NUL character): remove it'],
  '22P05': ['invalid', 'A text holds a character that cannot be stored (as the NUL character): remove it'],
  '22003': ['invalid', 'A number is too large'],
  '22P02': ['invalid', 'A value has the wrong form'],
  '22007': ['invalid', 'A date or time has the wrong form'],
  '22008': ['invalid', 'A date or time is out of range'],
  '22009': ['invalid', 'A date or time is out of range'],
  '40001': ['unavailable', 'Two changes met; repeat yours'],
  '40P01': ['unavailable', 'Two changes met; repeat yours'],
  '25006': ['unavailable', 'The database takes no writes just now; try again in a moment'],
  '53100': ['unavailable', 'The disk of the database is full: tell the operator'],
  '53300': ['unavailable', 'The database is at its limit; try again in a moment'],
  '57P01': ['unavailable', 'The database is restarting; try again in a moment'],
  '57P02': ['unavailable', 'The database is restarting; try again in a moment'],
  '57P03': ['unavailable', 'The database is starting; try again in a moment'],
}
const LOST = /ECONN|EPIPE|ETIMEDOUT|connect ENOENT|Connection terminated|terminating connection|not queryable|trying to connect/

/** The refusal that a thrown error means, or null when it is a bug. On a cluster the constraint's name stands only in the message, with a suffix. */
export function refusalOf(error: unknown, refusals: Module['refusals']): Refusal | null {
  if (error instanceof Refusal) return error
  if (!(error instanceof Error)) return null
  if (isPgError(error)) {
    const named = error.constraint || /constraint "([^"]+)"/.exec(error.message)?.[1] || error.message
    const known = refusals[named] ?? refusals[named.replace(/_\d{5,}$/, '')]
    if (known) return new Refusal(known[0], known[1])
    const state = BY_STATE[error.code]
    if (state) return new Refusal(state[0], state[1], state[0] === 'unavailable' ? { retry_after: 2 } : {})
  }
  if (LOST.test(error.message))
    return new Refusal('unavailable', 'The database does not answer just now; try again in a moment', { retry_after: 2 })
  return null
}

export interface Call {
  tenant_id: string | null
  actor: Actor
  request_id?: string
  if_match?: number | null
  key?: string | null
}

function storeAudit(ctx: Ctx, route: Route, input: Record<string, unknown>, result: unknown): void {
  const { tenant_id, now, actor, request_id } = ctx
  // Somebody who is no member of the tenant leaves no row in it; what they did stands in its events.
  if (actor.member_id === null && actor.side === 'outer') return
  const from = [input.id, (result as { id?: unknown } | null | undefined)?.id].find((id) => typeof id === 'string')
  const { member_id: actor_id, person_id, party_id, via } = actor
  const row = { tenant_id, id: ctx.id(), at: now, actor_id, person_id, party_id, route: route.name ?? '' }
  insertLater(ctx, 'audits', [{ ...row, subject_id: from ?? null, via, request_id }])
}

/** What every transaction does at its end: jobs now, events with their outbox together with the commit. */
async function finish(house: House, ctx: Ctx, pending: Pending): Promise<void> {
  if (pending.jobs.length > 0) await house.queue.send(ctx, pending.jobs)
  storeEvents(ctx, pending)
}

/** The answer as it may be stored. */
const withoutSecret = ({ secret }: Route, answer: Answer): Answer =>
  secret === undefined ? answer : { ...answer, body: { ...(answer.body as object), [secret]: null } }

/** Runs one verb as one transaction: key, verb, events, audit, output for the audience, commit. Input is parsed already. */
export async function runVerb(house: House, name: string, input: Record<string, unknown>, call: Call): Promise<Answer> {
  const one = house.served.get(name)
  const output = house.outputs.get(name)
  if (!one || !output) throw new Refusal('not_found', `There is no route ${name}`)
  const { route } = one
  const { actor, tenant_id } = call
  const read_only = route.method === 'GET'
  const entry: Entry = { tenant_id, parties: tenant_id ? actor.parties : [], actor_id: actor.member_id }
  return house.database.tx(entry, { read_only: read_only && route.audit !== 'read' }, async (tx) => {
    const { ctx, pending } = makeCtx({ tx, ...call, tenant_id: tenant_id ?? '' })
    const key = !read_only && tenant_id && actor.member_id ? (call.key ?? null) : null
    if (key) {
      const kept = await claimKey(ctx, key, requestHash(name, input))
      if (kept) return kept
    }
    const result = await one.verb(ctx, input as never)
    if (tenant_id && (!read_only || route.audit === 'read')) {
      await finish(house, ctx, pending)
      storeAudit(ctx, route, input, result)
    }
    const body = route.output.def.type === 'void' ? undefined : output[actor.side](result)
    const answer = { status: route.status ?? 200, body }
    if (key) tx.closing.push(answerKept(ctx, key, withoutSecret(route, answer)))
    return answer
  })
}

/** One transaction of a tenant for the system itself: listeners, clocks, jobs, tests; a job may name whom it acts for. */
export async function asSystem<T>(
  house: House,
  tenant_id: string,
  work: (ctx: Ctx) => Promise<T>,
  { actor = SYSTEM, ...options }: TxOptions & { actor?: Actor | undefined } = {},
): Promise<T> {
  return house.database.tx({ tenant_id, parties: actor.parties, actor_id: actor.member_id }, options, async (tx) => {
    const { ctx, pending } = makeCtx({ tx, tenant_id, actor })
    const result = await work(ctx)
    await finish(house, ctx, pending)
    return result
  })
}

/** The tenants that a question over all of them finds. */
export const tenantsOf = (house: House, question: (now: string) => RawBuilder<{ tenant_id: string }>): Promise<string[]> =>
  house.database.tx({ tenant_id: null, parties: [], actor_id: null }, { read_only: true }, async ({ db, now }) =>
    (await question(now).execute(db)).rows.map((row) => row.tenant_id),
  )
