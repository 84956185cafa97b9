import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../kernel/ids.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { makeLink } from './make-link.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

interface Held {
  subject_id: string
  days: number
}
const inDays = (days: number) => new Date(Date.now() + w.house.database.offset.millis + days * 86_400_000).toISOString()
const make = ({ subject_id, days }: Held, tenant: 'meridian' | 'kestrel' = 'meridian') =>
  asSystem(w.house, w.tenants[tenant], (ctx) =>
    makeLink(ctx, {
      verb: 'deals.extend',
      subject_id,
      basis: 'x',
      member_id: uuidv7(),
      party_id: uuidv7(),
      expires_at: inDays(days),
    }),
  )
const left = async (tenant: 'meridian' | 'kestrel' = 'meridian') => {
  const rows = await w.owner<{ subject_id: string }>('select subject_id from mail_links where tenant_id = $1', [
    w.tenants[tenant],
  ])
  return rows.map((row) => row.subject_id).sort()
}
const clocks = (tenant: 'meridian' | 'kestrel' = 'meridian') =>
  w.owner<{ due_at: Date }>(
    "select due_at from clocks where name = 'links.forget' and fired_at is null and ended_at is null and tenant_id = $1",
    [w.tenants[tenant]],
  )
const pass = async (days: number) => {
  await w.advance({ days })
  await w.settle()
}

test('a link is kept for thirty days after its end or its use, then its row is gone; so is the clock once nothing is left', async () => {
  const [used, ended, open] = [uuidv7(), uuidv7(), uuidv7()]
  await make({ subject_id: used, days: 14 })
  await make({ subject_id: ended, days: 3 })
  await make({ subject_id: open, days: 13 })
  await make({ subject_id: uuidv7(), days: 1 }, 'kestrel')
  await w.owner('update mail_links set used_at = $2 where subject_id = $1', [used, inDays(1)])
  assert.equal((await clocks()).length, 1, 'one clock for all links')
  await pass(29)
  assert.deepEqual(await left(), [used, ended, open].sort())
  // The clock ran on the thirtieth day, when nothing was due, and again a week later.
  await pass(9)
  assert.deepEqual(await left(), [open], 'both are gone that were used or ended more than thirty days ago')
  assert.equal((await clocks()).length, 1)
  await pass(7)
  assert.deepEqual(await left(), [])
  assert.deepEqual(await left('kestrel'), [])
  assert.deepEqual([...(await clocks()), ...(await clocks('kestrel'))], [], 'nothing is left to wait for')
  await make({ subject_id: uuidv7(), days: 1 })
  assert.equal((await clocks()).length, 1, 'the next link starts it anew')
})

test('two first links at the same moment start one clock, and neither fails', async () => {
  await w.owner("delete from clocks where name = 'links.forget'")
  await w.owner('delete from mail_links')
  let [waiting, open] = [2, () => {}]
  const bothAreThere = new Promise<void>((resolve) => {
    open = resolve
  })
  const link = { verb: 'deals.extend', basis: 'x', expires_at: inDays(1) }
  // Neither commits before both have seen that no clock runs.
  const first = () =>
    asSystem(w.house, w.tenants.meridian, async (ctx) => {
      const subject_id = uuidv7()
      await makeLink(ctx, { ...link, subject_id, member_id: uuidv7(), party_id: uuidv7() })
      waiting -= 1
      if (waiting === 0) open()
      await bothAreThere
      return subject_id
    })
  const made = await Promise.all([first(), first()])
  assert.deepEqual(await left(), made.sort())
  assert.equal((await clocks()).length, 1)
})

test('many old links are cleared away in batches, each a transaction of its own', async () => {
  await pass(1)
  await w.owner(
    `insert into mail_links (tenant_id, id, member_id, party_id, verb, subject_id, basis, token_hash, created_at, expires_at)
     select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'deals.extend', gen_random_uuid(), 'x', 'hash-' || n, $2, $2
     from generate_series(1, 1200) n`,
    [w.tenants.meridian, inDays(0)],
  )
  const before_count = await w.owner("select from clocks where name = 'links.forget' and fired_at is not null")
  await pass(45)
  assert.deepEqual(await left(), [])
  const fired = (await w.owner("select from clocks where name = 'links.forget' and fired_at is not null")).length
  assert.equal(fired - before_count.length, 4, 'once too early, then 500, 500 and the rest')
})
