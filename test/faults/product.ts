import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'

const root = join(import.meta.dirname, '..', '..')

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

/** The real product in processes of its own: app with embedded database, and a worker beside it. */
export interface Product {
  address: string
  database_url: () => string
  start: () => Promise<number>
  startWorker: () => void
  kill: (what: 'app' | 'worker' | 'database') => void
  verify: () => { status: number | null; said: string }
  close: () => Promise<void>
}

function databaseUrl(folder: string): string {
  const saved = JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')) as { port: number; owner_password: string }
  return `postgres://rialto_owner:${saved.owner_password}@127.0.0.1:${saved.port}/rialto`
}

const postmaster = (folder: string) => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

const isReady = (address: string) =>
  fetch(`${address}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    (one) => one.status === 200,
    () => false,
  )

function verifyIn(folder: string, url: string): ReturnType<Product['verify']> {
  const done = spawnSync(process.execPath, [join(root, 'modules', 'verify.ts')], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: url, DATA_DIR: join(folder, 'verify') },
    encoding: 'utf8',
  })
  return { status: done.status, said: done.stdout + done.stderr }
}

export async function product(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-faults-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let [app, worker]: (ChildProcess | null)[] = [null, null]
  let said = ''
  const run = (env: Record<string, string>): ChildProcess => {
    const child = spawn(process.execPath, [join(root, 'bin', 'start.mjs')], {
      cwd: folder,
      env: { ...process.env, RIALTO_DEMO: 'off', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-3000)
    })
    return child
  }
  const data = join(folder, 'app')
  return {
    address,
    database_url: () => databaseUrl(data),
    start: async () => {
      const from = Date.now()
      app?.kill('SIGKILL')
      app = run({ PORT: String(port), DATA_DIR: data, RIALTO_ROLE: 'web' })
      while (!(await isReady(address))) {
        if (Date.now() - from > 60_000 || app.exitCode !== null) throw new Error(`The product did not become ready: ${said}`)
        await pause(25)
      }
      return Date.now() - from
    },
    startWorker: () => {
      worker?.kill('SIGKILL')
      worker = run({ DATA_DIR: join(folder, 'worker'), RIALTO_ROLE: 'worker', DATABASE_URL: databaseUrl(data) })
    },
    kill: (what) => {
      if (what === 'app') app?.kill('SIGKILL')
      if (what === 'worker') worker?.kill('SIGKILL')
      if (what === 'database') process.kill(postmaster(data), 'SIGKILL')
    },
    verify: () => verifyIn(folder, databaseUrl(data)),
    close: async () => {
      worker?.kill('SIGKILL')
      const ended = new Promise((resolve) => app?.once('exit', resolve))
      app?.kill('SIGTERM')
      await Promise.race([ended, pause(20_000)])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
