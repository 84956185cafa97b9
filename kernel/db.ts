import { Socket } from 'node:net'
import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import pg from 'pg'
import { begin, close, execute, handleOf, open, send, sendWaiting } from './connection.ts'
import { aheadOf, isoOf, shift } from './dates.ts'
import { Refusal } from './errors.ts'
import { refuseStrongRole } from './migrate.ts'
import type { Insert } from './statements.ts'

/** Rows of every table by name; `modules/schema.gen.ts` fills it by declaration merging. */
// oxlint-disable-next-line typescript/no-empty-interface typescript/no-empty-object-type
export interface Tables {}

export type Db = Kysely<Tables>

/** Who enters: the tenant (null for none), the parties whose rows may be seen ('*' for all), the member who acts. */
export interface Entry {
  tenant_id: string | null
  parties: '*' | readonly string[]
  actor_id: string | null
}

export interface Tx {
  db: Db
  /** The database's time at BEGIN, as ISO with microseconds, moved by the clock of the demo or test. */
  now: string
  /** Runs a statement as the caller at once: the builder's own way to it takes half as long as a short one. */
  ask: <T>(query: Compilable<T>) => Promise<T[]>
  /** Reads as if entered without a party: for weighing rows that the caller may not see. */
  judge: <T>(query: Compilable<T>) => Promise<T[]>
  /** The same for several reads, which travel together; null is none, and gives no rows. */
  judgeAll: <T extends unknown[]>(queries: { [K in keyof T]: Compilable<T[K]> | null }) => Promise<{ [K in keyof T]: T[K][] }>
  /** Rows that leave with the next statement or the commit, whichever comes first: all that wait by then are one statement. */
  insert: (insert: Insert) => void
  /** Statements that leave together with the commit, in this order; the transaction fails with any of them. */
  closing: CompiledQuery[]
}

export interface TxOptions {
  read_only?: boolean
  /** Plans each statement by the size that its tables have now: for work that fills them faster than their statistics are renewed. */
  plans_anew?: boolean
}

