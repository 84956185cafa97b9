import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, ownFolder, postmaster } from '../child.ts'
import { freePort } from '../free-port.ts'
import { npmStart } from './npm-start.ts'

const root = join(import.meta.dirname, '..', '..')

/** The real product in processes of its own: app with embedded database, and a worker beside it. */
export interface Product {
  address: string
  database_url: () => string
  start: () => Promise<number>
  startWorker: () => Promise<void>
  kill: (what: 'app' | 'worker' | 'database') => void
  verify: () => { status: number | null; said: string }
}

function databaseUrl(folder: string): string {
  const saved = JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')) as { port: number; owner_password: string }
  return `postgres://rialto_owner:${saved.owner_password}@127.0.0.1:${saved.port}/rialto`
}

function verifyIn(folder: string, url: string): ReturnType<Product['verify']> {
  const done = spawnSync(process.execPath, [join(root, 'modules', 'verify.ts')], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: url, DATA_DIR: join(folder, 'verify') },
    encoding: 'utf8',
  })
  return { status: done.status, said: done.stdout + done.stderr }
}

/** Gone at once, and wholly: who comes after finds its port and its folder free. */
async function killed(child: Child | null): Promise<void> {
  child?.process.kill('SIGKILL')
  await child?.ended
}

export async function product(): Promise<Product> {
  const folder = ownFolder('faults')
  const PORT = String(await freePort())
  const data = join(folder, 'app')
  let app: Child | null = null
  let worker: Child | null = null
  return {
    address: `http://127.0.0.1:${PORT}`,
    database_url: () => databaseUrl(data),
    start: async () => {
      const from = performance.now()
      await killed(app)
      const started = await npmStart(folder, { PORT, DATA_DIR: data, RIALTO_ROLE: 'web' })
      app = started
      await started.ready()
      return Math.round(performance.now() - from)
    },
    startWorker: async () => {
      await killed(worker)
      worker = await npmStart(folder, {
        DATA_DIR: join(folder, 'worker'),
        RIALTO_ROLE: 'worker',
        DATABASE_URL: databaseUrl(data),
      })
    },
    kill: (what) => {
      if (what === 'app') app?.process.kill('SIGKILL')
      if (what === 'worker') worker?.process.kill('SIGKILL')
      if (what === 'database') process.kill(postmaster(data), 'SIGKILL')
    },
    verify: () => verifyIn(folder, databaseUrl(data)),
  }
}
