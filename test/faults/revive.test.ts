import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import pg from 'pg'
import { connect } from '../../client/index.ts'
import { ownFolder, postmaster } from '../child.ts'
import { npmStart, type Started } from './npm-start.ts'

// The embedded database alone is killed, as the machine does for want of memory; the product stays.
const folder = ownFolder('revive')
const data = join(folder, 'data')
const login = { email: 'owner@revive.example', password: 'a long enough secret' }
let started: Started
before(async () => {
  started = await (await npmStart(folder, { DATA_DIR: data })).ready()
})

const send = async (path: string, body: object): Promise<{ token: string }> => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(started.address + path, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.ok(answer.ok, `${path}: ${answer.status}`)
  return (await answer.json()) as { token: string }
}
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

async function mailTo(address: string): Promise<string | null> {
  const saved = JSON.parse(readFileSync(join(data, 'postgres.json'), 'utf8')) as { port: number; owner_password: string }
  const db = new pg.Client(`postgres://rialto_owner:${saved.owner_password}@127.0.0.1:${saved.port}/rialto`)
  await db.connect()
  try {
    const { rows } = await db.query<{ html: string | null }>('select html from mails where to_address = $1', [address])
    return rows[0]?.html ?? null
  } finally {
    await db.end()
  }
}

test('a database that is killed alone comes back by itself within ten seconds; meanwhile it is said to be away, and work goes on', async () => {
  await send('/api/first-run', { ecosystem_name: 'Revive', slug: 'revive', reporting_currency: 'EUR', name: 'Owner', ...login })
  const { token } = await send('/api/auth/sign-in/email', login)
  const first = postmaster(data)
  process.kill(first, 'SIGKILL')
  const from = performance.now()
  const seen = new Set<number>()
  while (performance.now() - from < 10_000) {
    const { status } = await fetch(`${started.address}/api/health`)
    seen.add(status)
    if (status === 200 && seen.has(503)) break
    await pause(20)
  }
  assert.deepEqual([...seen].sort(), [200, 503])
  assert.notEqual(postmaster(data), first)
  const api = connect({ url: started.address, token, ecosystem: 'revive' })
  await api.access.invite({ name: 'New', email: 'new@revive.example', roles: [{ role: 'auditor', scope: {} }] })
  let html: string | null = null
  for (let tries = 0; tries < 200 && html === null; tries += 1) {
    await pause(100)
    html = await mailTo('new@revive.example')
  }
  assert.ok(html, 'a job runs after it')
})
