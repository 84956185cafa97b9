import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const closing = `${new Date().getUTCFullYear() + 1}-06`

async function ran(kind: string, text: string, who = 'vera') {
  const { imports } = w.as(who)
  const { id } = await imports.upload({ kind, name: `${kind}.csv`, file: new Uint8Array(Buffer.from(text)) })
  await w.settle()
  await imports.run({ id })
  await w.settle()
  return imports.get({ id })
}

async function undone(id: string, who = 'vera') {
  const { imports } = w.as(who)
  await imports.undo({ id })
  await w.settle()
  const { items } = await imports.rows({ id })
  const { state, undone: gone, kept } = await imports.get({ id })
  return { counts: [state, gone, kept], rows: items.map(({ title, undo, reason }) => [title, undo, reason]) }
}

test('a row whose old value is refused by now is kept and listed with the reason', async () => {
  const { accounts } = w.as('vera')
  const [old, other] = [
    await accounts.create({ name: 'Vorher Handel', country: 'DE' }),
    await accounts.create({ name: 'Nachher Handel', country: 'DE' }),
  ]
  const before = await accounts.create_opportunity({ account_id: old.id, name: 'Umzug', external_id: 'MV-1' })
  const one = await ran('opportunities', 'external_id;name;account_name\nMV-1;Umzug;Nachher Handel\nMV-2;Neu;Nachher Handel\n')
  assert.deepEqual([one.created, one.changed, one.refused], [1, 1, 0])
  await accounts.merge({ id: old.id, into_id: other.id })
  const { counts, rows } = await undone(one.id)
  assert.deepEqual(counts, ['undone', 1, 1])
  assert.deepEqual(rows[0]?.slice(0, 2), ['Umzug', 'refused'])
  assert.match(rows[0]?.[2] ?? '', /is no account/)
  assert.deepEqual(rows[1], ['Neu', 'undone', ''])
  assert.equal((await accounts.get_opportunity({ id: before.id })).account_id, other.id)
  assert.equal((await w.as('vera').imports.rows({ id: one.id, undo: ['refused'] })).items.length, 1)
})

test('one row that a verb refuses is kept with the reason, and the others go', async () => {
  const { partners } = w.as('vera')
  const [gone, stays] = [
    await partners.create({ legal_name: 'Grenzgang Systeme', country: 'DE' }),
    await partners.create({ legal_name: 'Heimat Systeme', country: 'DE' }),
  ]
  const people = [1, 2, 3].map((i) => `P${i};p${i}@heimat.example;${i === 2 ? gone.legal_name : stays.legal_name}`)
  const one = await ran('people', ['name;email;partner', ...people].join('\n'), 'carl')
  assert.equal(one.created, 3)
  await partners.update({ id: gone.id, region: 'AMER' })
  const { counts, rows } = await undone(one.id, 'carl')
  assert.deepEqual(counts, ['undone', 2, 1])
  assert.deepEqual(
    rows.map(([title, undo]) => [title, undo]),
    [
      ['P1', 'undone'],
      ['P2', 'refused'],
      ['P3', 'undone'],
    ],
  )
  assert.match(rows[1]?.[2] ?? '', /not yours to see/)
})

test('a record that two rows of a file wrote is taken back with both', async () => {
  const { name: partner } = (await w.as('vera').partners.list({ q: 'Brightpath' })).items[0] ?? { name: '' }
  const row = (value: number) => `TW-1;${partner};Zweimal AG;DE;flow;${value};EUR;${closing}`
  const one = await ran(
    'deals',
    ['external_id;partner;customer;country;product;value;currency;closes_on', row(90000), row(95000), row(97000)].join('\n'),
  )
  assert.deepEqual([one.created, one.changed, one.refused], [1, 2, 0])
  const { counts } = await undone(one.id)
  assert.deepEqual(counts, ['undone', 3, 0])
  const [deal] = (await w.as('vera').deals.list({ q: 'Zweimal' })).items
  assert.equal(deal?.review, 'withdrawn')
})
