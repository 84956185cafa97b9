import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { saveAccounts } from './save-accounts.ts'
import { undoAccounts } from './undo-accounts.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const vera = () => w.as('vera').accounts
let made = 0
async function make(parent_id: string | null = null): Promise<string> {
  made += 1
  return (await vera().create({ name: `Ring ${made} Industrie`, external_id: `ring-${made}`, country: 'DE', parent_id })).id
}
const parentOf = async (id: string) => (await vera().get({ id })).parent_id
const refusedAs = (message?: string) => /circle/.test(message ?? '')
const externalOf = async (id: string) => (await vera().get({ id })).external_id ?? ''
const inSystem = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(w.house, w.tenants.meridian, work)

async function circles(): Promise<number> {
  const rows = await w.owner<{ id: string }>(`with recursive up (start, id) as (
      select id, parent_id from accounts where parent_id is not null union select u.start, a.parent_id from up u join accounts a on a.id = u.id
    ) select distinct start as id from up where start = id`)
  return rows.length
}

test('an account merged into one that hangs below it gives it its place', async () => {
  const top = await make()
  const gone = await make(top)
  const between = await make(gone)
  const stays = await make(between)
  await vera().merge({ id: gone, into_id: stays })
  assert.deepEqual([await parentOf(stays), await parentOf(between)], [top, stays])
  assert.equal(await circles(), 0)
})

test('an account merged into its child leaves the child where it was itself', async () => {
  const top = await make()
  const gone = await make(top)
  const [stays, other] = [await make(gone), await make(gone)]
  await vera().merge({ id: gone, into_id: stays })
  assert.deepEqual([await parentOf(stays), await parentOf(other)], [top, stays])
  assert.equal(await circles(), 0)
})

test('rows whose parents close a circle only together with what is stored are refused', async () => {
  const [b, d] = [await make(), await make()]
  const [c, e] = [await make(), await make()]
  await vera().update({ id: b, parent_id: c })
  await vera().update({ id: d, parent_id: e })
  const rows = [
    { name: 'Ring C', external_id: await externalOf(c), parent_external_id: await externalOf(d) },
    { name: 'Ring E', external_id: await externalOf(e), parent_external_id: await externalOf(b) },
  ]
  const told = await inSystem((ctx) => saveAccounts(ctx, rows))
  assert.deepEqual(
    told.map(({ outcome, issues }) => [outcome, issues[0]?.message]),
    [
      ['refused', 'would close a circle'],
      ['refused', 'would close a circle'],
    ],
  )
  assert.equal(await circles(), 0)
})

test('of two who hang two accounts under one another at once, one is refused', async () => {
  const [a, b] = [await make(), await make()]
  const hang = (id: string, parent_id: string) =>
    vera()
      .update({ id, parent_id })
      .then(
        () => 'done',
        (error: Error) => error.message,
      )
  for (let round = 0; round < 5; round += 1) {
    const told = (await Promise.all([hang(a, b), hang(b, a)])).sort()
    assert.deepEqual([told[0], refusedAs(told[1])], ['done', true], told.join(' | '))
    await Promise.all([a, b].map((id) => vera().update({ id, parent_id: null })))
    assert.equal(await circles(), 0)
  }
})

test('a save that changed a parent is not taken back where that would close a circle, and it is told why', async () => {
  const [first, second] = [await make(), await make()]
  const id = await make(first)
  const row = { name: 'Ring Undone', external_id: await externalOf(id), parent_external_id: await externalOf(second) }
  const saved = await inSystem((ctx) => saveAccounts(ctx, [row]))
  await vera().update({ id: first, parent_id: id })
  const [told] = await inSystem((ctx) => undoAccounts(ctx, saved))
  assert.deepEqual([told?.outcome, refusedAs(told?.issues?.[0]?.message)], ['refused', true])
  assert.equal(await parentOf(id), second)
  assert.equal(await circles(), 0)
})
