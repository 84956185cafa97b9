import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import type { ClientError } from '../../kernel/client.ts'
import { type World, world } from '../../test/harness.ts'
import { aDeal } from '../deals/demo.ts'
import de from './ui/de.json' with { type: 'json' }
import en from './ui/en.json' with { type: 'json' }

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const vera = () => w.as('vera').imports
async function uploaded(kind: string, file: Uint8Array<ArrayBuffer>, name = 'test.csv') {
  const { id } = await vera().upload({ kind, name, file })
  await w.settle()
  return vera().get({ id })
}
async function ran(kind: string, text: string) {
  const { id } = await uploaded(kind, new Uint8Array(Buffer.from(text)))
  await vera().run({ id })
  await w.settle()
  return vera().get({ id })
}

const HEAD = 'Account ID,Name,Country,Website,Existing customer,Parent account\n'

test('partners of a list are active, known by their site, and told where two seem to be one; deals tell what the rules made of them', async () => {
  const rows = [
    'Legal name,Website,Country,Status',
    'Oakfield Systems Ltd,https://www.oakfield.example/home,GB,',
    'Oakfield Consulting,oakfield.example,GB,',
    'Pinewater BV,www.gmail.com,NL,onboarding',
  ]
  const done = await ran('partners', `${rows.join('\n')}\n`)
  assert.deepEqual([done.created, done.report], [3, { partner_duplicates: 1, onboarding: 1 }])
  const { items } = await w.as('vera').partners.list({ limit: 200 })
  const found = (name: string) => items.find((one) => one.name.startsWith(name))
  assert.deepEqual([found('Oakfield S')?.status, found('Pinewater')?.status], ['active', 'onboarding'])
  const whole = await w.as('vera').partners.get({ id: found('Oakfield S')?.id ?? '' })
  assert.deepEqual([whole.domain, whole.website], ['oakfield.example', 'https://www.oakfield.example/home'])
  // A main domain that somebody chose is not replaced by that of a site.
  await w.as('vera').partners.update({ id: whole.id, domain: 'oakfield-mail.example' }, { version: whole.version })
  await ran('partners', `${rows.slice(0, 2).join('\n')}\n`)
  assert.equal((await w.as('vera').partners.get({ id: whole.id })).domain, 'oakfield-mail.example')

  const closes = `${new Date().getUTCFullYear() + 1}-05`
  const deal = (partner: string, customer: string) => `${partner},${customer},GB,lake,1000,EUR,${closes},2026-11-10`
  const judged = await ran(
    'deals',
    `Partner,Customer,Country,Product,Value,Currency,Expected close,Customer contact on
${deal('oakfield-mail.example', 'Ember Foods')}\n${deal('Pinewater BV', 'Ash Foods')}\n`,
  )
  assert.deepEqual([judged.created, judged.report], [2, { protected: 1, waiting: 0, not_approved: 1 }])
})

test('after accounts came in, duplicates, families and registrations that they collide with are counted', async () => {
  // Two registrations are under way for firms that the host then brings as its own customers, one for a firm that is no customer.
  await aDeal(w.as('pat'), { customer: 'Kestrel Point Marine', account_domain: 'kestrelpoint.example' })
  await aDeal(w.as('rivka'), { customer: 'Borough Glass Works', account_domain: 'boroughglass.example', country: 'FR' })
  await aDeal(w.as('pat'), { customer: 'Quarry Hill Foods', account_domain: 'quarryhill.example' })
  const done = await ran(
    'accounts',
    `${HEAD}${[
      'Z-1,Kestrel Point Marine,DE,kestrelpoint.example,yes,',
      'Z-2,Borough Glass Works,FR,boroughglass.example,yes,',
      'Z-3,Quarry Hill Foods,DE,quarryhill.example,no,',
      'Z-4,Ostrava Turbine Trading,DE,,no,',
      'Z-5,Ostrava Turbine Trading GmbH,DE,,no,',
      'Z-6,Lindgren Group,DE,lindgren-group.example,no,',
      'Z-7,Lindgren Pumps,DE,lindgren-pumps.example,no,Z-6',
      'Z-8,Lindgren Valves,DE,lindgren-valves.example,no,Z-6',
    ].join('\n')}\n`,
  )
  assert.deepEqual([done.state, done.created], ['done', 8])
  assert.deepEqual(done.report, { collisions: 2, duplicates: 1, families: 1 })

  const alone = await ran('accounts', `${HEAD}Z-9,Zephyr Alone,DE,zephyr-alone.example,no,\n`)
  assert.deepEqual(alone.report, { collisions: 0, duplicates: 0, families: 0 })
  const joins = await ran(
    'accounts',
    `${HEAD}Z-10,Lindgren Seals,DE,lindgren-seals.example,no,Z-6\nZ-11,Ostrava Turbine Trading a.s.,DE,,no,\n`,
  )
  assert.deepEqual(joins.report, { collisions: 0, duplicates: 1, families: 1 })
})

