// From `npm start` on a warm data folder to the first answer, and the memory of the app's process:
// npm run bench -- start [starts] [demo]; with `demo` its world lies in the folder and is told once before.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../test/free-port.ts'
import { cpuOf, memoryOf, startProduct } from './api-process.ts'
import { report } from './report.ts'

const STARTS = Number(process.argv[2] ?? 5)
const LOAD_REQUESTS = 3000
const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

const folder = mkdtempSync(join(tmpdir(), 'rialto-start-'))
const demo = process.argv[3] === 'demo'
const env = { DATA_DIR: folder, ...(demo ? { RIALTO_DEMO: 'on' } : {}) }
try {
  // The first one makes the database and compiles; it is not counted.
  const cold = await startProduct(await freePort(), env)
  await cold.stop()
  const [millis, cpu, idle]: number[][] = [[], [], []]
  let after = 0
  for (let i = 0; i < STARTS; i += 1) {
    const port = await freePort()
    const app = await startProduct(port, env)
    millis?.push(app.first_answer_ms)
    cpu?.push(cpuOf(app.pid))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    idle?.push(memoryOf(app.pid))
    if (i === STARTS - 1) {
      for (let k = 0; k < LOAD_REQUESTS; k += 1) await (await fetch(`http://127.0.0.1:${port}/api/first-run`)).text()
      after = memoryOf(app.pid)
    }
    await app.stop()
  }
  report(
    'start',
    { starts: STARTS, process: 'all', data: demo ? 'warm, demo world' : 'warm, empty', load: `${LOAD_REQUESTS} small requests` },
    {
      cold_ms: cold.first_answer_ms,
      first_answer_ms: median(millis ?? []),
      first_answer_least_ms: Math.min(...(millis ?? [])),
      cpu_ms: median(cpu ?? []),
      memory_idle_mb: median(idle ?? []),
      memory_after_mb: after,
    },
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
