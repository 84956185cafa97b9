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
