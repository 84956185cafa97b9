import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '../test/harness.ts'
import { world } from '../test/harness.ts'
import { runJobs } from '../test/inline-queue.ts'
import { report } from './report.ts'

// npm run bench -- import [rows]: accounts, then opportunities on them, from CSV through the API and the jobs, in this process on a real database.
const rows = Number(process.argv[2] ?? 100_000)
const WORDS =
  'Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Iris Juniper Kauri Larch Maple Nutmeg Oak Pine Quince Rowan Spruce Teak Ulmo Vine Willow Yew'.split(
    ' ',
  )
const TRADES = 'Logistics Foods Steel Energy Textiles Optics Marine Foundry Pharma Robotics'.split(' ')
const FORMS = ['GmbH', 'Ltd', 'SA', 'BV', 'AG', 'AS']
const COUNTRIES = ['DE', 'GB', 'FR', 'NL', 'CH', 'NO', 'US', 'JP']
const pick = (list: readonly string[], i: number) => list[i % list.length] ?? ''

const account = (i: number) => {
  const name = `${pick(WORDS, i)}${pick(WORDS, Math.floor(i / 24)).toLowerCase()} ${i} ${pick(TRADES, Math.floor(i / 7))} ${pick(FORMS, i)}`
  return `A-${i},"${name}",${pick(COUNTRIES, i)},https://www.site${i}.example,${i % 5 === 0 ? 'yes' : 'no'},${pick(TRADES, i)}`
}
const opportunity = (i: number) => `O-${i},"Project ${i}",A-${i},${(i % 900) + 10}.50,EUR,2027-0${(i % 9) + 1}-15,open`

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
  again_s: number
  rss_mb: number
}

async function measured(w: World, kind: string, path: string): Promise<Times> {
  const seconds = async (work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    return Math.round((performance.now() - start) / 10) / 100
  }
  const api = w.as('vera').imports
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 100)
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
    await api.check({ id })
    await jobs()
  })
  const run_s = await seconds(async () => {
    await api.run({ id })
    await jobs()
  })
  const done = await api.get({ id })
  if (done.state !== 'done' || done.created !== rows) throw new Error(`${kind}: ${JSON.stringify(done)}`)
  const second = await upload()
  const again_s = await seconds(async () => {
    await api.run({ id: second })
    await jobs()
  })
  const again = await api.get({ id: second })
  if (again.unchanged !== rows) throw new Error(`${kind} again: ${JSON.stringify(again)}`)
  clearInterval(watch)
  return { read_s, preview_s, run_s, again_s, rss_mb: Math.round(peak / 1_048_576) }
}

const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-'))
const w = await world()
try {
  for (const [kind, head, line] of [
    ['accounts', 'Account ID,Account Name,Country,Website,Existing customer,Segment', account],
    ['opportunities', 'Opportunity ID,Opportunity Name,Account ID,Amount,Currency,Close date,Stage', opportunity],
  ] as const) {
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
