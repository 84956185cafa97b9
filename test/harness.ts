import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import { Client, Pool, type QueryResultRow } from 'pg'
import type { Queue } from '../kernel/jobs.ts'
import { type Log, silent } from '../kernel/log.ts'
import type { House } from '../kernel/run.ts'
import { passTime, settle as settleHouse } from '../kernel/worker.ts'
import { type App, openApp } from '../modules/app.ts'
import { type Callers, DEMO_PASSWORD, makeCallers, makeCastTools } from '../modules/cast.ts'
import { casts } from '../modules/casts.ts'
import { type Config, readConfig } from '../modules/config.ts'
import { freshDatabase, run, type TestDatabase, template } from './database.ts'
import { inlineQueue, jobsTable, runJobs } from './inline-queue.ts'

const root = join(import.meta.dirname, '..')
const SECRET = 'the secret of test worlds, which is no secret'

export interface World extends Callers {
  app: App
  house: House
  /** Tenant ids by slug. */
  tenants: { meridian: string; kestrel: string }
  database: TestDatabase
  /** Runs listeners, clocks and jobs until nothing is due. */
  settle: () => Promise<void>
  /** Lets time pass, from deadline to deadline. */
  advance: (by: number | { hours?: number; days?: number }) => Promise<void>
  /** Statements as the database's owner, for looking behind the product. */
  owner: <R extends QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>
  close: () => Promise<void>
}

let folder: string | undefined
/** Where files of this process's worlds lie; gone when it ends. */
function dataFolder(): string {
  if (!folder) {
    const made = mkdtempSync(join(tmpdir(), 'rialto-world-'))
    folder = made
    process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  }
  return folder
}

export interface Opening {
  log: Log
  config: Partial<Config>
  /** The folder of the built web app, for journeys. */
  web: string | null
  /** Limits of requests as a real start has them. */
  limited: boolean
  /** Another queue than the one that runs when a test settles. */
  queue: (url: string) => Queue
}

function openWorld(database: TestDatabase, { log, config, web, queue, limited }: Opening): Promise<App> {
  const test = { ...readConfig({ PUBLIC_URL: 'http://localhost:3000', DATA_DIR: dataFolder() }, root), ...config }
  return openApp({
    roles: database.roles,
    config: test,
    log,
    web,
    secret: SECRET,
    queue: queue(database.roles.app_url),
    pool: 8,
    unlimited: !limited,
  })
}

async function settleAll(house: House, tenants: readonly string[]): Promise<void> {
  for (let rounds = 0; rounds < 200; rounds += 1) {
    await settleHouse(house)
    if ((await runJobs(house, tenants)) === 0) return
  }
  throw new Error('The world does not come to rest: a job keeps putting itself into the queue')
}

/** One digest of all that can change the cast: migrations and every source of kernel and rooms. */
function sourcesDigest(): string {
  const digest = createHash('sha256')
  for (const folder of ['migrations', 'kernel', 'modules', 'algorithms']) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(ts|sql|json|mjml|csv)$/.test(name) && !/\.test\.ts$|(^|[\\/])ui[\\/]/.test(name),
    )
    for (const name of names.sort()) digest.update(name).update(readFileSync(join(root, folder, name)))
  }
  for (const name of ['harness.ts', 'inline-queue.ts', 'hash-migrations.ts'])
    digest.update(readFileSync(join(import.meta.dirname, name)))
  return digest
    .update(process.env.RIALTO_TABLES ?? '')
    .digest('hex')
    .slice(0, 12)
}

const errorsOnly: Log = { ...silent, error: (message, facts) => console.error(message, facts) }
const PLAIN: Opening = { log: errorsOnly, config: {}, web: null, queue: () => inlineQueue, limited: false }

/** Tells the cast in a migrated and empty database. */
export async function tellCast(database: TestDatabase): Promise<void> {
  await run(database.owner_url, ...jobsTable(database.roles.app))
  const app = await openWorld(database, PLAIN)
  const settle = () => settleAll(app.house, Object.values(tools.tenants))
  const tools = makeCastTools(app, { settle, hash: await hashPassword(DEMO_PASSWORD) })
  try {
    for (const tell of casts) await tell(tools)
    await settle()
  } finally {
    await app.close()
  }
}

