import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { NORDWIND } from '../../modules/deals/demo.ts'
import { type World, world } from '../harness.ts'

// The engines' own rows: raw SQL of the app's role, entered as one person, reads and changes no other person's.
interface Entered {
  member_id: string | null
  parties: string
}
let w: World
let app: pg.Client
const entered: Record<string, Entered> = { system: { member_id: null, parties: '*' } }

before(async () => {
  w = await world()
  app = new pg.Client({ connectionString: w.database.roles.app_url })
  await app.connect()
  for (const email of ['vera@meridian.example', 'fiona@meridian.example', 'pat@brightpath.example', 'rivka@rivertech.example']) {
    const [member] = await w.owner<{ id: string; party_id: string | null }>(
      'select id, party_id from members where tenant_id = $1 and email = $2',
      [w.tenants.meridian, email],
    )
    assert.ok(member, email)
    entered[email.split('@')[0] ?? ''] = { member_id: member.id, parties: member.party_id ?? '*' }
  }
  entered['nobody signed in'] = { member_id: null, parties: '' }
})
after(async () => {
  await app.end()
  await w.close()
})

/** How many rows a statement returns or changes for each who is entered; nothing stays. */
async function countsOf(text: string, values: unknown[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [name, { member_id, parties }] of Object.entries(entered)) {
    await app.query('begin')
    await app.query('select app.enter($1, $2, $3)', [w.tenants.meridian, parties, member_id])
    counts[name] = (await app.query(text, values)).rowCount ?? 0
    await app.query('rollback')
  }
  return counts
}

test('the kept answer of a request is read, changed and removed by who sent it and by the system, by nobody else', async () => {
  const answer = await w.request('pat', {
    method: 'POST',
    url: '/api/deals',
    headers: { 'idempotency-key': 'mine alone' },
    payload: { ...NORDWIND, customer: 'Private Rows AG', account_domain: 'private-rows.example' },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const only = { system: 1, vera: 0, fiona: 0, pat: 1, rivka: 0, 'nobody signed in': 0 }
  const mine = `where tenant_id = $1 and key = 'mine alone'`
  for (const text of [
    `select answer from idempotency_keys ${mine}`,
    `update idempotency_keys set answer = '{}' ${mine}`,
    `delete from idempotency_keys ${mine}`,
  ])
    assert.deepEqual(await countsOf(text, [w.tenants.meridian]), only, text)
})

test('what waits to be told is read and removed by the system and the host, never by a partner, who may only add to it', async () => {
  await w.as('vera').partners.create({
    legal_name: 'Waiting Rows Ltd',
    country: 'DE',
    domain: 'waiting-rows.example',
    status: 'active',
    tracks: [{ track: 'si' }],
    is_new: true,
  })
  const [waiting] = await w.owner<{ n: number }>('select count(*)::int as n from outbox where tenant_id = $1', [
    w.tenants.meridian,
  ])
  const n = waiting?.n ?? 0
  assert.ok(n > 0, 'an event waits')
  for (const text of ['select event_id from outbox where tenant_id = $1', 'delete from outbox where tenant_id = $1'])
    assert.deepEqual(
      await countsOf(text, [w.tenants.meridian]),
      { system: n, vera: n, fiona: n, pat: 0, rivka: 0, 'nobody signed in': 0 },
      text,
    )
})

test('the frame of the ecosystem is read by everybody of it and written by the host alone', async () => {
  for (const table of ['ecosystems', 'regions', 'region_countries', 'products', 'rates']) {
    const read = await countsOf(`select from ${table} where tenant_id = $1`, [w.tenants.meridian])
    const all = read.system ?? 0
    assert.ok(all > 0, `${table} has rows`)
    assert.deepEqual(read, { system: all, vera: all, fiona: all, pat: all, rivka: all, 'nobody signed in': all }, table)
    const written = await countsOf(`update ${table} set tenant_id = tenant_id where tenant_id = $1`, [w.tenants.meridian])
    assert.deepEqual(written, { system: all, vera: all, fiona: all, pat: 0, rivka: 0, 'nobody signed in': 0 }, table)
  }
})
