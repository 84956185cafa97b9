import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '../test/harness.ts'
import { world } from '../test/harness.ts'
import { runJobs } from '../test/inline-queue.ts'
import { databaseCpu, report } from './report.ts'

// npm run bench -- import [rows] [kinds] [quick: neither preview nor the same file again]: accounts, opportunities on them and registrations for them, from CSV through the API and the jobs, in
// this process on a real database.
const rows = Number(process.argv[2] ?? 100_000)
const isQuick = process.argv[4] === 'quick'
const wanted = (process.argv[3] ?? 'accounts,opportunities,deals').split(',')
const WORDS =
  'Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Iris Juniper Kauri Larch Maple Nutmeg Oak Pine Quince Rowan Spruce Teak Ulmo Vine Willow Yew'.split(
    ' ',
  )
const TRADES = 'Logistics Foods Steel Energy Textiles Optics Marine Foundry Pharma Robotics'.split(' ')
const FORMS = ['GmbH', 'Ltd', 'SA', 'BV', 'AG', 'AS']
const COUNTRIES = ['DE', 'GB', 'FR', 'NL', 'CH', 'NO', 'US', 'JP']
const YEAR = new Date().getUTCFullYear() + 1
const pick = (list: readonly string[], i: number) => list[i % list.length] ?? ''

const account = (i: number) => {
  const name = `${pick(WORDS, i)}${pick(WORDS, Math.floor(i / 24)).toLowerCase()} ${i} ${pick(TRADES, Math.floor(i / 7))} ${pick(FORMS, i)}`
  return `A-${i},"${name}",${pick(COUNTRIES, i)},https://www.site${i}.example,${i % 5 === 0 ? 'yes' : 'no'},${pick(TRADES, i)}`
}
const opportunity = (i: number) => `O-${i},"Project ${i}",A-${i},${(i % 900) + 10}.50,EUR,2027-0${(i % 9) + 1}-15,open`

// Every tenth registration is for a customer that was registered shortly before, so that it meets a rival; half of them are for the host's accounts.
const customerAt = (i: number) => (i % 10 === 9 ? i - 7 : i)
const deal = (i: number) => {
  const c = customerAt(i)
  const [, name = ''] = /"([^"]*)"/.exec(account(c)) ?? []
  const site = c % 2 === 0 ? `www.site${c}.example` : `www.new${c}.example`
  return `D-${i},${i % 2 === 0 ? 'Brightpath' : 'Rivertech'},"${name}",${site},${pick(COUNTRIES, c)},flow,${(i % 900) * 100 + 5000},EUR,${YEAR}-0${(i % 9) + 1},${i % 4 === 0 ? '' : '2026-11-10'}`
}

async function write(path: string, head: string, line: (i: number) => string): Promise<void> {
  const out = createWriteStream(path)
  out.write(`${head}\n`)
  for (let i = 0; i < rows; i += 1) if (!out.write(`${line(i)}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

interface Times {
  read_s: number
  preview_s: number
  run_s: number
  run_cpu_s: number
  run_database_cpu_s: number
  again_s: number
  rss_mb: number
  rss_growth_mb: number
}

const seconds = async (work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return Math.round((performance.now() - start) / 10) / 100
}

/** The most memory that this process has until it is asked, and what it began with. */
function watchMemory() {
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 100)
  return () => {
    clearInterval(watch)
    return { rss_mb: Math.round(peak / 1_048_576), rss_growth_mb: Math.round((peak - before) / 1_048_576) }
  }
}

/** Seconds on the clock, and of the processor here and in the database. */
async function costOf(w: World, work: () => Promise<unknown>) {
  const [own, theirs] = [process.cpuUsage(), await databaseCpu(w.owner)]
  const run_s = await seconds(work)
  const spent = process.cpuUsage(own)
  return {
    run_s,
    run_cpu_s: Math.round((spent.user + spent.system) / 10_000) / 100,
    run_database_cpu_s: Math.round(((await databaseCpu(w.owner)) - theirs) * 100) / 100,
  }
}

async function measured(w: World, kind: string, path: string): Promise<Times> {
  const api = w.as('vera').imports
  const memory = watchMemory()
  const jobs = () => runJobs(w.house, [w.tenants.meridian])
  const file = new Uint8Array(await readFile(path))
  const upload = async () => {
    const { id } = await api.upload({ kind, name: 'bench.csv', file })
    await jobs()
    return id
  }
  let id = ''
  const read_s = await seconds(async () => {
    id = await upload()
  })
  const preview_s = await seconds(async () => {
    if (isQuick) return
    await api.check({ id })
    await jobs()
  })
  const cost = await costOf(w, async () => {
    await api.run({ id })
    await jobs()
  })
  const done = await api.get({ id })
  if (done.state !== 'done' || done.created !== rows) throw new Error(`${kind}: ${JSON.stringify(done)}`)
  const second = isQuick ? id : await upload()
  const again_s = await seconds(async () => {
    if (isQuick) return
    await api.run({ id: second })
    await jobs()
  })
  const again = await api.get({ id: second })
  if (!isQuick && again.unchanged !== rows) throw new Error(`${kind} again: ${JSON.stringify(again)}`)
  return { read_s, preview_s, ...cost, again_s, ...memory() }
}

const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-'))
const w = await world()
try {
  for (const [kind, head, line] of [
    ['accounts', 'Account ID,Account Name,Country,Website,Existing customer,Segment', account],
    ['opportunities', 'Opportunity ID,Opportunity Name,Account ID,Amount,Currency,Close date,Stage', opportunity],
    ['deals', 'Deal ID,Partner,Customer,Customer site,Country,Product,Value,Currency,Expected close,Customer contact on', deal],
  ] as const) {
    if (!wanted.includes(kind)) continue
    const path = join(folder, `${kind}.csv`)
    await write(path, head, line)
    const { size } = await stat(path)
    report('import', { kind, rows, file_mb: Math.round(size / 10_485.76) / 100 }, { ...(await measured(w, kind, path)) })
  }
} finally {
  await w.close()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)
