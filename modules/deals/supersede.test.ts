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
const again = (who: string, { id }: Deal) => w.as(who).deals.get({ id })
const typesOf = async (who: string, { id }: Deal) =>
  (await w.as(who).deals.timeline({ id })).items.map((one) => one.type.replace('deals.', ''))
const partnerId = async (who: string) => (await w.as(who).deals.list({ limit: 1 })).items[0]?.partner_id ?? ''

test('a later registration of the same partner takes the place of the earlier one, whose scope is free', async () => {
  const first = await aDeal(w.as('pat'), customer('Anlauf'))
  const later = await aDeal(w.as('pat'), { ...customer('Anlauf'), product: 'lens' })
  const done = await w.as('pat').deals.supersede({ id: first.id, by_id: later.id, text: 'They want Lens now' })
  assert.deepEqual([done.review, done.protection, done.reason_code], ['superseded', 'released', 'superseded'])
  assert.equal(done.reason_text, 'They want Lens now')
  assert.equal(done.decision?.outcome, 'supersede')
  assert.deepEqual(done.clocks, [])
  assert.equal((await w.as('pat').deals.succession({ id: first.id })).superseded?.deal?.id, later.id)
  assert.equal((await w.as('pat').deals.succession({ id: later.id })).in_place_of[0]?.deal?.id, first.id)
  const rival = await aDeal(w.as('rivka'), customer('Anlauf'))
  assert.equal(rival.protection, 'protected')
  assert.equal((await again('pat', later)).protection, 'protected')
})

test('only a later, living registration of the same partner and customer supersedes', async () => {
  const first = await aDeal(w.as('pat'), customer('Vorher'))
  const later = await aDeal(w.as('pat'), { ...customer('Vorher'), product: 'lens' })
  const other = await aDeal(w.as('pat'), customer('Nebenan'))
  const group = await aDeal(w.as('pat'), {
    ...customer('Vorher'),
    customer: 'Vorher Kraftwerke',
    account_domain: 'vorher-kw.example',
  })
  const rivals = await aDeal(w.as('rivka'), { ...customer('Vorher'), product: 'guard' })
  const twice = await aDeal(w.as('pat'), customer('Vorher'))
  const pat = w.as('pat').deals
  assert.match((await refusal(pat.supersede({ id: later.id, by_id: first.id }))).message, /before this one/)
  assert.match((await refusal(pat.supersede({ id: first.id, by_id: other.id }))).message, /another customer/)
  assert.match((await refusal(pat.supersede({ id: first.id, by_id: group.id }))).message, /another customer/)
  assert.match((await refusal(pat.supersede({ id: first.id, by_id: twice.id }))).message, /is rejected/)
  assert.equal((await refusal(pat.supersede({ id: first.id, by_id: rivals.id }))).code, 'invalid')
  assert.match((await refusal(w.as('carl').deals.supersede({ id: first.id, by_id: rivals.id }))).message, /another partner/)
  assert.equal((await refusal(w.as('fiona').deals.supersede({ id: first.id, by_id: later.id }))).code, 'forbidden')
  await pat.set_stage({ id: first.id, stage: 'won' })
  assert.match((await refusal(pat.supersede({ id: first.id, by_id: later.id }))).message, /won/)
})

