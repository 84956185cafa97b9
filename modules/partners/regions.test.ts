import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { aDeal } from '../deals/demo.ts'
import { publishNow } from '../decisions/demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const found = async (name: string, who = 'vera') =>
  (await w.as(who).partners.list({ q: name, limit: 200 })).items.find((one) => one.name === name)
const idOf = async (name: string) => (await found(name))?.id ?? assert.fail(`no partner ${name}`)
const of = ({ region, more_regions }: { region: string | null; more_regions: string[] }) => [region, ...more_regions]
const add = (legal_name: string, more: object, who = 'vera') =>
  w
    .as(who)
    .partners.create({ legal_name, country: 'NL', domain: `${legal_name.toLowerCase().replace(/\W+/g, '-')}.example`, ...more })

test('one region leads, the others stand beside it, each once; of a new partner its country leads', async () => {
  assert.deepEqual(of(await add('Alpenglow', { more_regions: ['AMER', 'NL', 'AMER'] })), ['NL', 'AMER'])
  const made = await add('Borealis', { country: 'PL', more_regions: ['US', 'JP'] })
  assert.deepEqual(of(made), ['US', 'JP'], 'where none leads, the first of the others does')
  const { partners } = w.as('vera')
  assert.deepEqual(of(await partners.update({ id: made.id, region: 'JP' })), ['JP'])
  assert.deepEqual(of(await partners.update({ id: made.id, more_regions: ['US', 'NO'] })), ['JP', 'US', 'NO'])
  assert.deepEqual(of(await partners.update({ id: made.id, region: null })), ['US', 'NO'])
  const unknown = await refusal(partners.update({ id: made.id, more_regions: ['NO', 'ATLANTIS'] }))
  assert.match(unknown.message, /more_regions\.1: there is no region 'ATLANTIS'/)
  const events = await partners.timeline({ id: made.id })
  assert.deepEqual(events.items[0]?.changes?.more_regions, [['US', 'NO'], ['NO']])
})

test('a manager sees a partner by any of its regions, with its people and deals, and loses it with the region', async () => {
  const id = await idOf('Brightpath')
  const deal = await aDeal(w.as('pat'))
  const people = async () =>
    (await w.as('ana').access.list({ side: 'outer', limit: 200 })).items.filter((one) => one.party_id === id)
  assert.deepEqual([await found('Brightpath', 'ana'), (await people()).length], [undefined, 0])
  assert.equal((await refusal(w.as('ana').deals.get({ id: deal.id }))).code, 'not_found')
  await w.as('vera').partners.update({ id, more_regions: ['US'] })
  assert.equal((await found('Brightpath', 'ana'))?.region, 'NL')
  assert.ok((await people()).length > 0)
  assert.equal((await w.as('ana').deals.get({ id: deal.id })).number, deal.number)
  assert.equal((await w.as('ana').deals.list({ q: 'Nordwind' })).items.length, 1)
  assert.ok(await found('Brightpath', 'carl'), 'the leading region stays the other manager’s')
  for (const region of ['NL', 'US'])
    assert.equal((await w.as('vera').deals.list({ q: 'Nordwind', region })).items.length, 1, region)
  for (const region of ['EMEA', 'AMER'])
    assert.ok((await w.as('vera').partners.list({ region: [region], q: 'Brightpath' })).items.length > 0)
  await w.as('vera').partners.update({ id, more_regions: [] })
  assert.equal(await found('Brightpath', 'ana'), undefined)
  assert.equal((await refusal(w.as('ana').deals.get({ id: deal.id }))).code, 'not_found')
})

test('why one sees a partner names the region through which', async () => {
  const id = await idOf('Brightpath')
  await w.as('vera').partners.update({ id, more_regions: ['US'] })
  const why = await w.as('ana').access.explain({ subject_type: 'partners', subject_id: id })
  assert.deepEqual(why.subject?.let_in_by, { regions: ['AMER'] })
  await w.as('vera').partners.update({ id, more_regions: [] })
})

