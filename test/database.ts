import { AsyncResource } from 'node:async_hooks'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, type Roles, readMigrations, rolesOf } from '../kernel/migrate.ts'
import { startPostgres } from '../kernel/postgres.ts'
import { hashMigrations } from './hash-migrations.ts'

const OURS = join(import.meta.dirname, '..', 'migrations')
/** With RIALTO_TABLES=hash any test runs on tables that are cut into parts by tenant. */
const MIGRATIONS = process.env.RIALTO_TABLES === 'hash' ? hashMigrations(OURS) : OURS

const withName = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

export async function run(url: string, ...statements: string[]): Promise<void> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    for (const statement of statements) await db.query(statement)
  } finally {
    await db.end()
  }
}

let cluster: Promise<string> | undefined
// The cluster is often asked for first by a hook, and what is registered from there would run when the hook ends.
const outside = new AsyncResource('cluster')

/** The address of the tests' cluster, as an owner that is no superuser: the runner's (RIALTO_TEST_DB), or one of this process. */
export function testCluster(): Promise<string> {
  cluster ??= (async () => {
    const given = process.env.RIALTO_TEST_DB
    if (given) return given
    const folder = mkdtempSync(join(tmpdir(), 'rialto-test-'))
    const server = await startPostgres(folder, { durable: false })
    process.on('exit', () => {
      rmSync(folder, { recursive: true, force: true })
    })
    const { after } = await import('node:test')
    outside.runInAsyncScope(() => after(server.stop))
    return server.owner_url
  })()
  return cluster
}

/** Drops a test's database. A connection of another role may still be ending, which this owner cannot force: it is tried again for a while. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    const done = await run(url, `drop database if exists ${name}`).then(
      () => true,
      () => false,
    )
    if (done) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  console.error(`The test database ${name} is still in use and stays until its cluster goes`)
}

export interface TestDatabase {
  owner_url: string
  roles: Roles
  drop: () => Promise<void>
}

/** A migrated template of this version's migrations; made once per cluster, then cloned. */
export async function template(): Promise<{ url: string; database: string }> {
  const url = await testCluster()
  const digest = createHash('sha256')
  for (const { checksum } of readMigrations(MIGRATIONS)) digest.update(checksum)
  const database = `template_${digest.digest('hex').slice(0, 12)}`
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    await db.query('select pg_advisory_lock(7261004)')
    const { rows } = await db.query('select from pg_database where datname = $1', [database])
    if (rows.length === 0) {
      const making = `${database}_making`
      await db.query(`drop database if exists ${making} with (force)`)
      await db.query(`create database ${making}`)
      // The roles are named after the template, so that every clone shares them.
      await migrate(withName(url, making), MIGRATIONS)
      await db.query(`alter database ${making} rename to ${database}`)
    }
  } finally {
    await db.end()
  }
  return { url, database }
}

/** A migrated database of its own for one test file, cloned in a moment; `from` names another database to clone, with its data. */
export async function freshDatabase(from?: string, name = `test_${randomBytes(6).toString('hex')}`): Promise<TestDatabase> {
  const { url, database } = await template()
  await run(url, `create database ${name} template ${from ?? database}`)
  const made = rolesOf(withName(url, `${database}_making`))
  const owner_url = withName(url, name)
  const roles = { ...made, app_url: withName(made.app_url, name), auth_url: withName(made.auth_url, name) }
  return { owner_url, roles, drop: () => dropDatabase(url, name) }
}
