import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { publishNow } from '../decisions/demo.ts'
import { aDeal, NORDWIND } from './demo.ts'
import type { Deal } from './shapes.ts'
import { USUAL_REASONS } from './usual-reasons.ts'
import { USUAL_TABLE } from './usual-table.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

let count = 0
/** A customer of its own each time, so that nothing but the country is weighed. */
const sold = (who: string, country: string, more = {}): Promise<Deal> => {
  count += 1
  const customer = `${'abcdefghijklmnop'.charAt(count)}quatic Terns ${count}`
  return aDeal(w.as(who), { customer, account_domain: `terns-${count}.example`, country, ...more })
}
const warnings = ({ decision }: Deal) =>
  (decision?.reasons ?? [])
    .filter(({ row }) => row === 'territory')
    .map(({ label, hit, comparisons }) => [label, hit, ...comparisons.map(({ field, seen }) => [field, seen])])
const factOf = ({ decision }: Deal) => decision?.facts.out_of_territory
const WARNED = (country: string) => [[USUAL_REASONS.territory, true, ['country', country]]]

test('out of territory warns the partner and the host, and protects as ever', async () => {
  const deal = await sold('pat', 'US')
  assert.deepEqual([deal.review, deal.protection, factOf(deal)], ['approved', 'protected', true])
  assert.deepEqual(warnings(deal), WARNED('US'))
  const asHost = await w.as('carl').deals.get({ id: deal.id })
  assert.deepEqual(
    asHost.decision?.all_reasons?.filter(({ hit }) => hit).map(({ row }) => row),
    ['territory'],
  )
  assert.equal(asHost.decision?.all_facts?.out_of_territory, true)
})

test('a region of one country lies in the territory of the one above; one with a country of its own does not', async () => {
  const neighbour = await sold('pat', 'AT')
  assert.deepEqual([factOf(neighbour), warnings(neighbour)], [false, []])
  const home = await sold('amira', 'SA')
  assert.deepEqual([factOf(home), warnings(home)], [false, []])
  const abroad = await sold('amira', 'AE')
  assert.deepEqual([factOf(abroad), warnings(abroad)], [true, WARNED('AE')])
})

test('whoever decides, a person or a clock, the warning stays', async () => {
  const asked = await sold('pat', 'US', { amount_minor: 40_000_000 })
  assert.equal(asked.review, 'under_review')
  assert.deepEqual(warnings(asked), WARNED('US'))
  const approved = await w.as('carl').deals.approve({ id: asked.id })
  assert.deepEqual([approved.protection, warnings(approved)], ['protected', WARNED('US')])
  const waiting = await sold('pat', 'CA', { amount_minor: 40_000_000 })
  await w.advance({ days: 6 })
  const late = await w.as('pat').deals.get({ id: waiting.id })
  assert.deepEqual([late.protection, late.decision?.by, warnings(late)], ['protected', 'clock', WARNED('CA')])
})

test('who is refused is not told of the territory, which was not the cause', async () => {
  await aDeal(w.as('pat'))
  const refused = await aDeal(w.as('amira'), { customer: 'Nordwind Logistics' })
  assert.deepEqual([refused.review, factOf(refused), warnings(refused)], ['rejected', true, []])
})

test('a file of registrations is warned as one registered by hand', async () => {
  const { closes_on } = NORDWIND
  const line = (id: string, country: string) =>
    `${id};Brightpath;Ibex ${id} Works;${country};lake;50000;EUR;${closes_on};2026-11-10`
  const text = [
    'Deal ID;Partner;Customer;Country;Product;Value;Currency;Expected close;Customer contact on',
    line('Q-1', 'Japan'),
  ]
  const file = new Uint8Array(Buffer.from([...text, line('Q-2', 'Austria'), ''].join('\n')))
  const { id } = await w.as('vera').imports.upload({ kind: 'deals', name: 'deals.csv', file })
  await w.settle()
  await w.as('vera').imports.run({ id })
  await w.settle()
  const { items } = await w.as('pat').deals.list({ q: 'Ibex', sort: 'number' })
  const deals = await Promise.all(items.map((one) => w.as('pat').deals.get({ id: one.id })))
  assert.deepEqual(deals.map(warnings), [WARNED('JP'), []])
})