test("the customer's written word outranks the queue, and neither partner learns of the other", async () => {
  const held = await aDeal(w.as('pat'), { ...customer('Wahlfrei'), description: 'patsecret', amount_minor: 8_765_400 })
  const rival = await aDeal(w.as('rivka'), { ...customer('Wahlfrei'), description: 'rivkasecret', amount_minor: 7_654_300 })
  assert.equal(rival.review, 'rejected')
  const overrule = { id: held.id, written_on: '2026-11-20', text: 'The customer wrote to us whom it wants.' }
  assert.equal((await refusal(w.as('pat').deals.overrule(overrule))).code, 'forbidden')
  assert.equal((await refusal(w.as('ana').deals.overrule(overrule))).code, 'not_found')
  assert.equal((await refusal(w.as('carl').deals.overrule({ ...overrule, written_on: '2027-12-01' }))).code, 'invalid')
  const other = await aDeal(w.as('rivka'), customer('Ganzandere'))
  assert.match(
    (await refusal(w.as('carl').deals.overrule({ ...overrule, in_favour_of_id: other.id }))).message,
    /in_favour_of_id: that registration is for another customer/,
  )
  const done = await w.as('carl').deals.overrule({ ...overrule, in_favour_of_id: rival.id })
  assert.deepEqual([done.review, done.protection, done.reason_code], ['superseded', 'released', 'customer_word'])
  const chosen = await again('rivka', rival)
  assert.deepEqual([chosen.review, chosen.protection, chosen.reason_code], ['approved', 'protected', null])
  for (const [who, deal] of [
    ['pat', held],
    ['rivka', rival],
  ] as const) {
    const seen = await again(who, deal)
    assert.deepEqual(
      seen.decision?.reasons.map((one) => one.clause),
      [10],
    )
    assert.equal(seen.decision?.facts.written_on, undefined)
  }
  assert.equal((await again('carl', held)).decision?.all_facts?.written_on, '2026-11-20')
  const bytes = async (who: string, deal: Deal) =>
    JSON.stringify([
      await w.as(who).deals.succession({ id: deal.id }),
      await again(who, deal),
      await w.as(who).deals.timeline({ id: deal.id }),
      await w.as(who).deals.list(),
    ])
  const [pats, rivkas] = [await bytes('pat', held), await bytes('rivka', rival)]
  for (const secret of [rival.id, 'Rivertech', 'rivkasecret', '7654300', '2026-11-20']) assert.ok(!pats.includes(secret), secret)
  for (const secret of [held.id, 'Brightpath', 'patsecret', '8765400', '2026-11-20']) assert.ok(!rivkas.includes(secret), secret)
  await w.settle()
  const mails = await w.owner<{ to_address: string; subject: string; plain: string }>(
    "select to_address, subject, plain from mails where subject like '%Wahlfrei%superseded%'",
  )
  assert.deepEqual(
    mails.map((mail) => mail.to_address.split('@')[0]),
    ['pat'],
  )
  assert.match(mails[0]?.plain ?? '', /clause 10/)
})

test('a superseded deal moves no more', async () => {
  const first = await aDeal(w.as('pat'), { ...customer('Endgueltig'), discount_asked_bps: 500 })
  await w.as('carl').deals.overrule({ id: first.id, written_on: '2026-11-20', text: 'They buy from nobody now.' })
  await w.settle()
  for (const work of [
    () => w.as('pat').deals.set_stage({ id: first.id, stage: 'qualified' }),
    () => w.as('pat').deals.edit({ id: first.id, description: 'more' }),
    () => w.as('pat').deals.withdraw({ id: first.id }),
    () => w.as('carl').deals.approve({ id: first.id }),
    () => w.as('carl').deals.overrule({ id: first.id, written_on: '2026-11-20', text: 'Again' }),
  ])
    assert.equal((await refusal(work())).code, 'conflict')
  const board = JSON.stringify(await w.as('carl').deals.board())
  assert.ok(!board.includes(first.id))
  const listed = await w.as('pat').deals.list({ review: ['superseded'], limit: 50 })
  assert.ok(listed.items.some((one) => one.id === first.id))
})

