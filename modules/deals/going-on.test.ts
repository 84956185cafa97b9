import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { aDeal, FAR } from './demo.ts'
import type { Deal } from './shapes.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const customer = (name: string) => ({ customer: `${name} AG`, account_domain: `${name.toLowerCase()}.example`, closes_on: FAR })
const LARGE = { amount_minor: 40_000_000 }
const again = ({ id }: Deal) => w.as('carl').deals.get({ id })
const clocksOf = async (deal: Deal) => (await again(deal)).clocks.map((one) => one.name).sort()
const stateOf = async (deal: Deal) => {
  const { review, protection, stage } = await again(deal)
  return [review, protection, stage]
}
const misses = async ({ id }: Deal) =>
  (await w.as('carl').deals.timeline({ id, limit: 100 })).items.filter((one) => one.type === 'deals.clock_missed').length
const move = (deal: Deal, stage: 'open' | 'committed' | 'won' | 'lost') =>
  w.as('pat').deals.set_stage({ id: deal.id, stage, ...(stage === 'lost' ? { lost_reason: 'No budget' } : {}) })

test('a sale that is won under review is still reviewed, by a person or by the clock', async () => {
  const deal = await aDeal(w.as('pat'), { ...customer('Eiligverkauf'), ...LARGE })
  await move(deal, 'won')
  assert.deepEqual([await stateOf(deal), await clocksOf(deal)], [['under_review', 'none', 'won'], ['deals.review']])
  await w.as('carl').deals.approve({ id: deal.id })
  // Nobody is warned of the end of what is sold.
  assert.deepEqual([await stateOf(deal), await clocksOf(deal)], [['approved', 'protected', 'won'], []])
})

test('a won sale that is none goes on with what is left of its protection', async () => {
  const deal = await aDeal(w.as('pat'), customer('Zufrueh'))
  const { protected_until } = await again(deal)
  await move(deal, 'won')
  assert.deepEqual(await clocksOf(deal), [])
  await move(deal, 'committed')
  assert.deepEqual(await clocksOf(deal), ['deals.protection', 'deals.warning'])
  assert.equal((await again(deal)).protected_until, protected_until)
  const late = await aDeal(w.as('pat'), customer('Zuspaet'))
  await move(late, 'won')
  await w.advance({ days: 91 })
  await move(late, 'committed')
  assert.deepEqual([await stateOf(late), await clocksOf(late)], [['approved', 'expired', 'committed'], []])
})

test('a lost sale that is reopened is reviewed again, and lets go of a place that waited for evidence', async () => {
  const deal = await aDeal(w.as('pat'), { ...customer('Wiederauf'), ...LARGE })
  await move(deal, 'lost')
  assert.deepEqual(await clocksOf(deal), [])
  assert.match((await refusal(w.as('carl').deals.approve({ id: deal.id }))).message, /lost/)
  await move(deal, 'open')
  assert.deepEqual(await clocksOf(deal), ['deals.review'])
  const held = await aDeal(w.as('pat'), { ...customer('Platzhalter'), evidence_on: undefined, evidence_kind: undefined })
  await move(held, 'lost')
  assert.deepEqual([await stateOf(held), await clocksOf(held)], [['lapsed', 'none', 'lost'], []])
})

test('a value is reviewed once it is raised beyond the terms since its approval, in however many steps or whatever currency', async () => {
  const steps = await aDeal(w.as('pat'), { ...customer('Salami'), amount_minor: 10_000_000 })
  await w.as('pat').deals.edit({ id: steps.id, amount_minor: 11_500_000 })
  assert.equal((await again(steps)).review, 'approved')
  await w.as('pat').deals.edit({ id: steps.id, amount_minor: 13_000_000 })
  assert.deepEqual(await stateOf(steps), ['under_review', 'protected', 'open'])
  await w.as('carl').deals.approve({ id: steps.id })
  await w.as('pat').deals.edit({ id: steps.id, amount_minor: 15_000_000 })
  assert.equal((await again(steps)).review, 'approved', 'counted from the last approval')
  const other = await aDeal(w.as('pat'), { ...customer('Umgerechnet'), amount_minor: 10_000_000 })
  await w.as('pat').deals.edit({ id: other.id, currency: 'GBP', amount_minor: 20_000_000 })
  assert.equal((await again(other)).review, 'under_review')
})

test('a raised value waits for a person however long, and keeps its protection; refused, the scope is free and no clock is left', async () => {
  const deal = await aDeal(w.as('pat'), { ...customer('Wartewert'), amount_minor: 10_000_000 })
  await w.as('pat').deals.edit({ id: deal.id, amount_minor: 20_000_000 })
  await w.advance({ days: 10 })
  assert.ok((await misses(deal)) > 0)
  assert.deepEqual(await stateOf(deal), ['under_review', 'protected', 'open'])
  assert.deepEqual(await clocksOf(deal), ['deals.protection', 'deals.review', 'deals.warning'])
  await w.as('carl').deals.reject({ id: deal.id, reason_code: 'other', text: 'The value is not what they told us.' })
  assert.deepEqual([await stateOf(deal), await clocksOf(deal)], [['rejected', 'released', 'open'], []])
})