test('an opportunity that came in as lost by its stage is over: it stands in no registration’s way', async () => {
  await ran(
    'accounts',
    `${HEAD}L-1,Halden Open Yards,DE,halden-open.example,no,\nL-2,Halden Lost Yards,DE,halden-lost.example,no,\n`,
  )
  const done = await ran(
    'opportunities',
    'Opp ID,Name,Account ID,Product,Status\nLO-1,Yards,L-1,flow,Proposal\nLO-2,Yards,L-2,flow,Closed Lost\nLO-3,Yards,L-2,flow,verloren\n',
  )
  assert.equal(done.created, 3)
  const [open, lost] = await Promise.all(
    ['open', 'lost'].map((one) =>
      aDeal(w.as('pat'), { customer: `Halden ${one} Yards`, account_domain: `halden-${one}.example`, product: 'flow' }),
    ),
  )
  assert.notEqual(open?.review, 'approved')
  assert.equal(lost?.review, 'approved')
})

test('each reason of a refused row carries its code and what it speaks of', async () => {
  const done = await ran(
    'deals',
    'Deal ID;Partner;Customer;Country;Product;Value;Currency;Expected close\nC-1;Nobody Ltd;Fern;Germany;lake;1;EUR;2020-01\nC-2;Brightpath;Fern;Atlantis;lake;;EUR;soon\n',
  )
  assert.equal(done.refused, 2)
  const { items } = await vera().rows({ id: done.id, outcome: ['refused'] })
  const told = items.map(({ issues }) => issues.map(({ path, code, values }) => [path, code, values?.text]))
  assert.deepEqual(told, [
    [
      ['partner', 'no_partner', 'Nobody Ltd'],
      ['closes_on', 'past_month', undefined],
    ],
    [
      ['country', 'no_country', 'Atlantis'],
      ['closes_on', 'no_month', 'soon'],
      ['amount_minor', 'missing', undefined],
    ],
  ])
  assert.equal(items[0]?.reason, items[0]?.issues.map(({ path, message }) => `${path}: ${message}`).join('; '))
})

test('what a room or its schema refuses is told by code too, and each code has its words', async () => {
  const long = 'x'.repeat(400)
  const partners = await ran(
    'partners',
    `Company,Country,Website,Tracks,Region\nWebless,DE,https://,,\nSite,DE,site-x.example,,\nScript,DE,javascript:alert(1),,\nTwice,DE,,si;si,\n${long},DE,,,\nMoon,DE,,,MOON\n`,
  )
  const people = await ran(
    'people',
    'Name,E-mail,Partner\nA,a@b,Brightpath\nB,b@nobody.example,Nobody Ltd\nPat,pat@brightpath.example,Rivertech\n',
  )
  const deals = await ran('deals', 'Partner,Customer,Country,Product,Value,Currency,Close\nBrightpath,X,DE,lake,-5,EUR,2027-05\n')
  const told = []
  for (const { id } of [partners, people, deals]) {
    const { items } = await vera().rows({ id, outcome: ['refused'] })
    for (const { issues } of items) told.push(...issues)
  }
  assert.deepEqual(
    told.map(({ path, code }) => [path, code]),
    [
      ['website', 'no_url'],
      ['website', 'no_url'],
      ['tracks.1.track', 'twice'],
      ['legal_name', 'too_long'],
      ['region', 'no_region'],
      ['email', 'not_mail'],
      ['partner', 'no_partner'],
      ['partner', 'other_firm'],
      ['amount_minor', 'not_positive'],
    ],
  )
  const words = [en.reason, de.reason] as Record<string, string>[]
  for (const text of words)
    assert.deepEqual(
      told.filter(({ code }) => !text[code ?? '']),
      [],
    )
  assert.deepEqual(Object.keys(de.reason).sort(), Object.keys(en.reason).sort())
  assert.equal((await w.as('vera').partners.list({ q: 'Site' })).items[0]?.name, 'Site')
})

