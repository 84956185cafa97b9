// The API under load: npm run bench -- api [--size S|M|L] [--seconds N] [--rounds N] [--only list,read,create,mix] [--profile FOLDER]
// Its own durable PostgreSQL, the product's web process and the loader each in a process of its own, on loopback.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hashPassword } from 'better-auth/crypto'
import { silent } from '../kernel/log.ts'
import { migrate } from '../kernel/migrate.ts'
import { startPostgres } from '../kernel/postgres.ts'
import { settle } from '../kernel/worker.ts'
import { openApp } from '../modules/app.ts'
import { makeCastTools } from '../modules/cast.ts'
import { casts } from '../modules/casts.ts'
import { readConfig } from '../modules/config.ts'
import { freePort } from '../test/free-port.ts'
import { gatesOf, middleOf } from './api-gates.ts'
import type { LoadJob, LoadSeen, Operation } from './api-load.ts'
import { cpuOf, cpuOfPostgres, memoryOf, type Running, runLoader, startFloor, startProduct } from './api-process.ts'
import { seedWorkload } from './api-seed.ts'
import { SIZES, type Size } from './api-world.ts'
import { report } from './report.ts'

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'S' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'list,read,create,mix' },
    profile: { type: 'string' },
  },
})
if (!(values.size in SIZES)) throw new Error(`--size ${values.size}: there are ${Object.keys(SIZES).join(', ')}`)
const size = values.size as Size
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const only = values.only.split(',')
const WARM_SECONDS = 15
const GREET_SECONDS = 50
const root = join(import.meta.dirname, '..')

const MIX: LoadJob['mix'] = { list: 55, read: 20, create: 10, stage: 8, dashboard: 4, search: 3 }
// Reads first: creating fills a small world so fast that plans made for empty tables are still kept.
const LOADS = { list: { list: 100 }, read: { read: 100 }, create: { create: 100 }, mix: MIX } as const

