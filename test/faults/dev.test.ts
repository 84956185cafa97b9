import assert from 'node:assert/strict'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { DEMO_PASSWORD } from '../../modules/cast.ts'
import { type Child, ownFolder, startChild } from '../child.ts'
import { freePort } from '../free-port.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = ownFolder('dev')
let address: string
let behind: string
let child: Child

const ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(20_000) }).catch(() => null)

async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  for (const end = performance.now() + 90_000; performance.now() < end && !child.isOver(); ) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return assert.fail(`${what}: not within 90 seconds. It said:\n${child.said()}`)
}

before(async () => {
  const port = await freePort(2)
  address = `http://127.0.0.1:${port}`
  behind = `http://127.0.0.1:${port + 1}`
  const env = { ...process.env, PORT: String(port), DATA_DIR: folder, RIALTO_DEMO: 'off' }
  child = startChild([join(root, 'bin', 'dev.mjs')], { cwd: root, env, data: folder })
  await until(async () => ((await ask(`${address}/api/health`))?.ok ? true : null), 'the server answers through the pages')
})

test('npm run dev shows the pages from their sources at the port that was asked for, and the API behind them', async () => {
  const page = await (await ask(`${address}/e/anywhere`))?.text()
  assert.match(page ?? '', /\/@vite\/client/)
  assert.equal((await ask(`${behind}/`))?.status, 404, 'what is built is not shown')
  const headers = { 'content-type': 'application/json', origin: address }
  const send = (path: string, body: object) =>
    fetch(`${address}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const email = 'owner@kept.example'
  const founded = await send('/first-run', {
    ecosystem_name: 'Kept',
    slug: 'kept',
    reporting_currency: 'EUR',
    name: 'Owner',
    email,
    password: DEMO_PASSWORD,
  })
  assert.ok(founded.ok, await founded.text())
  assert.equal((await send('/auth/sign-in/email', { email, password: DEMO_PASSWORD })).status, 200)
})

test('the server restarts when a source changes, and both end together', async () => {
  const born = async () =>
    /^process_start_time_seconds (\d+)$/m.exec((await (await ask(`${behind}/api/metrics`))?.text()) ?? '')?.[1]
  const first = await born()
  assert.ok(first)
  const now = new Date()
  utimesSync(join(root, 'modules', 'start.ts'), now, now)
  await until(async () => ((await born()) ?? first) !== first || null, 'a server of its own')
  await child.stop()
  assert.deepEqual([await ask(address), await ask(behind)], [null, null])
})