export interface Database {
  tx: <T>(entry: Entry, options: TxOptions, work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Milliseconds that the clock is ahead of the database's, or the moment at which it stands still; only demo and tests move it. */
  offset: { millis: number; at: string | null }
  /** Calls `changed` after every commit of this process in which a statement wrote that `touches` says yes to. */
  watch: (touches: (sql: string) => boolean, changed: () => void) => void
  ping: () => Promise<void>
  stats: () => { total: number; idle: number; waiting: number }
  close: () => Promise<void>
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is beyond the safe integers`)
  return value
}

const asText = (text: string): string => text
const PARSERS = new Map<number, (text: string) => unknown>([
  [20, safeInteger],
  [1700, asText],
  [1184, isoOf],
  [1114, asText],
  [1082, asText],
])
// int8 as a safe integer, numeric as text, times as ISO text, dates as text.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig

// How long work waits for a connection, in milliseconds.
const PATIENCE = 8000

// What is sent in one turn of the event loop leaves in one write: a write costs more than most statements. The turn ends with
// setImmediate, so that a commit, the next caller's begin and its first query share one.
function gatheringSocket(): Socket {
  const socket = new Socket()
  const write = socket.write.bind(socket)
  let gathers = false
  // Not before it is connected: connecting puts the method of the class back.
  socket.once('connect', () => {
    socket.write = ((...parts: Parameters<Socket['write']>) => {
      if (!gathers) {
        gathers = true
        socket.cork()
        setImmediate(() => {
          gathers = false
          socket.uncork()
        })
      }
      return write(...parts)
    }) as Socket['write'] // an overloaded method, whose parameters are passed on as they came
  })
  return socket
}

/** Lets so many write at once, and gives what ends a turn; the others wait in their order, and no longer than for a connection. */
function turnsOf(most: number): () => Promise<() => void> {
  const waiting = new Set<() => void>()
  let free = most
  const leave = () => {
    const [next] = waiting
    if (!next) free += 1
    else if (waiting.delete(next)) next()
  }
  const wait = (go: () => void, fail: (error: Error) => void) => {
    waiting.add(go)
    setTimeout(() => waiting.delete(go) && fail(new Error('No turn to write in time')), PATIENCE).unref()
  }
  return async () => {
    if (free > 0) free -= 1
    else await new Promise<void>(wait)
    return leave
  }
}

// pg has one error for "no free connection in time"; people get the refusal that says to come back.
async function inTime<T>(waits: () => Promise<T>): Promise<T> {
  try {
    return await waits()
  } catch (error) {
    throw Object.assign(
      new Refusal('unavailable', 'The database does not answer just now; try again in a moment', { retry_after: 2 }),
      { cause: error },
    )
  }
}

/**
 * Opens the app's pool on `url`; every piece of work is one transaction of one tenant. Of its `max` connections as many as `readers`
 * are kept for those who only read, half at most: what stores takes several trips, and whoever looks should not wait behind it.
 */
export async function openDatabase(url: string, options: { max?: number; readers?: number } = {}): Promise<Database> {
  const { max = 16, readers = 0 } = options
  const settings = {
    connectionString: url,
    max,
    connectionTimeoutMillis: PATIENCE,
    idleTimeoutMillis: 30_000,
    types,
    pipeline: true,
    stream: gatheringSocket,
    // Statements are many and short: planning one anew costs more than the best plan saves, and helpers more than they help.
    options: '-c timezone=UTC -c datestyle=ISO -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0',
  }
  const pool = new pg.Pool(settings)
  pool.on('error', () => {})
  // Lost in the midst of a transaction a connection fails its query and says so itself, too, which nobody else would hear.
  pool.on('connect', (client) => client.on('error', () => {}))
  await refuseStrongRole(pool)
  const offset: Database['offset'] = { millis: 0, at: null }

  const turn = turnsOf(Math.max(Math.ceil(max / 2), max - readers))
  let ahead = 0
  const watches: Parameters<Database['watch']>[] = []
  const tx: Database['tx'] = async (entry, { read_only = false, plans_anew = false }, work) => {
    const leave = read_only ? undefined : await inTime(turn)
    const client = await inTime(() => pool.connect()).catch((error: unknown) => {
      leave?.()
      throw error
    })
    const { writes, inserts } = open(client, entry, plans_anew)
    const sent = Date.now()
    const begun = begin(client, entry, read_only)
    let broken: Error | undefined
    try {
      begun.then((told) => (ahead = aheadOf(told, sent))).catch(() => {})
      // A reader need not wait to be told the time: it goes by our clock and the difference last seen, so its first query leaves at once.
      const now = read_only ? new Date(sent + ahead).toISOString() : await begun
      const judgeAll: Tx['judgeAll'] = async (queries) => {
        const compiled = queries.map((query) => query?.compile())
        const stored = sendWaiting(client)
        const [results] = await Promise.all([Promise.all(compiled.map((query) => query && send(query, client, true))), stored])
        return results.map((one) => one?.rows ?? []) as never // the mapped tuple, which map() cannot know
      }
      const ask: Tx['ask'] = async (query) => (await execute<never>(query.compile(), client)).rows
      const judge: Tx['judge'] = async (query) => (await judgeAll([query]))[0]
      const closing: CompiledQuery[] = []
      const insert: Tx['insert'] = (one) => void inserts.push(one)
      const at = offset.at ?? shift(now, offset.millis)
      const result = await work({ db: handleOf(client), now: at, ask, judge, judgeAll, insert, closing })
      const stored = [sendWaiting(client), ...closing.map((query) => send(query, client))]
      const closed = Promise.all([...stored, client.query('commit')])
      // Nothing hangs on a reader's commit: whoever takes the connection next stands behind it.
      if (read_only) closed.catch(() => {})
      // A commit after a statement that failed, and whose failure somebody caught, is a rollback that says nothing.
      else if ((await closed).at(-1)?.command !== 'COMMIT') throw new Error('A statement failed unheard, so nothing was stored')
      for (const [touches, changed] of watches) if (writes.some(touches)) changed()
      return result
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => {
        broken = lost
      })
      // What follows a failed entry fails for a lesser reason.
      await begun
      throw error
    } finally {
      close(client)
      client.release(broken)
      leave?.()
    }
  }

  return {
    tx,
    offset,
    watch: (...watch) => void watches.push(watch),
    ping: async () => void (await pool.query('select 1')),
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}
