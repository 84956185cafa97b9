import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const year = new Date().getUTCFullYear() + 1
const FILE = `Deal ID;Partner;Customer;Country;Product;Value;Currency;Expected close;Customer contact on
R-1;Brightpath;Oriel Bank;Germany;lake;120000;EUR;${year}-05;2026-11-10
R-2;rivertech.example;Oriel Bank;Germany;lake;90000;EUR;${year}-06;2026-11-11
R-3;Nobody Ltd;Fern Foods;Germany;lake;50000;EUR;${year}-06;2026-11-11
R-4;Brightpath;Tavola Foods;Germany;flow;70000;EUR;${year}-06;
`

async function run(text: string) {
  const { imports } = w.as('vera')
  const { id } = await imports.upload({ kind: 'deals', name: 'deals.csv', file: new Uint8Array(Buffer.from(text)) })
  await w.settle()
  await imports.run({ id })
  await w.settle()
  return imports.get({ id })
}

test('imported registrations get the full check, in the order of the file', async () => {
  const done = await run(FILE)
  assert.deepEqual([done.state, done.created, done.refused], ['done', 3, 1])
  const { items } = await w.as('vera').deals.list({ sort: 'number' })
  assert.deepEqual(
    items.map(({ account_name, partner_name, review, protection }) => [account_name, partner_name, review, protection]),
    [
      ['Oriel Bank', 'Brightpath', 'approved', 'protected'],
      ['Oriel Bank', 'Rivertech', 'rejected', 'none'],
      ['Tavola Foods', 'Brightpath', 'submitted', 'held'],
    ],
  )
})

test('the same file again changes nothing; a new value is a change of the same deal', async () => {
  const again = await run(FILE)
  assert.deepEqual([again.created, again.changed, again.unchanged], [0, 0, 3])
  const raised = await run(FILE.replace('120000', '130000'))
  assert.deepEqual([raised.created, raised.changed], [0, 1])
})

test('an external id that another partner’s deal has is refused by name, and neither deal nor scope changes', async () => {
  const head = 'Deal ID;Partner;Customer;Country;Product;Value;Currency;Expected close;Customer contact on;Type'
  const row = (partner: string, value: number, type = '') =>
    `O-1;${partner};Ostwind Bau;DE;lake;${value};EUR;${year}-05;2026-11-10;${type}`
  const own = await run([head, row('Brightpath', 80000, 'new')].join('\n'))
  assert.equal(own.created, 1)
  const deal = async () => (await w.as('vera').deals.list({ q: 'Ostwind' })).items
  const before = await deal()
  const foreign = await run([head, row('Rivertech', 99000)].join('\n'))
  const renewed = await run([head, row('Brightpath', 99000, 'renewal')].join('\n'))
  for (const [one, path, reason] of [
    [foreign, 'partner', "external id 'O-1' is a deal of another partner"],
    [renewed, 'deal_type', 'a registered scope does not change'],
  ] as const) {
    assert.deepEqual([one.created, one.changed, one.refused], [0, 0, 1])
    const { items } = await w.as('vera').imports.rows({ id: one.id })
    assert.equal(items[0]?.issues[0]?.path, path)
    assert.match(items[0]?.reason ?? '', new RegExp(reason))
  }
  // Two partners of one file with one id: the first has it.
  const both = await run(
    [
      head,
      ...['Brightpath', 'Rivertech'].map((one) => row(one, 80000).replaceAll('O-1', 'O-2').replace('Ostwind', 'Westwind')),
    ].join('\n'),
  )
  assert.deepEqual([both.created, both.refused], [1, 1])
  assert.deepEqual(await deal(), before)
})

test('a deal that is closed is not changed by a file', async () => {
  const { deals } = w.as('vera')
  const row = (value: number) =>
    `Deal ID;Partner;Customer;Country;Product;Value;Currency;Expected close\nC-1;Brightpath;Closed Corner;DE;flow;${value};EUR;${year}-05\n`
  await run(row(70000))
  const [deal] = (await deals.list({ q: 'Closed Corner' })).items
  await deals.withdraw({ id: deal?.id ?? '' })
  const changed = await run(row(71000))
  assert.deepEqual([changed.changed, changed.refused], [0, 1])
  assert.match((await w.as('vera').imports.rows({ id: changed.id })).items[0]?.reason ?? '', /is closed; register it anew/)
  assert.equal((await run(row(70000))).unchanged, 1)
})