test('a number or a day of a workbook is itself, however the texts beside it are written', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Opportunities')
  sheet.addRow(['Opp ID', 'Name', 'Account', 'Amount', 'Currency', 'Close date'])
  await vera().run({
    id: (await uploaded('accounts', new Uint8Array(Buffer.from(`${HEAD}N-1,Number Works,DE,number-works.example,no,\n`)))).id,
  })
  await w.settle()
  sheet.addRow(['O-1', 'Typed', 'Number Works', 1.234, 'BHD', new Date('2027-03-04')])
  sheet.addRow(['O-2', 'Written', 'Number Works', '1.234,50', 'EUR', '04.03.2027'])
  sheet.addRow(['O-3', 'Formula', 'Number Works', { formula: 'A1*2', result: 2469.5 }, 'EUR', '05.03.2027'])
  const { id } = await uploaded('opportunities', new Uint8Array(await workbook.xlsx.writeBuffer()), 'book.xlsx')
  await vera().map({ id, settings: { decimal: ',', day_order: 'dmy' } })
  await vera().run({ id })
  await w.settle()
  assert.equal((await vera().get({ id })).created, 3)
  const { items } = await w.as('vera').accounts.list_opportunities({ q: '', limit: 200 })
  const told = items
    .filter(({ external_id }) => external_id?.startsWith('O-'))
    .map(({ external_id, amount_minor, expected_close_on }) => [external_id, amount_minor, expected_close_on])
  assert.deepEqual(told.sort(), [
    ['O-1', 1234, '2027-03-04'],
    ['O-2', 123450, '2027-03-04'],
    ['O-3', 246950, '2027-03-05'],
  ])
})

test('people and deals come for partners within the scope of whoever imports, by their old names, too', async () => {
  const file = new Uint8Array(
    Buffer.from(
      'Name,E-mail,Partner\nIn,in@scope.example,Brightpath\nOut,out@scope.example,Lakehurst\nOld,old@scope.example,Brightpath Old\n',
    ),
  )
  const old = await w.as('vera').partners.create({ legal_name: 'Brightpath Old', country: 'NL' })
  const into_id = (await w.as('vera').partners.list({ q: 'Brightpath' })).items.find(({ name }) => name === 'Brightpath')?.id
  await w.as('vera').partners.merge({ id: old.id, into_id: into_id ?? '' })
  const { id } = await w.as('carl').imports.upload({ kind: 'people', name: 'people.csv', file })
  await w.settle()
  await w.as('carl').imports.run({ id })
  await w.settle()
  const { items } = await w.as('carl').imports.rows({ id })
  assert.deepEqual(
    items.map(({ title, outcome, issues }) => [title, outcome, issues[0]?.code]),
    [
      ['In', 'created', undefined],
      ['Out', 'refused', 'no_partner'],
      ['Old', 'created', undefined],
    ],
  )
  const firms = (await w.as('vera').partners.people({ id: into_id ?? '' })).items.map(({ name }) => name)
  assert.ok(firms.includes('In') && firms.includes('Old'))
})

async function book(): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Read me')
  const one = workbook.addWorksheet('Customers')
  one.addRow(['Account ID', 'Name', 'Country'])
  one.addRow(['S-1', 'Sheet One Ltd', 'GB'])
  const two = workbook.addWorksheet('Prospects')
  two.addRow(['Kundennummer', 'Firma', 'Land'])
  two.addRow(['S-2', 'Blatt Zwei AG', 'CH'])
  two.addRow(['S-3', 'Blatt Drei AG', 'CH'])
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

test('of a workbook with several sheets one chooses which is read, even where the first holds nothing', async () => {
  const first = await uploaded('accounts', await book(), 'book.xlsx')
  assert.deepEqual(
    [first.state, first.format?.sheet, first.format?.sheets],
    ['unreadable', 'Read me', ['Read me', 'Customers', 'Prospects']],
  )

  const { id } = first
  assert.equal((await vera().map({ id, sheet: 'Customers' })).state, 'reading')
  await w.settle()
  const customers = await vera().get({ id })
  assert.deepEqual(
    [customers.state, customers.problem, customers.total, customers.header],
    ['mapping', null, 1, ['Account ID', 'Name', 'Country']],
  )

  await vera().map({ id, sheet: 'Prospects' })
  await w.settle()
  const prospects = await vera().get({ id })
  assert.deepEqual([prospects.format?.sheet, prospects.total, prospects.missing], ['Prospects', 2, []])
  await vera().run({ id })
  await w.settle()
  const { items } = await w.as('vera').accounts.list({ q: 'Blatt' })
  assert.deepEqual(items.map(({ name }) => name).sort(), ['Blatt Drei AG', 'Blatt Zwei AG'])
  assert.deepEqual((await w.as('vera').accounts.list({ q: 'Sheet One' })).items, [])
})

test('a sheet that is not there, or a mapping together with another sheet, is refused with the remedy', async () => {
  const { id } = await uploaded('accounts', await book(), 'book.xlsx')
  const refused = (input: Parameters<ReturnType<typeof vera>['map']>[0]) =>
    vera()
      .map(input)
      .then(
        () => assert.fail('was not refused'),
        (error: ClientError) => error.message,
      )
  assert.match(await refused({ id, sheet: 'Nowhere' }), /there are Read me, Customers, Prospects/)
  assert.match(await refused({ id, sheet: 'Customers', mapping: [] }), /comes after the sheet is read/)
})
