import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { aDeal, FAR } from '../deals/demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

test('where nobody of the firm submitted the deal, as after a handing over, who may register gets the mail and a link', async () => {
  const idOf = async (q: string) => (await w.as('vera').partners.list({ q })).items[0]?.id ?? assert.fail(q)
  const customer = 'Verlinkt Weitergereicht AG'
  const site = { customer, account_domain: 'weitergereicht.example', closes_on: FAR }
  const deal = await aDeal(w.as('pat'), site)
  await w.as('vera').partners.terminate({ id: await idOf('Brightpath'), reason: 'mutual' })
  await w.settle()
  const hand = { to_partner_id: await idOf('Rivertech'), text: 'Brightpath has left.', note: 'Please go on.' }
  const made = await w.as('carl').deals.reassign({ id: deal.id, ...hand })
  assert.equal(made.protection, 'protected')
  await w.advance({ days: 61 })
  await w.settle()
  const rows = await w.owner<{ plain: string }>(
    "select plain from mails where template = 'deals.ending' and subject like $1 and to_address like 'rivka@%'",
    [`%${customer}%`],
  )
  const token = /[?&]token=([\w-]+)/.exec(rows[0]?.plain ?? '')?.[1] ?? ''
  const headers = { 'x-ecosystem': 'meridian' }
  const answer = await w.request(null, { method: 'POST', url: '/api/links/extensions/open', payload: { token }, headers })
  const { state, extension } = answer.json()
  assert.deepEqual([state, extension.partner, extension.person], ['open', 'Rivertech', 'Rivka'])
})
