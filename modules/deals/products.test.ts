import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { aDeal, FAR } from './demo.ts'
import { saveDeals } from './save-deals.ts'
import type { Deal } from './shapes.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const customer = (name: string) => ({ customer: `${name} AG`, account_domain: `${name.toLowerCase()}.example`, closes_on: FAR })
const held = async ({ id }: Deal) =>
  (
    await w.owner<{ product_family: string }>(
      'select product_family from protections where deal_id = $1 and ended_at is null order by product_family',
      [id],
    )
  ).map((row) => row.product_family)
const both = { product: 'lens', more_products: ['guard'] }

test('a registration of several products protects each of them, and leaves the others free', async () => {
  const deal = await aDeal(w.as('pat'), { ...customer('Zweifach'), ...both })
  assert.deepEqual([deal.product, deal.more_products, deal.protection], ['lens', ['guard'], 'protected'])
  assert.equal((await held(deal)).length, 2)
  for (const product of ['lens', 'guard']) {
    const rival = await aDeal(w.as('rivka'), { ...customer('Zweifach'), product })
    assert.deepEqual([rival.review, rival.reason_code], ['rejected', 'already_protected'])
    assert.ok(
      rival.free_products.includes('flow') && !rival.free_products.includes('guard') && !rival.free_products.includes('lens'),
    )
  }
  assert.equal((await aDeal(w.as('rivka'), { ...customer('Zweifach'), product: 'flow' })).protection, 'protected')
})

test('where a rival holds one of them the rest is protected, and the refused one is told by clause and end', async () => {
  const first = await aDeal(w.as('rivka'), { ...customer('Geteilt'), product: 'lens' })
  const deal = await aDeal(w.as('pat'), { ...customer('Geteilt'), ...both })
  assert.deepEqual([deal.review, deal.protection], ['approved', 'protected'])
  assert.deepEqual([deal.product, deal.more_products, deal.refused_products], ['guard', [], ['lens']])
  const reason = deal.decision?.reasons.find((one) => one.row === 'scope-lens')
  assert.equal(reason?.clause, 1)
  const seen = Object.fromEntries(reason?.comparisons.map((one) => [one.field, one.seen]) ?? [])
  assert.deepEqual(seen, { product: 'lens', country: 'DE', protected_until: first.protected_until?.slice(0, 10) })
  const text = JSON.stringify([deal, await w.as('pat').deals.timeline({ id: deal.id })])
  for (const secret of ['Rivertech', first.id]) assert.ok(!text.includes(secret), secret)
  assert.equal((await held(deal)).length, 1)
  const cards = (await w.as('carl').deals.get({ id: deal.id })).conflicts
  assert.deepEqual([cards?.[0]?.deal_id, cards?.[0]?.same_scope], [first.id, true])
})

test('where nothing would be left the whole is refused, with what is free', async () => {
  await aDeal(w.as('rivka'), { ...customer('Vergriffen'), ...both })
  const deal = await aDeal(w.as('pat'), { ...customer('Vergriffen'), ...both })
  assert.deepEqual([deal.review, deal.refused_products, deal.more_products], ['rejected', [], ['guard']])
  assert.deepEqual(
    deal.decision?.reasons.filter((one) => one.row.startsWith('scope')).map((one) => one.row),
    ['scope', 'scope-guard'],
  )
  assert.ok(deal.free_products.includes('flow') && !deal.free_products.includes('guard'))
})

test('a product that the partner has already is no part of it', async () => {
  await aDeal(w.as('pat'), { ...customer('Schon'), product: 'guard' })
  const deal = await aDeal(w.as('pat'), { ...customer('Schon'), ...both })
  assert.deepEqual([deal.protection, deal.product, deal.refused_products], ['protected', 'lens', ['guard']])
  assert.ok(deal.decision?.reasons.some((one) => one.row === 'scope-guard' && one.label.includes('already')))
})

test('a value in a currency that the host does not use is refused, by hand, as a draft and in a file', async () => {
  const peso = { ...customer('Fremdgeld'), country: 'DE', product: 'lake', amount_minor: 90_000_000_00, currency: 'MXN' }
  const said = /'MXN' is not used here; there are EUR, USD/
  assert.match((await refusal(w.as('pat').deals.register({ ...peso, closes_on: FAR }))).message, said)
  const euros = await w.as('pat').deals.register({ ...peso, ...customer('Eurogeld'), currency: 'EUR', closes_on: FAR })
  assert.match((await refusal(w.as('pat').deals.edit({ id: euros.id, currency: 'MXN' }))).message, said)
  const draft = await w.as('pat').deals.save_draft({ ...peso, closes_on: FAR })
  assert.match((await refusal(w.as('pat').deals.submit({ id: draft.id }))).message, said)
  const [row] = await asSystem(w.house, w.tenants.meridian, (ctx) =>
    saveDeals(ctx, [{ ...peso, partner: 'Rivertech', customer: 'Fremdgeld', closes_on: FAR }]),
  )
  assert.deepEqual(
    [row?.outcome, row?.issues.map(({ path, code }) => [path, code])],
    ['refused', [['currency', 'currency_unused']]],
  )
})

