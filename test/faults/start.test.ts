import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import ExcelJS from 'exceljs'
import pg from 'pg'
import { connect } from '../../client/index.ts'
import { routesOf } from '../../kernel/contract.ts'
import { openapi } from '../../kernel/openapi.ts'
import { contracts } from '../../modules/contract.ts'
import { modules } from '../../modules/index.ts'
import { VERSION } from '../../modules/site.ts'
import { ownFolder } from '../child.ts'
import { npmStart, type Started } from './npm-start.ts'

// What `npm start` runs are built files, not the sources that every other test runs: each part that could get lost on the way is used once.
const folder = ownFolder('start')
const login = { email: 'owner@start.example', password: 'a long enough secret' }
let started: Started
let token: string
const json = { 'content-type': 'application/json' }

before(async () => {
  started = await (await npmStart(folder, { DATA_DIR: join(folder, 'data') })).ready()
  const founded = await fetch(`${started.address}/api/first-run`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ ecosystem_name: 'Start', slug: 'start', reporting_currency: 'EUR', name: 'Owner', ...login }),
  })
  assert.ok(founded.ok, await founded.text())
  const signed = await fetch(`${started.address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(login),
  })
  const answer = (await signed.json()) as { token: string }
  assert.ok(signed.ok, JSON.stringify(answer))
  token = answer.token
})

const api = () => connect({ url: started.address, token, ecosystem: 'start' })

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('It did not come within a minute')
}

test('every route of the sources is there, with the same schemas', async () => {
  const document = (await (await fetch(`${started.address}/api/openapi.json`)).json()) as { servers?: unknown; paths: object }
  const served = new Set(modules.flatMap((module) => module.routes.map((one) => one.route.name)))
  const routes = routesOf(contracts).filter((route) => served.has(route.name))
  const ours = JSON.parse(JSON.stringify(openapi(routes, { title: 'Rialto', version: VERSION, url: started.address })))
  assert.deepEqual(document.paths, ours.paths)
})

test('an agent is told its tools', async () => {
  const answer = await fetch(`${started.address}/api/mcp`, {
    method: 'POST',
    headers: { ...json, accept: 'application/json, text/event-stream', authorization: `Bearer ${token}`, 'x-ecosystem': 'start' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })
  assert.match(await answer.text(), /deals_register/)
})

test('a workbook is read in its thread, and a mail is set in its layout by a job', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('Kunden').addRows([
    ['Firma', 'Land', 'Webseite'],
    ['Nordwind Logistik', 'Deutschland', 'nordwind.example'],
  ])
  const file = new Uint8Array(await book.xlsx.writeBuffer())
  const { id } = await api().imports.upload({ kind: 'accounts', name: 'kunden.xlsx', file })
  const read = await until(async () => {
    const one = await api().imports.get({ id })
    return one.state === 'mapping' || one.problem ? one : null
  })
  assert.deepEqual([read.problem, read.total], [null, 1])
  await api().access.invite({ name: 'New', email: 'new@start.example', roles: [{ role: 'auditor', scope: {} }] })
  const saved = JSON.parse(readFileSync(join(folder, 'data', 'postgres.json'), 'utf8')) as {
    port: number
    owner_password: string
  }
  const db = new pg.Client({ connectionString: `postgres://rialto_owner:${saved.owner_password}@127.0.0.1:${saved.port}/rialto` })
  await db.connect()
  const html = await until(async () => {
    const { rows } = await db.query<{ html: string | null }>(`select html from mails where to_address = 'new@start.example'`)
    return rows[0]?.html ?? null
  })
  await db.end()
  assert.match(html, /<table[\s\S]*start/i)
})

test('the page, its scripts and the pages of the API are served', async () => {
  const page = await (await fetch(`${started.address}/deals`)).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  assert.ok(script)
  const answers = await Promise.all([script, '/api/docs', '/api/docs/reference.js'].map((path) => fetch(started.address + path)))
  assert.deepEqual(
    answers.map((one) => [one.status, one.headers.get('content-type')?.split(';')[0]]),
    [
      [200, 'application/javascript'],
      [200, 'text/html'],
      [200, 'text/javascript'],
    ],
  )
  assert.equal((await fetch(`${started.address}/index.html`)).headers.get('cache-control')?.includes('immutable'), false)
  await Promise.all(answers.map((one) => one.arrayBuffer()))
})

test('npm run demo asks the copy that runs on the data folder', () => {
  const script = join(import.meta.dirname, '..', '..', 'bin', 'demo.mjs')
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), PUBLIC_URL: started.address }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  })
  // This copy was started without the demo world; one that does not see it would try to open the folder itself.
  assert.match(stdout + stderr, /runs on this data folder, but does not answer/)
  assert.equal(status, 1)
})
