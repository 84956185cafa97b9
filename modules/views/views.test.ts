import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ClientError } from '../../kernel/client.ts'
import { type World, world } from '../../test/harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

test('a view is kept, replaced under its name, and forgotten', async () => {
  const { views } = w.as('pat')
  await views.save({ page: 'deals', name: 'Mine', query: { stage: 'open' } })
  const view = await views.save({ page: 'deals', name: 'Mine', query: { stage: 'won' } })
  assert.deepEqual((await views.list({ page: 'deals' })).items, [view])
  await views.remove({ id: view.id })
  assert.deepEqual((await views.list({ page: 'deals' })).items, [])
})

test("a view is nobody else's to read or forget, not even a colleague's", async () => {
  const view = await w.as('pat').views.save({ page: 'deals', name: 'Private', query: { q: 'secret' } })
  assert.deepEqual((await w.as('mona').views.list({ page: 'deals' })).items, [])
  const error = await w
    .as('mona')
    .views.remove({ id: view.id })
    .catch((refused: ClientError) => refused)
  assert.equal(error instanceof Error && error.code, 'not_found')
})
