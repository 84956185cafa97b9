import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

export interface Roles {
  /** Names of the roles that the product runs as. */
  app: string
  auth: string
  /** Their addresses; passwords are derived from the owner's, so every node finds them. */
  app_url: string
  auth_url: string
}

const LOCK = 7_261_003
export const JOBS_SCHEMA = 'pgboss'

const derive = (secret: string, name: string) =>
  createHash('sha256').update(`rialto:${name}:${secret}`).digest('base64url').slice(0, 32)

/** The roles that belong to the owner's address; `app_url` may be given where the owner cannot create roles. */
export function rolesOf(owner_url: string, given_app_url: string | null = null): Roles {
  const url = new URL(owner_url)
  const database = decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username)
  const named = (name: string) => {
    const address = new URL(owner_url)
    address.username = name
    address.password = derive(decodeURIComponent(url.password), name)
    return address.href
  }
  const [app, auth] = [`rialto_app_${database}`, `rialto_auth_${database}`]
  if (!given_app_url) return { app, auth, app_url: named(app), auth_url: named(auth) }
  const name = decodeURIComponent(new URL(given_app_url).username)
  return { app: name, auth: name, app_url: given_app_url, auth_url: given_app_url }
}

/** Splits a migration into statements: quotes, dollar quotes and comments are respected. */
export function statements(text: string): string[] {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|;|[^;'"$/-]+|[\s\S]/g
  const out: string[] = []
  let current = ''
  for (const [part] of text.matchAll(token)) {
    if (part === ';') {
      out.push(current.trim())
      current = ''
    } else if (!part.startsWith('--') && !part.startsWith('/*')) current += part
  }
  return [...out, current.trim()].filter(Boolean)
}

export interface Migration {
  name: string
  text: string
  checksum: string
}

/** The migrations of a folder in their order; the name says when and whose. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((f) => f.endsWith('.sql'))
    .sort()
  const bad = names.find((name) => !/^\d{12}_[a-z_]+\.sql$/.test(name))
  if (bad) throw new Error(`Migration ${bad} is not named YYYYMMDDHHMM_owner.sql`)
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
  })
}

async function ensureRole(db: pg.Client, name: string, url: string): Promise<void> {
  const { rows } = await db.query<{ bad: boolean }>('select rolsuper or rolbypassrls as bad from pg_roles where rolname = $1', [
    name,
  ])
  if (rows[0]?.bad)
    throw new Error(
      `The role ${name} is a superuser or bypasses row rights: Rialto does not run as such. Alter it, or name another in DATABASE_APP_URL.`,
    )
  if (rows.length > 0) return
  const password = decodeURIComponent(new URL(url).password)
  try {
    await db.query(
      `create role ${pg.escapeIdentifier(name)} login nosuperuser nobypassrls password ${pg.escapeLiteral(password)}`,
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505')) return
    throw new Error(
      `The owner cannot create the role ${name}. Give it CREATEROLE, or create a role yourself and name it in DATABASE_APP_URL.`,
      { cause: error },
    )
  }
}

async function known(db: pg.Client): Promise<Map<string, string>> {
  await db.query(
    'create table if not exists migrations (name text constraint migrations_key primary key, checksum text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await db.query<{ name: string; checksum: string }>('select name, checksum from migrations')
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

function refuseStrangers(done: Map<string, string>, migrations: Migration[]): void {
  const names = new Set(migrations.map((m) => m.name))
  const newer = [...done.keys()].find((name) => !names.has(name))
  if (newer)
    throw new Error(
      `The database has the migration ${newer}, which this version of Rialto does not know. Start the newer version that made it, or restore a backup.`,
    )
  const edited = migrations.find((m) => done.has(m.name) && done.get(m.name) !== m.checksum)
  if (edited)
    throw new Error(
      `The migration ${edited.name} was changed after it ran on this database. Put the file back as it was and write a new migration.`,
    )
}

async function apply(db: pg.Client, migration: Migration, roles: Roles): Promise<void> {
  const text = migration.text
    .replaceAll('{app}', pg.escapeIdentifier(roles.app))
    .replaceAll('{auth}', pg.escapeIdentifier(roles.auth))
  await db.query('begin')
  try {
    // One that waited for a long reader would make everybody else wait behind it.
    await db.query("set local lock_timeout = '10s'")
    for (const statement of statements(text))
      await db.query(statement).catch((error: Error) => {
        throw new Error(`${migration.name}: ${error.message}\nin: ${statement.slice(0, 300)}`, { cause: error })
      })
    await db.query('insert into migrations (name, checksum) values ($1, $2)', [migration.name, migration.checksum])
    await db.query('commit')
  } catch (error) {
    await db.query('rollback')
    throw error
  }
}

async function installJobs(url: string, db: pg.Client, app: string): Promise<void> {
  // Read only here: most starts have nothing to install.
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({ connectionString: url, schema: JOBS_SCHEMA, max: 1, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false })
  const role = pg.escapeIdentifier(app)
  await db.query(`grant usage, create on schema ${JOBS_SCHEMA} to ${role}`)
  await db.query(`grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to ${role}`)
  await db.query(`grant usage on all sequences in schema ${JOBS_SCHEMA} to ${role}`)
  await db.query(`grant execute on all functions in schema ${JOBS_SCHEMA} to ${role}`)
}

export interface Migrated {
  roles: Roles
  applied: string[]
}

/** Brings the database of `owner_url` to this version: roles, migrations in order, the job tables. Many nodes may call it at once. */
export async function migrate(owner_url: string, folder: string, given_app_url: string | null = null): Promise<Migrated> {
  const roles = rolesOf(owner_url, given_app_url)
  const migrations = readMigrations(folder)
  const db = new pg.Client({ connectionString: owner_url, connectionTimeoutMillis: 10_000 })
  await db.connect()
  try {
    const { rows } = await db.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
    if ((rows[0]?.version ?? 0) < 150_000)
      throw new Error(
        `This PostgreSQL server is too old (${Math.floor((rows[0]?.version ?? 0) / 10_000)}): Rialto needs version 15 or newer. Give another in DATABASE_URL. Nothing was changed.`,
      )
    await db.query('select pg_advisory_lock($1)', [LOCK])
    const done = await known(db)
    refuseStrangers(done, migrations)
    const open = migrations.filter((m) => !done.has(m.name))
    if (open.length > 0 || done.size === 0) {
      await ensureRole(db, roles.app, roles.app_url)
      await ensureRole(db, roles.auth, roles.auth_url)
      for (const migration of open) await apply(db, migration, roles)
      await installJobs(owner_url, db, roles.app)
    }
    return { roles, applied: open.map((m) => m.name) }
  } finally {
    await db.end()
  }
}

/** Refuses to run the app as a role that row rights do not bind. */
export async function refuseStrongRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ strong: boolean; owner: boolean; name: string }>(
    `select r.rolname as name, r.rolsuper or r.rolbypassrls as strong,
            exists (select from pg_class c where c.relname = 'events' and c.relowner = r.oid) as owner
     from pg_roles r where r.rolname = current_user`,
  )
  const role = rows[0]
  if (!role || role.strong || role.owner) {
    throw new Error(
      `The app would run as ${role?.name ?? 'an unknown role'}, which is the owner, a superuser or bypasses row rights. Name an ordinary role in DATABASE_APP_URL.`,
    )
  }
}