test('a product goes by its name as well as by its code; one that is not there is refused with those that are', async () => {
  await w.as('vera').ecosystems.save_product({ code: 'crane_1', name: 'Crane, large', family: 'crane' })
  const { items } = await w.as('vera').ecosystems.list_products({})
  const flow = items.find(({ code }) => code === 'flow')?.name ?? ''
  const row = (id: string, product: string) => `${id};Brightpath;Firm ${id};Germany;${product};70000;EUR;${year}-06;2026-11-10`
  const head = FILE.split('\n')[0]
  const rows = [row('P-1', 'CRANE, LARGE'), row('P-2', `${flow.toUpperCase()} + crane_1`), row('P-3', 'Spaceship')]
  const done = await run([head, ...rows, ''].join('\n'))
  assert.deepEqual([done.created, done.refused], [2, 1])
  const { items: deals } = await w.as('vera').deals.list({ q: 'Firm P', sort: 'number' })
  assert.deepEqual(
    deals.map(({ product, more_products }) => [product, ...more_products]),
    [['crane_1'], ['flow', 'crane_1']],
  )
  const { items: refused } = await w.as('vera').imports.rows({ id: done.id, outcome: 'refused' })
  assert.match(refused[0]?.issues[0]?.message ?? '', /'Spaceship' is not a product; there are Care, Crane, large, /)
  await w.as('vera').ecosystems.save_product({ code: 'crane_1', name: 'Crane, large', family: 'crane', state: 'retired' })
})

test('an opportunity keeps the code of the product it names; a product that is none of ours is left out, and told', async () => {
  const { imports, accounts } = w.as('vera')
  await accounts.create({ name: 'Quayside Logistics', country: 'DE' })
  const text = `Opportunity ID;Name;Account;Product;Stage\nO-1;Belts;Quayside Logistics;LAKE;open\nO-2;Doors;Quayside Logistics;Spaceship;open\n`
  const upload = () => imports.upload({ kind: 'opportunities', name: 'o.csv', file: new Uint8Array(Buffer.from(text)) })
  for (const expected of ['created', 'unchanged'] as const) {
    const { id } = await upload()
    await w.settle()
    await imports.run({ id })
    await w.settle()
    assert.deepEqual((await imports.get({ id }))[expected], 2)
    const { items } = await imports.rows({ id })
    assert.deepEqual(
      items.map(({ issues }) => issues.map(({ code }) => code)),
      [[], ['product_unknown']],
    )
  }
  const { items } = await accounts.list_opportunities({})
  const productOf = (name: string) => items.find((one) => one.name === name)?.product
  assert.deepEqual([productOf('Belts'), productOf('Doors')], ['lake', null])
})

test('undo withdraws what was registered and frees its scope', async () => {
  const one = await run(
    `Deal ID;Partner;Customer;Country;Product;Value;Currency;Expected close;Customer contact on\nU-1;Brightpath;Undone AG;Germany;lens;70000;EUR;${year}-06;2026-11-10\n`,
  )
  await w.as('vera').imports.undo({ id: one.id })
  await w.settle()
  const { items } = await w.as('vera').deals.list({ q: 'Undone' })
  assert.deepEqual([items[0]?.review, items[0]?.protection], ['withdrawn', 'released'])
})

test('people of partners come in as invited, without a mail, and are found again by their address', async () => {
  const { imports, access } = w.as('vera')
  const people = async (text: string) => {
    const { id } = await imports.upload({ kind: 'people', name: 'people.csv', file: new Uint8Array(Buffer.from(text)) })
    await w.settle()
    await imports.run({ id })
    await w.settle()
    return imports.get({ id })
  }
  const file =
    'Name;E-Mail;Firma;Rolle\nJoris de Wit;joris@brightpath.example;Brightpath;Vertrieb\nNobody;nobody@nowhere.example;No such firm;Admin\n'
  const done = await people(file)
  assert.deepEqual([done.created, done.refused], [1, 1])
  const { items } = await access.list({ q: 'Joris' })
  assert.deepEqual([items[0]?.state, items[0]?.roles.map(({ role }) => role)], ['invited', ['partner_seller']])
  const mails = await w.owner(`select from mails where to_address = 'joris@brightpath.example'`)
  assert.equal(mails.length, 0)
  assert.equal((await people(file)).unchanged, 1)
})

test('a person of another firm is refused by address, also where that firm lies outside the scope of whoever imports', async () => {
  const [far] = (await w.as('vera').partners.list({ q: 'Lakehurst' })).items
  const roles = [{ role: 'partner_seller', scope: {} }]
  await w.as('vera').access.invite({ name: 'Lou', email: 'lou@lakehurst.example', party_id: far?.id ?? '', roles })
  const text = 'name;email;partner\nNot Theirs;lou@lakehurst.example;Brightpath\n'
  for (const who of ['vera', 'carl']) {
    const { imports } = w.as(who)
    const { id } = await imports.upload({ kind: 'people', name: 'people.csv', file: new Uint8Array(Buffer.from(text)) })
    await w.settle()
    await imports.run({ id })
    await w.settle()
    const { items } = await imports.rows({ id })
    assert.deepEqual([items[0]?.outcome, items[0]?.issues[0]?.code], ['refused', 'other_firm'], who)
    assert.match(items[0]?.reason ?? '', /lou@lakehurst\.example is a person of another firm/)
  }
})