test('a value in a currency without a plan rate is decided by a person: nothing could weigh it', async () => {
  const { currencies } = await w.as('vera').ecosystems.get()
  await w.as('vera').ecosystems.update({ currencies: [...currencies, 'SEK'] })
  const krona = { ...customer('Kronor'), country: 'SE', product: 'lake', amount_minor: 90_000_000_00, currency: 'SEK' }
  const deal = await aDeal(w.as('pat'), krona)
  assert.deepEqual([deal.review, deal.protection], ['under_review', 'none'])
  assert.deepEqual(
    deal.decision?.reasons.filter(({ hit }) => hit).map(({ row, label }) => [row, label]),
    [['no-rate', 'The currency has no plan rate, so the value cannot be compared']],
  )
  const year = (await w.as('fiona').ecosystems.plan_gaps()).plan_year
  await w.as('fiona').ecosystems.save_rate({ kind: 'plan', currency: 'SEK', rate: '11.3', plan_year: year })
  const small = { ...customer('Oere'), amount_minor: 900_000, currency: 'SEK' }
  assert.equal((await aDeal(w.as('pat'), { ...krona, ...small })).protection, 'protected')
})

test('all scopes are taken by one person’s approval or none, and all end with the deal', async () => {
  const deal = await aDeal(w.as('pat'), { ...customer('Grosses'), ...both, amount_minor: 90_000_000 })
  assert.deepEqual([deal.review, await held(deal)], ['under_review', []])
  const done = await w.as('carl').deals.approve({ id: deal.id })
  assert.equal((await held(done)).length, 2)
  await w.as('pat').deals.withdraw({ id: deal.id })
  assert.equal((await held(done)).length, 0)
})

test('lists find a deal by each of its products; drafts may change them, registrations not', async () => {
  const draft = await w
    .as('pat')
    .deals.save_draft({ ...customer('Suchbar'), country: 'DE', product: 'lens', amount_minor: 500, currency: 'EUR' })
  const changed = await w.as('pat').deals.edit({ id: draft.id, more_products: ['guard', 'guard', 'lens'], product: 'lens' })
  assert.deepEqual(changed.more_products, ['guard'])
  const deal = await w.as('pat').deals.submit({ id: draft.id })
  for (const product of ['lens', 'guard']) {
    const { items } = await w.as('pat').deals.list({ product, q: 'Suchbar' })
    assert.deepEqual(
      items.map((one) => one.id),
      [deal.id],
    )
  }
  assert.equal((await w.as('pat').deals.list({ product: 'flow', q: 'Suchbar' })).items.length, 0)
  assert.match(
    (await refusal(w.as('pat').deals.edit({ id: deal.id, more_products: [] }))).message,
    /more_products: a registered scope/,
  )
  const wrong = aDeal(w.as('pat'), { ...customer('Falsch'), product: 'lens', more_products: ['nothing'] })
  assert.match((await refusal(wrong)).message, /'nothing' is not a product/)
  const csv = await w.request('vera', { method: 'GET', url: '/api/deals.csv?q=Suchbar' })
  assert.match(csv.body, /more_products/)
})

test('a file brings several products in one cell, and again without harm', async () => {
  const row = {
    external_id: 'two-1',
    partner: 'Rivertech',
    customer: 'Dateifirma AG',
    account_domain: 'dateifirma.example',
    country: 'DE',
    product: 'lens + guard',
    amount_minor: 700_000,
    currency: 'EUR',
    closes_on: FAR,
    evidence_on: '2026-11-16',
  }
  const save = (changes = {}) => asSystem(w.house, w.tenants.meridian, (ctx) => saveDeals(ctx, [{ ...row, ...changes }]))
  const [made] = await save()
  assert.equal(made?.outcome, 'created')
  const deal = await w.as('rivka').deals.get({ id: made?.id ?? '' })
  assert.deepEqual([deal.product, deal.more_products, deal.protection], ['lens', ['guard'], 'protected'])
  assert.equal((await save())[0]?.outcome, 'unchanged')
  assert.equal((await save({ product: 'lens' }))[0]?.outcome, 'refused')
})