test('a host that says no countries, or not all of them, warns nobody', async () => {
  const otto = w.as('otto', 'kestrel').ecosystems
  const { items } = await otto.list_regions()
  const world_region = items[0] ?? assert.fail('Kestrel has a region')
  const { id: _, version: _v, territory, ...region } = world_region
  assert.ok(territory.includes('US') && !territory.includes('BR'))
  const register = (customer: string) =>
    w
      .as('pat', 'kestrel')
      .deals.register({ ...NORDWIND, customer, account_domain: null, country: 'BR', product: 'arm', currency: 'USD' })
  assert.deepEqual(warnings(await register('Tucano Robotica')), WARNED('BR'))
  await otto.save_region({ ...region, countries: [] })
  const untold = await register('Jaguar Robotica')
  assert.deepEqual([factOf(untold), warnings(untold)], [null, []])
})

test('a table may ask for it, and then it decides', async () => {
  const rows = [
    {
      id: 'abroad',
      label: 'Abroad a person looks',
      outcome: { decision: 'review' },
      audience: 'outer',
      when: { combinator: 'and', rules: [{ field: 'out_of_territory', operator: '=', value: true }] },
    },
  ]
  const body = { ...USUAL_TABLE, rows: [...rows, ...USUAL_TABLE.rows] }
  // The table's type is wider than a document's JSON.
  await publishNow(w.as('vera'), { kind: 'deals.review', title: 'With territory', body: body as never })
  const abroad = await sold('pat', 'US')
  assert.deepEqual([abroad.review, abroad.decision?.reasons.map(({ row }) => row)], ['under_review', ['abroad', 'territory']])
  assert.equal((await sold('pat', 'AT')).review, 'approved')
})

test('the mails of the decision say it to both sides', async () => {
  await w.settle()
  const mails = await w.owner<{ template: string; said: boolean }>(
    `select distinct template, plain like '%outside%territory%' as said from mails where tenant_id = $1
      and template in ('deals.decided', 'deals.review') order by 1, 2`,
    [w.tenants.meridian],
  )
  assert.deepEqual(
    mails.map(({ template, said }) => [template, said]),
    [
      ['deals.decided', false],
      ['deals.decided', true],
      ['deals.review', true],
    ],
  )
})

test('registrations with the warning are found among all, in the list and in its CSV, by either side', async () => {
  const [outside, inside] = [await sold('pat', 'US'), await sold('pat', 'AT')]
  const refused = await sold('pat', 'CA', { amount_minor: 40_000_000 })
  const ids = async (who: string, out_of_territory: 'true' | 'false') => {
    const { items } = await w.as(who).deals.list({ out_of_territory, limit: 200 })
    return new Set(items.map(({ id }) => id))
  }
  assert.ok((await ids('carl', 'true')).has(refused.id))
  await w.as('carl').deals.reject({ id: refused.id, reason_code: 'out_of_programme', text: 'The product is not sold yet' })
  for (const who of ['carl', 'pat']) {
    const [warned, others] = [await ids(who, 'true'), await ids(who, 'false')]
    assert.deepEqual([warned.has(outside.id), warned.has(inside.id), warned.has(refused.id)], [true, false, false], who)
    assert.deepEqual([others.has(outside.id), others.has(inside.id), others.has(refused.id)], [false, true, true], who)
  }
  assert.equal((await ids('rivka', 'true')).has(outside.id), false)
  const [first, second] = [...(await ids('vera', 'false'))]
  const named = (who: string, id: string[]) => w.as(who).deals.list({ id, sort: 'number' })
  const two = [first ?? '', second ?? '']
  assert.deepEqual(new Set((await named('vera', two)).items.map((one) => one.id)), new Set(two))
  assert.deepEqual((await w.as('vera').deals.list({ id: two, out_of_territory: 'true' })).items, [])
  assert.ok(
    (await named('rivka', two)).items.every(({ partner_name }) => partner_name === 'Rivertech'),
    'nobody sees more by naming it',
  )
  assert.equal(
    (
      await refusal(
        named(
          'vera',
          Array.from({ length: 51 }, () => two[0] ?? ''),
        ),
      )
    ).code,
    'invalid',
  )
  const { body } = await w.request('carl', { method: 'GET', url: '/api/deals.csv?out_of_territory=true' })
  assert.match(body, new RegExp(outside.account_name))
  assert.doesNotMatch(body, new RegExp(`${inside.account_name}|${refused.account_name}`))
})
