import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { aDeal, FAR } from './demo.ts'
import type { Deal } from './shapes.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const customer = (name: string) => ({ customer: `${name} AG`, account_domain: `${name.toLowerCase()}.example`, closes_on: FAR })

// Time goes on between the two, so that a minute of what is left may be over.
const timeless = (deal: Deal) => {
  const still = <C extends { left_minutes: number | null }>(clock: C) => ({ ...clock, left_minutes: clock.left_minutes === null })
  return { ...deal, clock: deal.clock && still(deal.clock), clocks: deal.clocks.map(still) }
}

/** Registers as a partner and holds the answer against what the database gives for it. */
async function answered(who: 'pat' | 'rivka', fields: object): Promise<Deal> {
  const deal = await aDeal(w.as(who), fields)
  const read = await w.as(who).deals.get({ id: deal.id })
  assert.deepEqual(timeless(deal), timeless(read))
  return deal
}

test('the answer to a registration is what reading it gives, whatever comes of it', async () => {
  const approved = await answered('pat', customer('Antwort'))
  assert.deepEqual([approved.review, approved.protection, approved.clocks.length], ['approved', 'protected', 2])
  const rejected = await answered('rivka', customer('Antwort'))
  assert.deepEqual([rejected.review, rejected.reason_code], ['rejected', 'already_protected'])
  const held = await answered('pat', { ...customer('Abwarten'), evidence_on: undefined, evidence_kind: undefined })
  assert.equal(held.protection, 'held')
  const reviewed = await answered('pat', { ...customer('Abwaegen'), amount_minor: 900_000_000 })
  assert.deepEqual([reviewed.review, reviewed.clock?.name], ['under_review', 'deals.review'])
  await aDeal(w.as('rivka'), { ...customer('Anteil'), product: 'lens' })
  const left = await answered('pat', { ...customer('Anteil'), product: 'lens', more_products: ['guard'] })
  assert.deepEqual(left.refused_products, ['lens'])
})

test('where only the database knows that another holds the scope, a person looks, and nothing of it is taken', async () => {
  const first = await aDeal(w.as('rivka'), { ...customer('Verborgen'), product: 'lens' })
  // A holder that no search finds, as one whose keys were made by another version would be.
  await w.owner('delete from deal_keys where deal_id = $1', [first.id])
  const deal = await answered('pat', { ...customer('Verborgen'), product: 'lens', more_products: ['guard'] })
  assert.deepEqual([deal.review, deal.protection, deal.protected_until, deal.version], ['under_review', 'none', null, 1])
  assert.equal(deal.decision?.outcome, 'review')
  assert.deepEqual(await w.owner('select id from protections where deal_id = $1 and ended_at is null', [deal.id]), [])
})