/** Migrates, tells the cast through the API (both hosts, regions, products, rule documents), then seeds the workload beside it. */
async function prepare(owner_url: string, folder: string): Promise<void> {
  const { roles } = await migrate(owner_url, join(root, 'migrations'))
  const config = readConfig({ DATA_DIR: folder, RIALTO_ROLE: 'web', RIALTO_DEMO: 'off' }, root)
  const app = await openApp({ roles, config, log: silent, web: null, unlimited: true })
  const tools = makeCastTools(app, { settle: () => settle(app.house), hash: await hashPassword('bench') })
  for (const tell of casts) await tell(tools)
  await app.close()
  await seedWorkload(owner_url, tools.tenants.meridian ?? '', size)
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

function figuresOf(name: string, seen: LoadSeen, cpu: { server: number; postgres: number }): Record<string, number> {
  const figures: Record<string, number> = {
    [`${name}_per_s`]: round(seen.requests / seen.seconds, 0),
    [`${name}_server_cpu_ms`]: round(cpu.server / seen.requests),
    [`${name}_postgres_cpu_ms`]: round(cpu.postgres / seen.requests),
  }
  for (const [operation, { p50_ms, p99_ms }] of Object.entries(seen.operations) as [
    Operation,
    { p50_ms: number; p99_ms: number },
  ][]) {
    const prefix = name.startsWith('mix') ? `${name}_${operation}` : name
    figures[`${prefix}_p50_ms`] = p50_ms
    figures[`${prefix}_p99_ms`] = p99_ms
  }
  return figures
}

function refuseFaults(name: string, { foreign, failed }: LoadSeen): void {
  if (foreign.length > 0) throw new Error(`${name}: rows of another partner left: ${foreign.slice(0, 5).join(', ')}`)
  if (Object.keys(failed).length > 0) console.error(`${name}: not answered as meant: ${JSON.stringify(failed)}`)
}

const FLOOR_SECONDS = 3
interface Floor {
  operation: Operation
  name: string
  creates: 'row' | 'rows'
}
const LISTS: Floor = { operation: 'list', name: 'list', creates: 'row' }
const ROWS: Floor = { operation: 'create', name: 'create_rows', creates: 'rows' }
// A registration is held against one row, and against all the rows that it stores; what the mix does against the floors of the moment.
const FLOORS: Record<string, Floor[]> = {
  list: [LISTS],
  read: [{ operation: 'read', name: 'read', creates: 'row' }],
  create: [{ operation: 'create', name: 'create', creates: 'row' }, ROWS],
  mix: [
    { ...LISTS, name: 'list_after_mix' },
    { ...ROWS, name: 'create_rows_after_mix' },
  ],
}

interface Beside {
  url: string
  folder: string
}

/** What node:http and pg alone do just now, at 32 connections, and which part of it the product reached. */
async function floorOf({ operation, name, creates }: Floor, { url, folder }: Beside, reached?: number) {
  const port = await freePort()
  const floor = await startFloor(url, port, { size, creates })
  const job = { port, size, connections: 32, mix: { [operation]: 100 }, seed: 1 }
  await runLoader<LoadSeen>({ ...job, seconds: 1 })
  const before = cpuOf(floor.pid) + cpuOfPostgres(folder)
  const seen = await runLoader<LoadSeen>({ ...job, seconds: FLOOR_SECONDS })
  const cpu = cpuOf(floor.pid) + cpuOfPostgres(folder) - before
  await floor.stop()
  refuseFaults(`floor ${name}`, seen)
  const per_s = seen.requests / seen.seconds
  return {
    [`floor_${name}_per_s`]: round(per_s, 0),
    [`floor_${name}_cpu_ms`]: round(cpu / seen.requests),
    [`floor_${name}_p99_ms`]: seen.operations[operation]?.p99_ms ?? 0,
    ...(reached === undefined ? {} : { [`${name}_of_floor`]: round(reached / per_s) }),
  }
}

/** One load at so many connections: its figures, and how many requests it was. */
async function loadOnce(name: string, server: Running, { folder }: Beside, job: LoadJob) {
  const before = { server: cpuOf(server.pid), postgres: cpuOfPostgres(folder) }
  const seen = await runLoader<LoadSeen>(job)
  const cpu = { server: cpuOf(server.pid) - before.server, postgres: cpuOfPostgres(folder) - before.postgres }
  refuseFaults(name, seen)
  const failed = Object.values(seen.failed).reduce((sum, count) => sum + count, 0)
  return { figures: figuresOf(name, seen, cpu), answers_scanned: seen.requests, failed }
}

interface Measured {
  /** Once, or the middle of the rounds. */
  figures: Record<string, number>
  /** What each round saw, with the floors of its own moment. */
  rounds: Record<string, number>[]
}

async function measure(server: Running, port: number, beside: Beside): Promise<Measured> {
  const once: Record<string, number> = {
    memory_idle_mb: memoryOf(server.pid),
    answers_scanned: 0,
    answers_of_others: 0,
    failed: 0,
  }
  const seen: Record<string, number>[] = Array.from({ length: rounds }, () => ({}))
  let seed = 1
  for (const [load, mix] of Object.entries(LOADS)) {
    if (!only.includes(load)) continue
    const run = async (connections: number, into: Record<string, number>) => {
      const job = { port, size, connections, seconds, mix, seed: (seed += 1) }
      const { figures, answers_scanned, failed } = await loadOnce(`${load}_${connections}`, server, beside, job)
      Object.assign(into, figures)
      once.answers_scanned = (once.answers_scanned ?? 0) + answers_scanned
      once.failed = (once.failed ?? 0) + failed
    }
    // Not measured: every connection plans each statement a few times before it keeps a plan, and callers become known, as on a
    // server that has run for a while.
    const warm = { port, size, connections: 32, mix }
    await runLoader<LoadSeen>({ ...warm, seconds: WARM_SECONDS, seed: (seed += 1) } satisfies LoadJob)
    await runLoader<LoadSeen>({ ...warm, seconds: GREET_SECONDS, seed: (seed += 1), greet: true } satisfies LoadJob)
    await run(8, once)
    for (const round of seen) {
      await run(32, round)
      once.memory_after_mb = memoryOf(server.pid)
      // At once, since the machine may be another a minute later.
      for (const floor of FLOORS[load] ?? [])
        Object.assign(round, await floorOf(floor, beside, floor.operation === load ? round[`${load}_32_per_s`] : undefined))
    }
  }
  const names = Object.keys(seen[0] ?? {})
  return {
    figures: { ...once, ...Object.fromEntries(names.map((name) => [name, middleOf(seen.map((one) => one[name] ?? 0))])) },
    rounds: seen,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'rialto-bench-'))
const postgres = await startPostgres(folder)
let server: Running | undefined
try {
  const started = performance.now()
  await prepare(postgres.owner_url, folder)
  const seed_s = round((performance.now() - started) / 1000, 1)
  const port = await freePort()
  const env = { DATABASE_URL: postgres.owner_url, DATA_DIR: folder, RIALTO_ROLE: 'web' }
  const node = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  server = await startProduct(port, env, node)
  const measured = await measure(server, port, { url: postgres.owner_url, folder })
  report('api', { size, seconds, rounds, process: 'web', ...SIZES[size] }, { seed_s, ...measured.figures })
  for (const { name, figure, all, aim, holds } of gatesOf(measured.figures, measured.rounds))
    console.error(`${holds ? 'held    ' : 'not held'} ${name}: ${figure} (aim ${aim}) of ${all.join(', ')}`)
} finally {
  await server?.stop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
