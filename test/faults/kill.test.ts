import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import pg from 'pg'
import { byDepth, seed } from '../sweeps/depth.ts'
import { type Product, product } from './product.ts'

const KILLS = byDepth(12, 20)
const WRITERS = 32
const READY_MILLIS = 10_000

let p: Product
before(async () => {
  p = await product()
  await p.start()
})

// A small generator of our own, so that a seed repeats a run's order of kills.
function dice(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const json = { 'content-type': 'application/json' }
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

async function found(): Promise<Record<string, string>> {
  const login = { email: 'owner@faults.example', password: 'a long enough secret' }
  const made = await fetch(`${p.address}/api/first-run`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ ecosystem_name: 'Faults', slug: 'faults', reporting_currency: 'EUR', name: 'Owner', ...login }),
  })
  assert.ok(made.ok, await made.text())
  const signed = await fetch(`${p.address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...json, origin: p.address },
    body: JSON.stringify(login),
  })
  const said = await signed.text()
  assert.ok(signed.ok, said)
  const { token } = JSON.parse(said) as { token: string }
  return { ...json, authorization: `Bearer ${token}`, 'x-ecosystem': 'faults' }
}

interface Ack {
  name: string
  id: string
}

test('whatever is killed, no acknowledged write is lost, none is done twice, and the chain of events holds', async (t) => {
  const headers = await found()
  await p.startWorker()
  const account = (await (
    await fetch(`${p.address}/api/accounts`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'Nordwind', country: 'DE' }),
    })
  ).json()) as { id: string }
  const acks: Ack[] = []
  const wrong: string[] = []
  let [running, over] = [true, false]
  // Where the test fails on its way, nobody goes on writing.
  t.after(() => {
    running = false
    over = true
  })
  let tries = 0
  const write = async (name: string): Promise<void> => {
    // The same key until it is acknowledged: a lost answer must not do it twice.
    while (!over) {
      tries += 1
      const body = JSON.stringify({ account_id: account.id, name, stage: 'discovery', amount_minor: null, currency: null })
      const answer = await fetch(`${p.address}/api/opportunities`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': name },
        body,
        signal: AbortSignal.timeout(15_000),
      }).catch(() => null)
      const text = await answer?.text().catch(() => null)
      if (answer?.status === 201 && text) return void acks.push({ name, id: (JSON.parse(text) as { id: string }).id })
      if (answer && ![429, 503].includes(answer.status)) {
        running = false
        return void wrong.push(`${answer.status} ${text?.slice(0, 200)}`)
      }
      await pause(answer?.status === 429 ? 500 : 350)
    }
  }
  const writers = Array.from({ length: WRITERS }, async (_, lane) => {
    for (let i = 0; running; i += 1) {
      await write(`w${lane}-${i}`)
      await pause(200)
    }
  })
  const next = dice(seed)
  const ready: number[] = []
  const kills: string[] = []
  for (let i = 0; i < KILLS; i += 1) {
    await pause(300 + next() * 900)
    const what = (['app', 'database', 'worker'] as const)[i % 3] ?? 'app'
    kills.push(what)
    p.kill(what)
    if (what === 'worker') await p.startWorker()
    else {
      ready.push(await p.start())
      await p.startWorker()
    }
  }
  await pause(500)
  running = false
  await Promise.all(writers)
  const db = new pg.Client({ connectionString: p.database_url() })
  await db.connect()
  t.after(() => db.end())
  const { rows } = await db.query<{ name: string; id: string }>('select name, id from opportunities')
  const stored = Map.groupBy(rows, (row) => row.name)
  const lost = acks.filter(({ name, id }) => !stored.get(name)?.some((row) => row.id === id))
  const doubled = [...stored].filter(([, all]) => all.length > 1).map(([name]) => name)
  for (let waited = 0; waited < 20_000; waited += 100) {
    const { rows: left } = await db.query<{ n: number }>('select count(*)::int as n from outbox')
    if (left[0]?.n === 0) break
    await pause(100)
  }
  const { rows: open } = await db.query<{ outbox: number; events: number; chained: number }>(
    'select (select count(*)::int from outbox) as outbox, (select count(*)::int from events) as events, (select count(*)::int from event_chain) as chained',
  )
  const verified = p.verify()
  console.log(
    `faults: ${kills.length} kills (${kills.join(', ')}), ${WRITERS} writers, ${acks.length} acknowledged of ${tries} sent, ${lost.length} lost, ${doubled.length} doubled, ready again in ${ready.join(', ')} ms, ${JSON.stringify(open[0])}, seed ${seed}`,
  )
  assert.deepEqual({ lost, doubled, wrong: wrong.slice(0, 5) }, { lost: [], doubled: [], wrong: [] })
  assert.equal(rows.length, acks.length, 'nothing is stored that nobody was told of')
  assert.deepEqual(
    ready.filter((millis) => millis > READY_MILLIS),
    [],
  )
  assert.deepEqual([open[0]?.outbox, open[0]?.chained], [0, open[0]?.events], 'every event is chained')
  assert.equal(verified.status, 0, verified.said)
  assert.ok(acks.length > WRITERS * 2, 'the writers wrote')
})
