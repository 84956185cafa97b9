import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { workingMinutesBetween } from '../../kernel/calendar.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { publishNow } from '../decisions/demo.ts'
import { aDeal, FAR } from './demo.ts'
import type { Deal } from './shapes.ts'
import { calendarOf } from './story-sale.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

let count = 0
const asking = (bps: number): Promise<Deal> => {
  count += 1
  const own = { customer: `Preisfrage ${count} AG`, account_domain: `preisfrage-${count}.example`, closes_on: FAR }
  return aDeal(w.as('pat'), { ...own, discount_asked_bps: bps })
}
const waitsFor = async (who: string, { id }: Deal) =>
  (await w.as(who).home.inbox()).items.some((row) => row.kind === 'deals.price' && row.subject_id === id)

test('a channel manager grants up to ten percent himself', async () => {
  const deal = await asking(800)
  assert.ok(await waitsFor('carl', deal))
  const granted = await w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 800, text: 'For the first year' })
  assert.deepEqual([granted.price, granted.discount_granted_bps], ['granted', 800])
  const seen = await w.as('fiona').deals.price({ id: deal.id })
  assert.deepEqual([seen.decided_by, seen.decided_as, seen.text], ['Carl', 'channel_manager', 'For the first year'])
})

test('above his limit he is told why, and finance grants', async () => {
  const deal = await asking(1200)
  const before = await w.as('carl').deals.price({ id: deal.id })
  assert.deepEqual([before.limit_bps, before.may_grant, before.granters], [1000, false, ['finance', 'admin', 'owner']])
  assert.equal(before.document_title, 'Terms of registrations')
  assert.ok(!(await waitsFor('carl', deal)) && (await waitsFor('fiona', deal)))
  const error = await refusal(w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 1200 }))
  assert.equal(error.code, 'forbidden')
  assert.match(error.message, /As Channel manager you grant up to 10 %; 12 % is for Finance, .*Terms of registrations, v1/)
  assert.equal((await w.as('carl').deals.get({ id: deal.id })).price, 'asked')
  assert.equal((await w.as('fiona').deals.grant_price({ id: deal.id, granted_bps: 1200 })).price, 'granted')
})

test('of more than his limit he may grant what lies within it', async () => {
  const deal = await asking(1200)
  const granted = await w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 1000, text: 'As far as I may' })
  assert.deepEqual([granted.price, granted.discount_granted_bps], ['granted', 1000])
})

test('the partner reads what was granted and told, and nothing of who may grant what', async () => {
  const deal = await asking(700)
  await w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 500, text: 'Five, not seven' })
  const { state, asked_bps, granted_bps, text, decided_at, ...rest } = await w.as('pat').deals.price({ id: deal.id })
  assert.deepEqual([state, asked_bps, granted_bps, text], ['granted', 700, 500, 'Five, not seven'])
  assert.ok(decided_at)
  assert.deepEqual(rest, {})
  // The registration's own decision stays the one that the deal shows.
  assert.equal((await w.as('pat').deals.get({ id: deal.id })).decision?.kind, 'deals.review')
  const error = await refusal(w.as('rivka').deals.price({ id: deal.id }))
  assert.equal(error.code, 'not_found')
})

test('limits and hours are the published terms of the partner; a role that they leave out grants none', async () => {
  const body = { price_working_hours: 4, price_limits: [{ role: 'channel_manager' as const, max_bps: 300 }] }
  await publishNow(w.as('vera'), {
    kind: 'deals.terms',
    title: 'Terms in the Netherlands',
    scope: { kind: 'region', value: 'NL' },
    body,
  })
  const deal = await asking(400)
  await w.settle()
  const clock = (await w.as('fiona').deals.get({ id: deal.id })).clocks.find((one) => one.name === 'deals.price')
  assert.equal(Math.round(workingMinutesBetween(calendarOf('NL'), deal.created_at, clock?.due_at ?? '') / 60), 4)
  for (const [who, told] of [
    ['carl', /up to 3 %; 4 % is beyond everybody \(Terms in the Netherlands, v1\)/],
    ['fiona', /Your roles grant no special price/],
  ] as const)
    assert.match((await refusal(w.as(who).deals.grant_price({ id: deal.id, granted_bps: 400 }))).message, told)
  assert.equal((await w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 300 })).price, 'granted')
  for (const role of ['partner_admin', 'nobody']) await refusedRole(role)
})

async function refusedRole(role: string): Promise<void> {
  const body = { price_limits: [{ role, max_bps: 300 }] }
  const error = await refusal(w.as('vera').decisions.draft({ kind: 'deals.terms', title: 'Bad', body }))
  assert.equal(error.code, 'invalid')
  assert.match(error.message, /body\.price_limits\.0\.role: '\w+' is no role of the host; they are owner, admin/)
}

test('a role that the host made has a limit of its own, until it is retired', async () => {
  const vera = w.as('vera')
  await vera.access.create_role({ code: 'price_desk', side: 'inner', name: 'Price desk', like: 'finance' })
  const body = { price_limits: [{ role: 'price_desk', max_bps: 700 }] }
  const terms = {
    kind: 'deals.terms' as const,
    title: 'Terms of the desk',
    scope: { kind: 'region' as const, value: 'NL' },
    body,
  }
  await publishNow(vera, terms)
  const elif = (await vera.access.list({ q: 'elif@' })).items[0] ?? assert.fail('no Elif')
  await vera.access.update({ id: elif.id, roles: [{ role: 'price_desk', scope: {} }] })
  const deal = await asking(800)
  const seen = await w.as('elif').deals.price({ id: deal.id })
  assert.deepEqual([seen.limit_bps, seen.may_grant], [700, false])
  const error = await refusal(w.as('elif').deals.grant_price({ id: deal.id, granted_bps: 800 }))
  assert.match(error.message, /As Price desk you grant up to 7 %/)
  assert.match((await refusal(w.as('carl').deals.grant_price({ id: deal.id, granted_bps: 500 }))).message, /is for Price desk/)
  assert.equal((await w.as('elif').deals.grant_price({ id: deal.id, granted_bps: 700 })).price, 'granted')

  const next = await vera.decisions.draft(terms)
  await vera.decisions.test({ id: next.id })
  await vera.access.update({ id: elif.id, roles: elif.roles })
  await vera.access.retire_role({ role: 'price_desk' })
  const late = await refusal(vera.decisions.publish({ id: next.id }))
  assert.match(late.message, /body\.price_limits\.0\.role: 'price_desk' is no role of the host/)
})