test('open deals of a partner that ended go to another partner, who reads nothing of the former one', async () => {
  const { id: brightpath } = { id: await partnerId('pat') }
  const rivertech = await partnerId('rivka')
  const texts = { description: 'patsecret', contact_name: 'patcontact', evidence_note: 'patnote', discount_asked_bps: 300 }
  const open = await aDeal(w.as('pat'), { ...customer('Erbfolge'), ...texts })
  const waits = await aDeal(w.as('pat'), { ...customer('Wartend'), ...texts, amount_minor: 90_000_000 })
  const known = await aDeal(w.as('pat'), { ...customer('Bekannt'), product: 'care' })
  const taken = await aDeal(w.as('pat'), customer('Vergeben'))
  const carl = w.as('carl').deals
  const hand = { to_partner_id: rivertech, text: 'Brightpath has left the programme.', note: 'Please call them this week.' }
  assert.match((await refusal(carl.reassign({ id: open.id, ...hand }))).message, /Brightpath is active/)
  await w.as('vera').partners.terminate({ id: brightpath, reason: 'acquired_by_competitor' })
  await w.settle()
  assert.equal((await again('carl', open)).protection, 'released')
  assert.equal((await refusal(w.as('fiona').deals.reassign({ id: open.id, ...hand }))).code, 'forbidden')
  assert.equal((await refusal(w.as('ana').deals.reassign({ id: open.id, ...hand }))).code, 'not_found')
  const far = await partnerId('grace').catch(() => '')
  if (far) assert.equal((await refusal(carl.reassign({ id: open.id, ...hand, to_partner_id: far }))).code, 'invalid')

  const made = await carl.reassign({ id: open.id, ...hand })
  assert.notEqual(made.id, open.id)
  assert.deepEqual(
    [made.partner_name, made.review, made.protection, made.protected_until],
    ['Rivertech', 'approved', 'protected', open.protected_until],
  )
  assert.deepEqual([made.price, made.completed_at, made.number > open.number], ['list', open.completed_at, true])
  const before = await again('carl', open)
  assert.deepEqual([before.review, before.reason_code], ['superseded', 'handed_over'])
  const reviewed = await carl.reassign({ id: waits.id, ...hand })
  assert.deepEqual([reviewed.review, reviewed.clock?.name], ['under_review', 'deals.review'])

  const followed = (await w.as('carl').deals.succession({ id: made.id })).in_place_of[0]
  assert.deepEqual([followed?.by, followed?.deal?.id, followed?.deal?.partner_name], ['host', open.id, 'Brightpath'])
  await w.settle()
  const bytes = JSON.stringify([
    await w.as('rivka').deals.succession({ id: made.id }),
    await again('rivka', made),
    await w.as('rivka').deals.timeline({ id: made.id }),
    await w.as('rivka').decisions.of_subject({ subject_type: 'deals', subject_id: made.id }),
    await w.as('rivka').deals.list(),
  ])
  for (const secret of ['Brightpath', 'patsecret', 'patcontact', 'patnote', 'left the programme', open.id])
    assert.ok(!bytes.includes(secret), `${secret} leaked`)
  assert.ok(bytes.includes('Please call them this week.'))
  assert.deepEqual(await typesOf('rivka', made), ['handed_over'])
  const mails = await w.owner<{ to_address: string }>(
    "select to_address from mails where template = 'deals.handed' and subject like '%Erbfolge%'",
  )
  assert.ok(mails.some((mail) => mail.to_address.startsWith('rivka@')))

  await carl.reject({ id: reviewed.id, reason_code: 'host_opportunity', text: 'We work there', clause: 4 })
  await w.settle()
  const ended = await w.owner<{ to_address: string }>(
    "select to_address from mails where template = 'deals.decided' and subject like '%Wartend%' order by id",
  )
  assert.ok(
    ended.some((mail) => mail.to_address.startsWith('rivka@')),
    'who may register hears how it ended',
  )

  await aDeal(w.as('nils'), customer('Vergeben'))
  assert.match((await refusal(carl.reassign({ id: taken.id, ...hand }))).message, /protection: another registration holds/)
  const bare = await carl.reassign({ id: taken.id, ...hand, protection: 'end' })
  assert.deepEqual([bare.review, bare.protection], ['approved', 'none'])

  const host = { to_partner_id: null, text: 'We go on ourselves.' }
  assert.match((await refusal(carl.reassign({ id: known.id, ...host }))).message, /none of your accounts/)
})

test('the host takes a deal over as an opportunity of its own', async () => {
  const account = await w.as('vera').accounts.create({ name: 'Eigenbau Werft AG', country: 'DE', domain: 'eigenbau.example' })
  const rivertech = await partnerId('rivka')
  const deal = await aDeal(w.as('rivka'), {
    customer: 'Eigenbau Werft AG',
    account_domain: 'eigenbau.example',
    closes_on: FAR,
  })
  await w.as('vera').partners.terminate({ id: rivertech, reason: 'mutual' })
  await w.settle()
  const done = await w.as('carl').deals.reassign({ id: deal.id, to_partner_id: null, text: 'We go on ourselves.' })
  assert.deepEqual([done.id, done.review, done.protection], [deal.id, 'superseded', 'released'])
  const { items } = await w.as('carl').accounts.list_opportunities({ account_id: account.id })
  assert.deepEqual([items[0]?.product, items[0]?.amount_minor], ['flow', 18_400_000])
  const rows = await w.owner<{ decided_by: string; opportunity_id: string }>(
    'select decided_by, opportunity_id from deal_successions where deal_id = $1',
    [deal.id],
  )
  assert.deepEqual(rows, [{ decided_by: 'host', opportunity_id: items[0]?.id }])
})
