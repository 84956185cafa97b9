import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DEMO_PASSWORD } from '../../modules/cast.ts'
import { freePort } from '../free-port.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'rialto-dev-'))
let address: string
let behind: string
let stop: () => Promise<number | null>

const ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null)

async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  for (let tries = 0; tries < 900; tries += 1) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return assert.fail(`${what}: not within 90 seconds`)
}

before(async () => {
  const port = await freePort()
  address = `http://127.0.0.1:${port}`
  behind = `http://127.0.0.1:${port + 1}`
  const env = { ...process.env, PORT: String(port), DATA_DIR: folder, RIALTO_DEMO: 'off' }
  const child = spawn(process.execPath, [join(root, 'bin', 'dev.mjs')], { cwd: root, env, stdio: 'ignore' })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  await until(async () => ((await ask(`${address}/api/health`))?.ok ? true : null), 'the server answers through the pages')
})
after(() => rmSync(folder, { recursive: true, force: true }))

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
  await stop()
  assert.deepEqual([await ask(address), await ask(behind)], [null, null])
})
