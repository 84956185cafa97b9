import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addWorkingMinutes } from '../../kernel/calendar.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { calendarOf, regionChain } from './queries.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const inside = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(w.house, w.tenants.meridian, work)

test('each host sees its own ecosystem', async () => {
  assert.equal((await w.as('carl').ecosystems.get()).name, 'Meridian Data')
  assert.equal((await w.as('otto', 'kestrel').ecosystems.get()).name, 'Kestrel Robotics')
  assert.deepEqual(
    (await w.as('otto', 'kestrel').ecosystems.list_regions()).items.map((r) => r.code),
    ['WORLD'],
  )
})

test('nobody reads an ecosystem that is not theirs by naming it', async () => {
  assert.equal((await refusal(w.as('otto', 'meridian').ecosystems.get())).code, 'forbidden')
  assert.equal((await refusal(w.as('vera', 'kestrel').ecosystems.list_rates())).code, 'forbidden')
})

test('the admin changes the ecosystem, once per version', async () => {
  const before = await w.as('vera').ecosystems.get()
  const after = await w.as('vera').ecosystems.update({ languages: ['en', 'de'] }, { version: before.version })
  assert.deepEqual(after.languages, ['en', 'de'])
  assert.equal(after.version, before.version + 1)
  assert.equal((await refusal(w.as('vera').ecosystems.update({ name: 'X' }, { version: before.version }))).code, 'stale')
  assert.equal((await refusal(w.as('carl').ecosystems.update({ name: 'X' }))).code, 'forbidden')
  const wrong = await refusal(w.as('vera').ecosystems.update({ reporting_currency: 'SEK' }))
  assert.match(wrong.message, /not among the currencies/)
})

test('one rule of the fiscal year is changed and the others stay; a misspelt one is named', async () => {
  const { fiscal } = await w.as('vera').ecosystems.get()
  const after = await w.as('vera').ecosystems.update({ fiscal: { starts_on_month: 4 } })
  assert.deepEqual(after.fiscal, { ...fiscal, starts_on_month: 4 })
  const misspelt = { start_month: 5 } as { starts_on_month?: number }
  const wrong = await refusal(w.as('vera').ecosystems.update({ fiscal: misspelt }))
  assert.match(wrong.message, /fiscal\.start_month: is not a field/)
  assert.deepEqual((await w.as('vera').ecosystems.update({ fiscal })).fiscal, fiscal)
})

test('a region has the working hours of its place', async () => {
  const riyadh = await inside((ctx) => calendarOf(ctx, 'SA'))
  // Thursday 15:00 in Riyadh and three working hours: Sunday at 10:00, which is 07:00 UTC.
  assert.equal(addWorkingMinutes(riyadh, '2026-11-19T12:00:00Z', 180).slice(0, 16), '2026-11-22T07:00')
})

test('regions nest, and cannot lie below themselves', async () => {
  assert.deepEqual(await inside((ctx) => regionChain(ctx, 'SA')), ['SA', 'EMEA'])
  const emea = (await w.as('vera').ecosystems.list_regions({ limit: 200 })).items.find((r) => r.code === 'EMEA')
  assert.ok(emea)
  const { name, calendar } = emea
  const loop = await refusal(w.as('vera').ecosystems.save_region({ code: 'EMEA', name, calendar, parent_code: 'NL' }))
  assert.match(loop.message, /lies below EMEA/)
  const stale = await refusal(w.as('vera').ecosystems.save_region({ code: 'EMEA', name, calendar }, { version: 7 }))
  assert.equal(stale.code, 'stale')
})

test('a country stands in one region only; the territories of all are drawn anew with each that is saved', async () => {
  const { ecosystems } = w.as('vera')
  const home = async (code: string) =>
    (await ecosystems.list_regions({ limit: 200 })).items.find((one) => one.code === code)?.territory ?? assert.fail(code)
  const calendar = { zone: 'Europe/Warsaw', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: 'PL' }
  const save = (countries?: string[]) =>
    ecosystems.save_region({ code: 'PL', name: 'Poland', parent_code: 'EMEA', calendar, ...(countries && { countries }) })
  const taken = await refusal(save(['PL', 'XX']))
  assert.match(taken.message, /countries\.0: PL stands in the region EMEA; take it out there first/)
  const made = await save(['XX'])
  assert.deepEqual([made.countries, made.territory], [['XX'], ['XX']])
  assert.ok((await home('EMEA')).includes('XX') && (await home('DE')).includes('XX'))
  assert.ok(!(await home('AMER')).includes('XX'))
  assert.deepEqual((await save()).countries, ['XX'], 'left out, they stay')
  const none = await save([])
  assert.deepEqual([none.countries, none.territory], [[], await home('EMEA')])
  assert.ok(!(await home('DE')).includes('XX'))
  const wrong = await refusal(save(['Poland']))
  assert.match(wrong.message, /countries\.0: a country as two capital letters/)
})

test('two who give the same country to different regions at once: one is told', async () => {
  const { ecosystems } = w.as('vera')
  const calendar = { zone: 'Europe/Berlin', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: null }
  const save = (code: string) => ecosystems.save_region({ code, name: code, calendar, countries: ['XZ'] })
  const done = await Promise.allSettled(['RA', 'RB', 'RC', 'RD'].map(save))
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const one of done)
    if (one.status === 'rejected') assert.match(String(one.reason.message), /XZ stands in the region R[A-D]/)
})