test('a manager gives and takes the own regions only, and never the lead of another’s', async () => {
  const { id } = await add('Cumulus', { region: 'NL', more_regions: ['US'] })
  const carl = w.as('carl').partners
  const refused = async (change: object, path: RegExp) => {
    const error = await refusal(carl.update({ id, ...change }))
    assert.deepEqual([error.code, path.test(error.message)], ['invalid', true], error.message)
  }
  await refused({ more_regions: [] }, /region: give a region of yours/)
  await refused({ more_regions: ['US', 'JP'] }, /more_regions\.1: give a region of yours/)
  await refused({ region: 'US' }, /region: give a region of yours/)
  assert.deepEqual(of(await carl.update({ id, more_regions: ['US', 'DE'] })), ['NL', 'US', 'DE'])
  assert.deepEqual(of(await carl.update({ id, region: 'DE', more_regions: ['US', 'NL'] })), ['DE', 'US', 'NL'])
  const abroad = await add('Duskfall', { country: 'US', more_regions: ['NL'] })
  const error = await refusal(carl.update({ id: abroad.id, more_regions: [] }))
  assert.match(error.message, /region: give a region of yours/, 'the last of one’s own stays')
  const mixed = await refusal(add('Evenfall', { more_regions: ['US'] }, 'carl'))
  assert.match(mixed.message, /more_regions\.0: give a region of yours/)
})

test('a file names several regions in one cell or in two; another run changes nothing', async () => {
  const text = 'Partner;Country;Region;Further regions\nFalkenau GmbH;Germany;DE, AT | CH;\nGletsch AG;Switzerland;CH;AT, DE\n'
  const run = async () => {
    const { imports } = w.as('vera')
    const { id } = await imports.upload({ kind: 'partners', name: 'p.csv', file: new Uint8Array(Buffer.from(text)) })
    await w.settle()
    await imports.run({ id })
    await w.settle()
    return imports.get({ id })
  }
  assert.deepEqual([(await run()).created, (await run()).unchanged], [2, 2])
  const [falkenau, gletsch] = await Promise.all(['Falkenau GmbH', 'Gletsch AG'].map((name) => found(name)))
  assert.deepEqual(
    [falkenau, gletsch].map((one) => one && of(one)),
    [
      ['DE', 'AT', 'CH'],
      ['CH', 'AT', 'DE'],
    ],
  )
})

test('of two that are one firm the regions are joined, and the lead of the one that stays leads', async () => {
  const [gone, stays] = [
    await add('Hollow Oak', { region: 'US', more_regions: ['DE'] }),
    await add('Holloak', { region: 'NL', more_regions: ['DE'] }),
  ]
  assert.deepEqual(of(await w.as('vera').partners.merge({ id: gone.id, into_id: stays.id })), ['NL', 'DE', 'US'])
})

test('it is at home in each of its regions; where one of them draws no border, there is none', async () => {
  const id = await idOf('Madar Cloud')
  const outside = async (customer: string, country: string) =>
    (await aDeal(w.as('amira'), { customer, account_domain: null, country })).decision?.facts.out_of_territory
  assert.equal(await outside('Ibis Retail', 'US'), true)
  await w.as('vera').partners.update({ id, more_regions: ['AMER'] })
  assert.deepEqual([await outside('Jabiru Retail', 'US'), await outside('Kestel Retail', 'JP')], [false, true])
  const calendar = { zone: 'UTC', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: null }
  await w.as('vera').ecosystems.save_region({ code: 'SPACE', name: 'Space', calendar })
  await w.as('vera').partners.update({ id, more_regions: ['AMER', 'SPACE'] })
  assert.equal(await outside('Lapwing Retail', 'JP'), null)
})

test('the leading region’s rules judge, and those above it; a further one’s do not', async () => {
  const terms = (value: string, protection_days: number) =>
    publishNow(w.as('vera'), {
      kind: 'deals.terms',
      title: `Terms ${value}`,
      scope: { kind: 'region', value },
      body: { protection_days },
    })
  const id = await idOf('Brightpath')
  const days = async (customer: string) => {
    const { protected_until, decided_at } = await aDeal(w.as('pat'), { customer, account_domain: null })
    return Math.round((Date.parse(protected_until ?? '') - Date.parse(decided_at ?? '')) / 86_400_000)
  }
  await w.as('vera').partners.update({ id, more_regions: ['US'] })
  assert.equal(await days('Merlin Works'), 90)
  await terms('US', 30)
  assert.equal(await days('Nightjar Works'), 90)
  await terms('EMEA', 40)
  assert.equal(await days('Osprey Works'), 40, 'what holds above holds below')
  await terms('NL', 50)
  await terms('EMEA', 45)
  assert.equal(await days('Plover Works'), 50, 'the nearer region wins over a newer one above it')
  await w.as('vera').partners.update({ id, region: 'US', more_regions: ['NL'] })
  assert.equal(await days('Quelea Works'), 30)
})
