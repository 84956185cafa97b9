import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { NORDWIND } from '../../modules/deals/demo.ts'
import { microsOf } from '../../modules/deals/micros.ts'
import { type World, world } from '../harness.ts'

// Sixty-four partners register one scope at once; exactly one wins, and it is the one whose registration was complete first.
const RACERS = 64
const ROUNDS = process.env.RIALTO_DEPTH === 'full' ? 50 : 5

let w: World
const partner_ids: string[] = []

before(async () => {
  w = await world()
  const { partners } = w.as('vera')
  for (let i = 0; i < RACERS; i += 1) {
    const { id } = await partners.create({
      legal_name: `Racer ${i} Ltd`,
      country: 'DE',
      domain: `racer${i}.example`,
      status: 'active',
      tracks: [{ track: 'si' }],
      is_new: true,
    })
    partner_ids.push(id)
  }
})
after(() => w.close())

test('of 64 partners who register one scope at once exactly one is protected, by the place in the queue', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const customer = { ...NORDWIND, customer: `Race ${round} AG`, account_domain: `race${round}.example` }
    const deals = await Promise.all(partner_ids.map((partner_id) => w.as('vera').deals.register({ ...customer, partner_id })))
    const won = deals.filter((deal) => deal.protection === 'protected')
    assert.equal(won.length, 1, `round ${round}: ${won.length} winners`)
    const places = deals.map((deal) => microsOf(deal.completed_at ?? '')).sort((a, b) => a - b)
    assert.equal(new Set(places).size, RACERS, 'two registrations have one place')
    assert.equal(microsOf(won[0]?.completed_at ?? ''), places[0], 'somebody else was first')
    assert.ok(deals.every((deal) => deal === won[0] || (deal.review === 'rejected' && deal.reason_code === 'already_protected')))
  }
  console.log(`${ROUNDS} rounds of ${RACERS} partners: one winner each, the first of the queue`)
})