test('while a partner is suspended nothing of it is reviewed; reinstated, its reviews begin anew', async () => {
  const reviewed = await aDeal(w.as('rivka'), { ...customer('Pausiert'), ...LARGE })
  const held = await aDeal(w.as('rivka'), { ...customer('Verlassen'), evidence_on: undefined, evidence_kind: undefined })
  const { partner_id } = reviewed
  await w.as('carl').partners.suspend({ id: partner_id, reason: 'other', text: 'We look into something' })
  await w.settle()
  assert.deepEqual([await stateOf(held), await clocksOf(held)], [['lapsed', 'none', 'open'], []])
  assert.deepEqual(await clocksOf(reviewed), [])
  assert.match((await refusal(w.as('carl').deals.approve({ id: reviewed.id }))).message, /reinstate/)
  await w.advance({ days: 20 })
  assert.equal(await misses(reviewed), 0)
  await w.as('carl').partners.reinstate({ id: partner_id })
  await w.settle()
  assert.deepEqual(await clocksOf(reviewed), ['deals.review'])
})

test('another price is asked anew against a clock of its own; the same one leaves what was granted', async () => {
  const deal = await aDeal(w.as('pat'), { ...customer('Preisfrage'), discount_asked_bps: 500 })
  await w.settle()
  await w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 500, text: 'As agreed' })
  await w.settle()
  await w.as('pat').deals.edit({ id: deal.id, discount_asked_bps: 500, description: 'They signed the offer' })
  assert.equal((await again(deal)).price, 'granted')
  assert.ok(!(await clocksOf(deal)).includes('deals.price'))
  await w.as('pat').deals.edit({ id: deal.id, discount_asked_bps: 900 })
  assert.equal((await again(deal)).price, 'asked')
  assert.ok((await clocksOf(deal)).includes('deals.price'))
  await move(deal, 'lost')
  assert.deepEqual(await clocksOf(deal), [])
  assert.match(
    (await refusal(w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 900, text: 'Too late' }))).message,
    /closed/,
  )
})

test('a customer is found by a site in its own script and by its name without a space', async () => {
  const site = await aDeal(w.as('pat'), { customer: 'zwirnmüller.example', account_domain: undefined, closes_on: FAR })
  assert.deepEqual([site.account_name, site.account_domain], ['Zwirnmüller', 'xn--zwirnmller-feb.example'])
  const rival = await aDeal(w.as('rivka'), { ...customer('Zwirnmueller'), account_domain: 'www.zwirnmüller.example' })
  assert.equal(rival.review, 'rejected')
})

test('whoever names another customer where it was asked back stands behind those who wait for that one', async () => {
  const first = await aDeal(w.as('pat'), { ...customer('Erstgenannt'), ...LARGE })
  const other = await aDeal(w.as('rivka'), { ...customer('Umbenannt'), ...LARGE })
  await w.as('carl').deals.ask({ id: first.id, text: 'Is this the right firm?' })
  await w.as('pat').deals.edit({ id: first.id, customer: 'Umbenannt AG', account_domain: 'umbenannt.example' })
  const placed = async (deal: Deal) => Date.parse((await again(deal)).completed_at ?? '')
  assert.ok((await placed(first)) > (await placed(other)))
  await w.settle()
  await w.as('pat').deals.edit({ id: first.id, amount_minor: 30_000_000 })
  await w.settle()
  assert.equal((await again(first)).amount_plan_minor, 30_000_000)
})

test("a bidder's scope of a tender follows its customer when two become one", async () => {
  const { accounts } = w.as('vera')
  const one = await accounts.create({ name: 'Stadtwerke Kleve', country: 'DE', domain: 'stadtwerke-kleve.example' })
  const two = await accounts.create({ name: 'Klevestrom', country: 'DE', domain: 'klevestrom.example' })
  const deal = await aDeal(w.as('pat'), {
    customer: 'Klevestrom',
    account_domain: 'klevestrom.example',
    closes_on: FAR,
    deal_type: 'tender',
    tender: 'K-17',
  })
  await w.as('carl').deals.approve({ id: deal.id })
  await accounts.merge({ id: two.id, into_id: one.id })
  await w.settle()
  const keys = await w.owner<{ account_key: string }>('select account_key from protections where deal_id = $1', [deal.id])
  assert.deepEqual(
    keys.map((row) => row.account_key),
    [`t:K-17:${deal.partner_id}:a:${one.id}`],
  )
})
