import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import { isoOf } from './dates.ts'
import type { Db, Entry, Tables } from './db.ts'
import { type Insert, insertsQuery, objectsOf, prepared } from './statements.ts'

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()

/** The open transaction of a connection. */
interface Open {
  entry: Entry
  /** Whose rows the caller sees, and whose the connection sees now: everybody's while it judges. */
  own: string
  sees: string
  plans_anew: boolean
  /** What it wrote: its statements, and calls of functions, which may write. */
  writes: string[]
  /** The rows that it has not sent yet. */
  inserts: Insert[]
}

type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>

const openOn = new WeakMap<pg.PoolClient, Open>()

/** What is known of a connection while its transaction is open. */
export function open(client: pg.PoolClient, entry: Entry, plans_anew: boolean): Open {
  const own = entry.parties === '*' ? '*' : entry.parties.join(',')
  const opened = { entry, own, sees: own, plans_anew, writes: [], inserts: [] }
  openOn.set(client, opened)
  return opened
}

export const close = (client: pg.PoolClient): boolean => openOn.delete(client)

function openOf(client: pg.PoolClient): Open {
  const found = openOn.get(client)
  if (found) return found
  throw new Error('A statement runs in a transaction')
}

/** Sends a statement as the caller, or as one who judges; who sends the next one in the same name need not enter again. */
export async function send(query: Statement, client: pg.PoolClient, judges = false) {
  const { entry, own, sees, plans_anew } = openOf(client)
  const wanted = judges ? '*' : own
  const entered = sees === wanted ? undefined : enter(client, entry, wanted)
  const answered = client.query<unknown[]>({
    text: query.sql,
    values: query.parameters as unknown[],
    rowMode: 'array' as const,
    ...(plans_anew ? {} : prepared(query.sql)),
  })
  if (entered) await Promise.all([entered, answered])
  const { command, rowCount, fields, rows } = await answered
  return { command, rowCount, rows: objectsOf(fields, rows) }
}

/** Sends the rows that wait; their failure stands before that of whatever follows. */
export function sendWaiting(client: pg.PoolClient): ReturnType<typeof send> | undefined {
  const { inserts, writes } = openOf(client)
  if (inserts.length === 0) return undefined
  const query = insertsQuery(inserts.splice(0))
  writes.push(query.sql)
  return send(query, client)
}

export async function execute<R>(query: Statement, client: pg.PoolClient): Promise<QueryResult<R>> {
  const { writes } = openOf(client)
  const [stored, answered] = [sendWaiting(client), send(query, client)]
  if (stored) await Promise.all([stored, answered])
  const { command, rowCount, rows } = await answered
  if (command !== 'SELECT' || query.sql.startsWith('select app.')) writes.push(query.sql)
  return { rows: rows as R[], ...(command === 'SELECT' ? {} : { numAffectedRows: BigInt(rowCount ?? 0) }) }
}

const handles = new WeakMap<pg.PoolClient, Db>()

// Making a handle costs as much as a statement, so each connection keeps its own.
export function handleOf(client: pg.PoolClient): Db {
  const kept = handles.get(client)
  if (kept) return kept
  const made = makeHandle(client)
  handles.set(client, made)
  return made
}

function makeHandle(client: pg.PoolClient): Db {
  const connection: DatabaseConnection = {
    executeQuery: (query) => execute(query, client),
    // oxlint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('Read in pages: a transaction streams no cursors')
    },
  }
  const refuse = async () => {
    throw new Error('A verb runs in the one transaction that it was given')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => compiler,
    },
  })
}

function enter(client: pg.PoolClient, entry: Entry, parties: string) {
  openOf(client).sees = parties
  return client.query<{ now: string }>({
    name: 'enter',
    text: 'select app.enter($1, $2, $3)::text as now',
    values: [entry.tenant_id, parties, entry.actor_id],
  })
}

/** Begins and enters in one trip, and tells the time; two messages, since a cluster takes one statement in each. If entering fails, what follows fails too. */
export async function begin(client: pg.PoolClient, entry: Entry, read_only: boolean): Promise<string> {
  const begun = client.query(read_only ? 'begin read only' : 'begin')
  const [, first] = await Promise.all([begun, enter(client, entry, openOf(client).own)])
  return isoOf(first.rows[0]?.now ?? '')
}
