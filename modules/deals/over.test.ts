import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { aDeal, FAR } from './demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const customer = (name: string) => ({ customer: `${name} AG`, account_domain: `${name.toLowerCase()}.example`, closes_on: FAR })
const stateOf = ({ review, protection }: { review: string; protection: string }) => [review, protection]
const PROTECTED = ['approved', 'protected']

test('who lost a sale registers the customer again, and nothing of the lost one stands in its way', async () => {
  const first = await aDeal(w.as('pat'), customer('Verloren'))
  await w.as('pat').deals.set_stage({ id: first.id, stage: 'lost', lost_reason: 'No budget' })
  const again = await aDeal(w.as('pat'), customer('Verloren'))
  assert.deepEqual(stateOf(again), PROTECTED)
  assert.equal(again.decision?.facts.own_duplicate, false)
})

test('a registration whose protection came to its end blocks neither its partner nor a rival', async () => {
  const first = await aDeal(w.as('pat'), customer('Abgelaufen'))
  const other = await aDeal(w.as('pat'), customer('Verstrichen'))
  await w.advance({ days: 91 })
  assert.equal((await w.as('pat').deals.get({ id: first.id })).protection, 'expired')
  assert.deepEqual(stateOf(await aDeal(w.as('pat'), customer('Abgelaufen'))), PROTECTED)
  const rival = await aDeal(w.as('rivka'), customer('Verstrichen'))
  assert.deepEqual(stateOf(rival), PROTECTED)
  // The host still sees that the customer was registered before.
  const seen = await w.as('carl').deals.get({ id: rival.id })
  assert.deepEqual(
    seen.conflicts?.map((one) => [one.deal_id, one.same_scope]),
    [[other.id, false]],
  )
})

test('a won sale keeps its scope to the end of its protection, and no longer', async () => {
  const won = await aDeal(w.as('pat'), customer('Gewonnen'))
  await w.as('pat').deals.set_stage({ id: won.id, stage: 'won' })
  assert.equal((await aDeal(w.as('pat'), customer('Gewonnen'))).review, 'rejected')
  assert.equal((await aDeal(w.as('rivka'), customer('Gewonnen'))).review, 'rejected')
  await w.advance({ days: 91 })
  assert.deepEqual(stateOf(await aDeal(w.as('pat'), customer('Gewonnen'))), PROTECTED)
})

test('of several products those of an own registration that is over are free', async () => {
  const first = await aDeal(w.as('pat'), customer('Mehrfach'))
  await w.as('pat').deals.set_stage({ id: first.id, stage: 'lost', lost_reason: 'No budget' })
  const again = await aDeal(w.as('pat'), { ...customer('Mehrfach'), more_products: ['lens'] })
  assert.deepEqual([again.product, again.more_products, again.refused_products], ['flow', ['lens'], []])
})

test('a second tender of one customer is no duplicate of the first, the same one is', async () => {
  const tender = (name: string) => ({ ...customer('Ausschreibung'), deal_type: 'tender' as const, tender: name })
  assert.equal((await aDeal(w.as('pat'), tender('2026/17'))).review, 'under_review')
  assert.equal((await aDeal(w.as('pat'), tender('2026/18'))).review, 'under_review')
  assert.equal((await aDeal(w.as('pat'), tender('2026/17'))).review, 'rejected')
})
