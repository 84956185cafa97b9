import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ClientError } from '../kernel/client.ts'
import { aDeal } from '../modules/deals/demo.ts'
import { type World, world } from '../test/harness.ts'
import { connect } from './index.ts'

let w: World
let url: string
before(async () => {
  w = await world()
  url = await w.app.server.listen({ port: 0, host: '127.0.0.1' })
})
after(() => w.close())

test('the client calls over the network with a key, and tells a refusal by its code', async () => {
  const { key } = await w.as('carl').access.create_key({ name: 'reports', scopes: ['deals.read'] })
  const client = connect({ url, key, ecosystem: 'meridian' })
  const deal = await aDeal(w.as('pat'))
  assert.equal((await client.deals.get({ id: deal.id })).account_name, 'Nordwind Logistik GmbH')
  const refused = await client.deals.approve({ id: deal.id }).catch((error: unknown) => error)
  assert.ok(refused instanceof ClientError && refused.code === 'forbidden')
})
