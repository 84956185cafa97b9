import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ClientError } from '../../kernel/client.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { aDeal, FAR, NORDWIND } from './demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

test('a complete registration with evidence is protected by rule, with its reasons', async () => {
  const deal = await aDeal(w.as('pat'))
  assert.deepEqual([deal.review, deal.protection, deal.stage], ['approved', 'protected', 'open'])
  assert.equal(deal.decision?.by, 'rule')
  assert.equal(deal.decision?.document_number, 1)
  assert.equal(deal.internal_note, undefined)
  assert.equal(deal.clock?.name, 'deals.protection')
})

test('a day that no month has, and a cursor that nobody gave, are refused by their names', async () => {
  const refused = (call: Promise<unknown>) =>
    call.then(
      () => assert.fail('it was taken'),
      (error) => error.problem.issues[0].path,
    )
  assert.equal(await refused(aDeal(w.as('pat'), { closes_on: '2027-02-30' })), 'closes_on')
  const id = '01a208f1-1b08-7550-9c80-908a55a2d28f'
  for (const value of [null, {}, undefined]) {
    const cursor = Buffer.from(JSON.stringify({ sort: '-created_at', value, id })).toString('base64url')
    assert.equal(await refused(w.as('pat').deals.list({ cursor })), 'cursor')
  }
})

test('a rival is refused by clause, learns scope and end, and nothing else', async () => {
  const deal = await aDeal(w.as('rivka'), { customer: 'Nordwind Logistics', amount_minor: 9_000_000, evidence_note: 'Call' })
  assert.equal(deal.review, 'rejected')
  assert.equal(deal.reason_code, 'already_protected')
  const scope = deal.decision?.reasons.find((reason) => reason.row === 'scope')
  assert.match(String(scope?.comparisons.find((one) => one.field === 'protected_until')?.seen), /^\d{4}-\d\d-\d\d$/)
  assert.deepEqual([deal.decision?.reasons[0]?.clause, scope?.clause], [1, 5])
  assert.ok(deal.free_products.includes('guard'))
  assert.ok(!deal.free_products.includes('flow'))
  const text = JSON.stringify([deal, await w.as('rivka').deals.list(), await w.as('rivka').deals.timeline({ id: deal.id })])
  for (const secret of ['Brightpath', 'brightpath', '18400000', 'Workshop', 'Pat'])
    assert.ok(!text.includes(secret), `${secret} leaked`)
})

test('the host sees both cards joined by the fields that agree', async () => {
  const { items } = await w.as('carl').deals.list({ review: ['rejected'] })
  const deal = await w.as('carl').deals.get({ id: items[0]?.id ?? '' })
  const card = deal.conflicts?.[0]
  assert.equal(card?.partner_name, 'Brightpath')
  assert.ok(card?.fields.some((field) => field.field === 'domain' || field.field === 'account_name'))
})

test('another scope of the same customer is free', async () => {
  const deal = await aDeal(w.as('rivka'), { product: 'guard' })
  assert.equal(deal.protection, 'protected')
})

test('without evidence a registration holds its place and lapses after five working days', async () => {
  const { evidence_on: _, ...bare } = NORDWIND
  const deal = await w.as('pat').deals.register({ ...bare, customer: 'Kolibri Foods', account_domain: 'kolibri.example' })
  assert.deepEqual([deal.review, deal.protection, deal.clock?.name], ['submitted', 'held', 'deals.hold'])
  await w.advance({ days: 9 })
  const later = await w.as('pat').deals.get({ id: deal.id })
  assert.deepEqual([later.review, later.protection], ['lapsed', 'none'])
})

test('evidence turns a held place into protection', async () => {
  const { evidence_on: _, ...bare } = NORDWIND
  const deal = await w.as('pat').deals.register({ ...bare, customer: 'Tavola Foods', account_domain: 'tavola.example' })
  const backed = await w.as('pat').deals.add_evidence({ id: deal.id, on: '2026-11-16', kind: 'call' })
  assert.equal(backed.protection, 'protected')
})

test('a large deal is reviewed by a person, and a missed clock protects it without its price', async () => {
  const deal = await aDeal(w.as('pat'), {
    customer: 'Aurelia Versicherung AG',
    account_domain: 'aurelia.example',
    amount_minor: 31_000_000,
    discount_asked_bps: 800,
  })
  assert.deepEqual([deal.review, deal.price, deal.clock?.name], ['under_review', 'asked', 'deals.review'])
  await w.advance({ days: 6 })
  const later = await w.as('pat').deals.get({ id: deal.id })
  assert.deepEqual([later.review, later.protection, later.price], ['approved', 'protected', 'asked'])
  assert.equal(later.decision?.by, 'clock')
  assert.equal(later.decision?.reasons[0]?.clause, 7)
})