test('a region takes no holidays that nobody has a table of: its deadlines could not be reckoned', async () => {
  const calendar = { zone: 'Europe/Berlin', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }
  const save = (holidays: string) =>
    w.as('vera').ecosystems.save_region({ code: 'NEW', name: 'New', parent_code: 'EMEA', calendar: { ...calendar, holidays } })
  for (const unknown of ['XX', 'DE-XX'])
    assert.match(
      (await refusal(save(unknown))).message,
      new RegExp(`calendar\\.holidays: there is no holiday table for '${unknown}'`),
    )
  assert.equal((await save('DE-BY')).calendar.holidays, 'DE-BY')
})

test('an amount converts at the plan rate of a year, whatever the day rate is', async () => {
  const { plan_year } = (await w.as('fiona').ecosystems.list_rates({ kind: 'plan' })).items[0] ?? {}
  const converted = await w
    .as('fiona')
    .ecosystems.convert({ amount_minor: 437_000_00, from: 'NOK', to: 'EUR', plan_year: plan_year ?? 0 })
  assert.equal(converted.amount_minor, 38_000_00)
  const missing = await refusal(w.as('fiona').ecosystems.convert({ amount_minor: 1, from: 'NOK', to: 'EUR', plan_year: 2001 }))
  assert.match(missing.message, /no rate for NOK.*enter one/)
})

test('a currency in use without a plan rate of the year is told until it has one, by itself or by a peg', async () => {
  const [vera, fiona] = [w.as('vera'), w.as('fiona')]
  const { currencies } = await vera.ecosystems.get()
  const { plan_year, currencies: none } = await fiona.ecosystems.plan_gaps()
  assert.deepEqual(none, [])
  await vera.ecosystems.update({ currencies: [...currencies, 'SEK', 'AED'] })
  assert.deepEqual((await fiona.ecosystems.plan_gaps()).currencies, ['SEK', 'AED'])
  await fiona.ecosystems.save_rate({ kind: 'plan', currency: 'SEK', rate: '11.3', plan_year: plan_year + 1 })
  assert.deepEqual((await fiona.ecosystems.plan_gaps()).currencies, ['SEK', 'AED'])
  await fiona.ecosystems.save_rate({ kind: 'plan', currency: 'SEK', rate: '11.3', plan_year })
  await fiona.ecosystems.save_rate({ kind: 'peg', base: 'USD', currency: 'AED', rate: '3.6725', on_date: '1997-11-01' })
  assert.deepEqual((await fiona.ecosystems.plan_gaps()).currencies, [])
  await vera.ecosystems.update({ currencies })
})

test('a pegged currency follows its anchor', async () => {
  const { rate } = await w.as('fiona').ecosystems.convert({ amount_minor: 100, from: 'EUR', to: 'SAR', on: '2024-05-02' })
  assert.equal(rate, '4.10625')
})

test('the file of the European Central Bank is read, again without effect, and wins over older entries', async () => {
  const content =
    'Date,USD,JPY,NOK,SEK,BGN,\n2026-11-20,1.1000,170.00,N/A,11.000,1.9558,\n2026-11-19,1.0900,169.00,11.500,11.000,1.9558,\n'
  const first = await w.as('fiona').ecosystems.import_ecb({ content })
  assert.deepEqual([first.read, first.stored], [9, 5])
  assert.equal((await w.as('fiona').ecosystems.import_ecb({ content })).stored, 0)
  const sunday = await w.as('fiona').ecosystems.convert({ amount_minor: 1000, from: 'EUR', to: 'USD', on: '2026-11-22' })
  assert.equal(sunday.rate, '1.1')
  const cross = await w.as('fiona').ecosystems.convert({ amount_minor: 110_00, from: 'USD', to: 'JPY', on: '2026-11-20' })
  assert.equal(cross.amount_minor, 17_000)
  assert.match((await refusal(w.as('fiona').ecosystems.import_ecb({ content: 'a;b' }))).message, /first line/)
  assert.equal((await refusal(w.as('carl').ecosystems.import_ecb({ content }))).code, 'forbidden')
})

test('products are listed and saved by the admin only', async () => {
  const { items } = await w.as('dana').ecosystems.list_products()
  assert.deepEqual(
    items.map((p) => p.code),
    ['care', 'flow', 'guard', 'lake', 'lens'],
  )
  assert.equal((await refusal(w.as('dana').ecosystems.save_product({ code: 'x1', name: 'X', family: 'f' }))).code, 'forbidden')
  const saved = await w.as('vera').ecosystems.save_product({ code: 'care', name: 'Care', family: 'services' })
  assert.equal(saved.version, 2)
})

test('changes leave an audit row and an event', async () => {
  const audits = await w.owner<{ route: string }>('select route from audits where tenant_id = $1 and route like $2', [
    w.tenants.meridian,
    'ecosystems.%',
  ])
  assert.ok(audits.some(({ route }) => route === 'ecosystems.save_product'))
  const events = await w.owner<{ type: string }>('select type from events where tenant_id = $1', [w.tenants.meridian])
  assert.ok(events.some(({ type }) => type === 'products.saved'))
})

test('a rate is replaced by who read it; what somebody else entered meanwhile is not', async () => {
  const { save_rate } = w.as('vera').ecosystems
  const rate = { kind: 'plan', currency: 'JPY', plan_year: 2044 } as const
  await save_rate({ ...rate, rate: '160.5', was: null })
  assert.equal((await refusal(save_rate({ ...rate, rate: '161', was: null }))).code, 'stale')
  assert.equal((await refusal(save_rate({ ...rate, rate: '161', was: '159' }))).code, 'stale')
  await save_rate({ ...rate, rate: '162', was: '160.50' })
  await save_rate({ ...rate, rate: '163' })
  const { items } = await w.as('vera').ecosystems.list_rates({ currency: 'JPY', plan_year: 2044 })
  assert.deepEqual(
    items.map((one) => one.rate),
    ['163'],
  )
})
