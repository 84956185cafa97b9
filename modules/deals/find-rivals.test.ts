import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { aDeal, FAR } from './demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const named = (customer: string) => ({ customer, account_domain: undefined, closes_on: FAR })

test('whichever word of a name is misspelt, the host sees both registrations, and the rival learns nothing of the other', async () => {
  for (const [right, wrong] of [
    ['Zwirbelhof Maschinenbau GmbH', 'Zwirbelhof Machinenbau'],
    ['Quastenried Logistik AG', 'Quastenried Logistics'],
    ['Kies Transportbeton Hagenau', 'Kies Transportbetong Hagenau'],
  ] as const) {
    const first = await aDeal(w.as('pat'), named(right))
    assert.equal(first.protection, 'protected')
    const second = await aDeal(w.as('rivka'), named(wrong))
    assert.deepEqual([second.review, second.protection], ['under_review', 'none'], wrong)
    assert.deepEqual([second.decision?.facts.conflict, second.decision?.reasons], ['none', []])
    const seen = await w.as('carl').deals.get({ id: second.id })
    assert.equal(seen.decision?.all_facts?.conflict, 'similar')
    assert.deepEqual(
      seen.conflicts?.map((one) => one.deal_id),
      [first.id],
    )
  }
})

test('names that only share a word are two customers', async () => {
  await aDeal(w.as('pat'), named('Federsee Energie AG'))
  assert.equal((await aDeal(w.as('rivka'), named('Federsee Klinikum'))).protection, 'protected')
})

test('a rival learns that another stands before it, not that its evidence is missing', async () => {
  const held = await aDeal(w.as('pat'), { ...named('Wartestand AG'), evidence_on: undefined, evidence_kind: undefined })
  assert.equal(held.protection, 'held')
  const { id, decision } = await aDeal(w.as('rivka'), named('Wartestand AG'))
  assert.deepEqual([decision?.facts.conflict, decision?.reasons[0]?.comparisons[0]?.seen], ['queued', 'queued'])
  const read = await w.as('rivka').deals.get({ id })
  assert.deepEqual(read.decision, decision)
  assert.equal((await w.as('carl').deals.get({ id })).decision?.all_facts?.conflict, 'held')
})

test('the host finds a registration by any word of its customer', async () => {
  const { id } = await aDeal(w.as('pat'), named('Nord Ochsen Zwischenlagerung AG'))
  for (const q of ['ochsen', 'Zwischenlag', 'nord ochs']) {
    const { items } = await w.as('carl').home.search({ q })
    assert.ok(
      items.some((one) => one.id === id),
      q,
    )
  }
})