async function makeCast(name: string): Promise<void> {
  const making = `${name}_making`
  const { url } = await template()
  await run(url, `drop database if exists ${making} with (force)`)
  await tellCast(await freshDatabase(undefined, making))
  await run(url, `alter database ${making} rename to ${name}`)
}

const LOCK = 7_261_005
const KEPT = 4

/** The name of the database that holds the cast of these sources; made once per cluster, then cloned. */
async function castDatabase(): Promise<string> {
  const { url } = await template()
  const name = `cast_${sourcesDigest()}`
  const db = new Client({ connectionString: url })
  await db.connect()
  try {
    await db.query('select pg_advisory_lock($1)', [LOCK])
    const { rows } = await db.query('select from pg_database where datname = $1', [name])
    if (rows.length > 0) return name
    await makeCast(name)
    const old = await db.query<{ datname: string }>(
      `select datname from pg_database where datname ~ '^cast_[0-9a-f]{12}$' order by oid desc offset ${KEPT}`,
    )
    for (const { datname } of old.rows) await db.query(`drop database ${datname}`).catch(() => {})
    return name
  } finally {
    await db.end()
  }
}

let cast: Promise<string> | undefined

async function cloneCast(): Promise<TestDatabase> {
  cast ??= castDatabase()
  try {
    return await freshDatabase(await cast)
  } catch (error) {
    // Somebody changed sources so often meanwhile that this cast was cleared away.
    if (!(error instanceof Error && 'code' in error && error.code === '3D000')) throw error
    cast = castDatabase()
    return freshDatabase(await cast)
  }
}

/** A fresh world with both hosts and the cast, in this process on a real PostgreSQL; a clock that only the test moves on top of the real one. */
export async function world(options: Partial<Opening> = {}): Promise<World> {
  return worldOn(await cloneCast(), options)
}

/** A world on a database that holds the cast already; closing it drops the database. */
export async function worldOn(database: TestDatabase, options: Partial<Opening> = {}): Promise<World> {
  const app = await openWorld(database, { ...PLAIN, ...options })
  const { house } = app
  const behind = new Pool({ connectionString: database.owner_url, max: 1 })
  const owner: World['owner'] = async (text, values = []) => (await behind.query(text, values)).rows
  const rows = await owner<{ slug: string; tenant_id: string }>('select slug, tenant_id from ecosystem_slugs')
  const tenants = Object.fromEntries(rows.map((row) => [row.slug, row.tenant_id])) as World['tenants']
  const settle = async () => {
    await app.sign_in.rest()
    await settleAll(house, Object.values(tenants))
  }
  return {
    ...makeCallers(app),
    app,
    house,
    tenants,
    database,
    settle,
    owner,
    advance: async (by) => {
      const hours = typeof by === 'number' ? by / 3_600_000 : (by.hours ?? 0) + (by.days ?? 0) * 24
      await passTime(house, hours * 3_600_000, settle)
    },
    close: async () => {
      await app.close()
      await behind.end()
      await database.drop()
    },
  }
}

export type EmptyWorld = Pick<World, 'app' | 'house' | 'database' | 'owner' | 'close'>

/** A migrated installation without any ecosystem, as after the first start in production. */
export async function emptyWorld(options: Partial<Opening> = {}): Promise<EmptyWorld> {
  const database = await freshDatabase()
  await run(database.owner_url, ...jobsTable(database.roles.app))
  const app = await openWorld(database, { ...PLAIN, ...options })
  const behind = new Pool({ connectionString: database.owner_url, max: 1 })
  return {
    app,
    house: app.house,
    database,
    owner: async (text, values = []) => (await behind.query(text, values)).rows,
    close: async () => {
      await app.close()
      await behind.end()
      await database.drop()
    },
  }
}