test('asking pauses the clock, answering lets it run on, rejecting needs a text', async () => {
  const deal = await aDeal(w.as('pat'), { customer: 'Vantor Energy', account_domain: 'vantor.example', amount_minor: 42_000_000 })
  const asked = await w.as('carl').deals.ask({ id: deal.id, text: 'Which site?' }, { version: deal.version })
  assert.equal(asked.clock?.due_at, null)
  const answered = await w.as('pat').deals.answer({ id: deal.id, text: 'Rotterdam' })
  assert.ok(answered.clock?.due_at)
  const error = await refusal(w.as('carl').deals.reject({ id: deal.id, reason_code: 'other', text: '' }))
  assert.equal(error.code, 'invalid')
  const done = await w.as('carl').deals.reject({ id: deal.id, reason_code: 'host_opportunity', text: 'We work there', clause: 4 })
  assert.deepEqual([done.review, done.reason_text], ['rejected', 'We work there'])
})

test('a manager of another region neither sees nor decides a deal', async () => {
  const deal = await aDeal(w.as('pat'), { customer: 'Oriel Bank', account_domain: 'oriel.example', amount_minor: 90_000_000 })
  assert.equal((await refusal(w.as('ana').deals.get({ id: deal.id }))).code, 'not_found')
  assert.equal((await refusal(w.as('ana').deals.approve({ id: deal.id }))).code, 'not_found')
  assert.equal((await refusal(w.as('rivka').deals.approve({ id: deal.id }))).code, 'forbidden')
  assert.equal((await w.as('carl').deals.approve({ id: deal.id })).protection, 'protected')
})

test('a stale version is refused and nothing changes', async () => {
  const deal = await aDeal(w.as('pat'), { customer: 'Stale AG', account_domain: 'stale.example' })
  const error = await refusal(w.as('pat').deals.set_stage({ id: deal.id, stage: 'qualified' }, { version: deal.version - 1 }))
  assert.equal(error.status, 412)
})

test('a protection warns, is extended, and expires by clock', async () => {
  const deal = await aDeal(w.as('pat'), { customer: 'Ending AG', account_domain: 'ending.example', closes_on: FAR })
  const longer = await w.as('pat').deals.extend({ id: deal.id, progress: 'Second workshop held' })
  assert.ok((longer.protected_until ?? '') > (deal.protected_until ?? ''))
  await w.advance({ days: 125 })
  const over = await w.as('pat').deals.get({ id: deal.id })
  assert.equal(over.protection, 'expired')
  const warned = (await w.as('pat').deals.timeline({ id: deal.id })).items.filter((one) => one.type === 'deals.protection_warned')
  assert.equal(warned.length, 3)
})

test('of many partners racing for one scope exactly one wins, the first by the queue', async () => {
  const racers = ['pat', 'rivka', 'nils', 'lucia'] as const
  const results = await Promise.all(
    racers.flatMap((name) =>
      [0, 1, 2].map(() =>
        aDeal(w.as(name), { customer: 'Race AG', account_domain: 'race.example', closes_on: FAR }).catch(
          (error: ClientError) => error,
        ),
      ),
    ),
  )
  const won = results.filter((one) => 'protection' in one && one.protection === 'protected')
  assert.equal(won.length, 1)
  assert.ok(results.every((one) => 'review' in one))
})

test('partner, manager and chief hear of it by mail, each what is theirs', async () => {
  const deal = await aDeal(w.as('pat'), {
    customer: 'Mailbox AG',
    account_domain: 'mailbox.example',
    amount_minor: 60_000_000,
    closes_on: FAR,
  })
  await w.settle()
  await w.advance({ days: 6 })
  const mails = await w.owner<{ to_address: string; subject: string; plain: string; template: string }>(
    `select to_address, subject, plain, template from mails where subject like '%Mailbox AG%' order by id`,
  )
  const seen = mails.map((mail) => [mail.to_address.split('@')[0], mail.template])
  assert.deepEqual(
    seen,
    [
      ['pat', 'deals.decided'],
      ['carl', 'deals.review'],
      ['vera', 'deals.missed'],
      ['pat', 'deals.decided'],
    ].filter(Boolean),
  )
  assert.ok(mails[0]?.plain.includes(`/deals/${deal.id}`))
})

test('when two customers become one, both registrations stay and stand as a conflict', async () => {
  const { accounts } = w.as('vera')
  const one = await accounts.create({ name: 'Halvorsen Marine', country: 'NO', domain: 'halvorsen.example' })
  const two = await accounts.create({ name: 'Nordhavn Shipping', country: 'NO', domain: 'nordhavn.example' })
  const rules = { country: 'NO', product: 'lake', closes_on: FAR }
  const first = await aDeal(w.as('nils'), { ...rules, customer: 'Halvorsen Marine', account_domain: 'halvorsen.example' })
  const second = await aDeal(w.as('pat'), { ...rules, customer: 'Nordhavn Shipping', account_domain: 'nordhavn.example' })
  assert.deepEqual([first.protection, second.protection], ['protected', 'protected'])
  await accounts.merge({ id: two.id, into_id: one.id })
  await w.settle()
  const seen = await w.as('vera').deals.get({ id: second.id })
  assert.deepEqual([seen.protection, seen.account_id, seen.conflicts?.[0]?.deal_id], ['protected', one.id, first.id])
})
