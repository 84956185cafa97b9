import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeCtx, SYSTEM } from '../../kernel/module.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { pagesInOrder } from '../../test/pages-in-order.ts'
import { refusal } from '../../test/refusal.ts'
import { KESTREL_PLACE } from '../cast.ts'
import { findAccount } from './find-account.ts'
import { saveAccounts } from './save-accounts.ts'
import { saveOpportunities } from './save-opportunities.ts'
import { undoAccounts, undoOpportunities } from './undo-accounts.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const vera = () => w.as('vera').accounts
const idOf = async (name: string): Promise<string> => {
  const { items } = await vera().list({ q: name })
  const found = items.find((one) => one.name === name)
  assert.ok(found, `there is no ${name}`)
  return found.id
}
const find = (customer: Parameters<typeof findAccount>[1]) =>
  asSystem(w.house, w.tenants.meridian, (ctx) => findAccount(ctx, customer))

test('the host finds an account by the beginnings of words and by its domain', async () => {
  for (const q of ['nordwind', 'logis nord', 'nordwind-group.example', 'https://www.nordwind.example/de']) {
    const { items } = await vera().list({ q })
    assert.deepEqual(
      items.map((one) => one.name),
      ['Nordwind Logistik GmbH'],
      q,
    )
  }
})

test('the filter by domain takes an address in any form, and nothing where it is none', async () => {
  const { items } = await vera().list({ domain: 'https://nordwind-group.example' })
  assert.equal(items.length, 1)
  assert.equal((await vera().list({ domain: 'nordwind' })).items.length, 0)
})

test('no partner reads accounts, named accounts or opportunities, by any door', async () => {
  for (const url of [
    '/api/accounts',
    '/api/accounts.csv',
    '/api/opportunities',
    '/api/named-accounts',
    `/api/accounts/${await idOf('Vantor Energy BV')}`,
  ]) {
    const { statusCode, body } = await w.request('pat', { method: 'GET', url })
    assert.equal(statusCode, 403, url)
    assert.ok(!body.includes('Vantor'), url)
  }
})

test('one host’s accounts are nothing to the other', async () => {
  const { items } = await w.as('otto', 'kestrel').accounts.list()
  assert.equal(items.length, 1)
  assert.ok(!JSON.stringify(await vera().list({ limit: 200 })).includes(KESTREL_PLACE))
  assert.equal((await refusal(w.as('otto', 'kestrel').accounts.get({ id: await idOf('Vantor Energy BV') }))).code, 'not_found')
})

test('an alias domain, a company number or the name with the country each find Nordwind as the same firm', async () => {
  const id = await idOf('Nordwind Logistik GmbH')
  const by = async (customer: Parameters<typeof findAccount>[1]) => (await find(customer)).matches[0]
  const alias = await by({ name: 'Nordwind Logistics', domain: 'nordwind-group.example', country: 'DE' })
  assert.deepEqual([alias?.id, alias?.band], [id, 'same'])
  assert.ok(alias?.agrees.includes('alias_domain'))
  const number = await by({ name: 'Nordwind', country: 'DE', number: 'hrb 118203' })
  assert.deepEqual([number?.id, number?.band, number?.agrees.includes('company_number')], [id, 'same', true])
  const name = await by({ name: 'NORDWIND Logistik', country: 'DE' })
  assert.deepEqual([name?.id, name?.band], [id, 'same'])
  const site = await by({ name: 'www.nordwind.example', country: 'DE' })
  assert.deepEqual([site?.id, site?.band], [id, 'same'])
})

test('a partner’s registration is weighed against accounts that it still cannot read, and learns ids and kinds only', async () => {
  const party = (await w.as('rivka').partners.list()).items[0]?.id ?? ''
  const entry = { tenant_id: w.tenants.meridian, parties: [party], actor_id: null }
  await w.house.database.tx(entry, {}, async (tx) => {
    const actor = { ...SYSTEM, side: 'outer' as const, party_id: party, parties: [party], permissions: new Set<string>() }
    const { ctx } = makeCtx({ tx, tenant_id: w.tenants.meridian, actor })
    const { matches } = await findAccount(ctx, { name: 'Nordwind', domain: 'nordwind-group.example', country: 'DE' })
    assert.equal(matches[0]?.band, 'same')
    assert.ok(!/nordwind|logistik|hrb/i.test(JSON.stringify(matches)))
    for (const table of ['accounts', 'account_keys', 'account_domains', 'named_accounts', 'opportunities'] as const)
      assert.deepEqual(await ctx.db.selectFrom(table).selectAll().where('tenant_id', '=', ctx.tenant_id).execute(), [], table)
  })
})

test('a similar name, or the same name in another country, is for a person to judge', async () => {
  const id = await idOf('Nordwind Logistik GmbH')
  const similar = (await find({ name: 'Nordwind Logistiks', country: 'DE' })).matches[0]
  assert.deepEqual([similar?.id, similar?.band], [id, 'review'])
  const abroad = (await find({ name: 'Nordwind Logistik', country: 'PL' })).matches[0]
  assert.deepEqual([abroad?.id, abroad?.band], [id, 'review'])
  assert.deepEqual((await find({ name: 'Südwind Touristik', country: 'DE' })).matches, [])
})

test('a domain that many bodies share never matches alone', async () => {
  const { matches, shared_domain } = await find({ name: 'City of Veldhaven', domain: 'veldhaven.public.example', country: 'NL' })
  assert.equal(shared_domain, true)
  assert.deepEqual(
    matches.map((one) => one.id),
    [await idOf('City of Veldhaven')],
  )
  const nobody = await find({ name: 'Veldhaven Water Board', domain: 'veldhaven.public.example', country: 'NL' })
  assert.ok(nobody.matches.every((one) => one.band !== 'same'))
})

test('free mail says nothing about a firm', async () => {
  assert.deepEqual((await find({ name: 'Somebody Else', domain: 'jo@gmail.com', country: 'DE' })).matches, [])
  const told = await refusal(vera().create({ name: 'Somebody Else', domain: 'jo@gmail.com' }))
  assert.match(told.message, /mailboxes/)
})

test('an account shows its family', async () => {
  const parent = await vera().get({ id: await idOf('Helvio Inc') })
  assert.deepEqual(
    parent.family.map((one) => [one.name, one.relation]),
    [['Helvio Pharma AG', 'child']],
  )
  const told = await refusal(vera().update({ id: parent.id, parent_id: parent.family[0]?.id ?? '' }))
  assert.match(told.message, /circle/)
})

test('a domain of one account is refused at another', async () => {
  const told = await refusal(vera().add_domain({ id: await idOf('Kolibri Foods GmbH'), domain: 'nordwind.example' }))
  assert.equal(told.code, 'conflict')
  assert.match(told.message, /Nordwind/)
})

test('a renamed account is found by its new name and no longer by the old one', async () => {
  const { id, version } = await vera().create({ name: 'Ostrava Papier a.s.', country: 'CZ' })
  await vera().update({ id, name: 'Moravia Board a.s.' }, { version })
  assert.equal((await refusal(vera().update({ id, segment: 'paper' }, { version }))).code, 'stale')
  assert.deepEqual((await find({ name: 'Ostrava Papier', country: 'CZ' })).matches, [])
  assert.equal((await find({ name: 'Moravia Board', country: 'CZ' })).matches[0]?.id, id)
})

test('named accounts are dated, do not overlap, and are never changed backwards', async () => {
  const id = await idOf('Halvorsen Telecom ASA')
  assert.equal((await vera().get({ id })).is_named, true)
  const again = await refusal(vera().add_named({ id, from_on: '2030-01-01' }))
  assert.equal(again.code, 'conflict')
  const back = await refusal(vera().remove_named({ id, until_on: '2020-01-01' }))
  assert.equal(back.code, 'invalid')
  const ended = await vera().remove_named({ id, until_on: '2031-12-31' })
  assert.equal(ended.until_on, '2031-12-31')
  assert.equal((await vera().get({ id })).is_named, true)
  const later = await vera().add_named({ id, from_on: '2032-01-01' })
  const withdrawn = await vera().remove_named({ id, until_on: '2031-12-31' })
  assert.equal(withdrawn.id, later.id)
  assert.ok(withdrawn.ended_at)
  assert.equal((await refusal(w.as('carl').accounts.add_named({ id, from_on: '2033-01-01' }))).code, 'forbidden')
})

test('an opportunity counts from when it was first seen, whatever date is typed and however often it is saved', async () => {
  const { items } = await w.as('dana').accounts.list_opportunities({ q: 'vantor', is_open: true })
  const [one] = items
  assert.ok(one?.opened_on && one.first_seen_at.slice(0, 10) > one.opened_on)
  await w.advance({ days: 2 })
  const row = { external_id: 'crm-opp-vantor', name: 'Vantor metering', opened_on: '2020-01-01' }
  const saved = await asSystem(w.house, w.tenants.meridian, (ctx) => saveOpportunities(ctx, [row]))
  assert.equal(saved[0]?.outcome, 'updated')
  const now = await vera().get_opportunity({ id: one.id })
  assert.deepEqual([now.name, now.first_seen_at], ['Vantor metering', one.first_seen_at])
})

test('a change of own fields changes those it names, null takes one away, and undoing brings back what was', async () => {
  const { id } = await vera().create({ name: 'Eigenfeld AG', country: 'DE', custom: { cost_centre: '4711', tier: 2 } })
  const ofId = async () => (await vera().get({ id })).custom
  await vera().update({ id, custom: { tier: 3, strategic: true } })
  assert.deepEqual(await ofId(), { cost_centre: '4711', tier: 3, strategic: true })
  await vera().update({ id, custom: { cost_centre: null } })
  assert.deepEqual(await ofId(), { tier: 3, strategic: true })
  const row = { id, name: 'Eigenfeld AG', custom: { tier: null, wave: 'B' } }
  await asSystem(w.house, w.tenants.meridian, async (ctx) => {
    const saves = await saveAccounts(ctx, [row])
    assert.deepEqual(saves[0]?.changes.custom?.[1], { strategic: true, wave: 'B' })
    await undoAccounts(ctx, saves)
  })
  assert.deepEqual(await ofId(), { tier: 3, strategic: true })
})

test('stage and outcome of an opportunity agree, whichever is named', async () => {
  const account_id = await idOf('Solace Health Inc.')
  const { id } = await vera().create_opportunity({ account_id, name: 'Stages', stage: 'Closed Lost' })
  const change = async (patch: { stage?: string; outcome?: 'won' | 'lost' | null }) => {
    const { stage, outcome } = await vera().update_opportunity({ id, ...patch })
    return [stage, outcome]
  }
  const isOpen = async () =>
    (await vera().list_opportunities({ account_id, is_open: true, limit: 200 })).items.some((one) => one.id === id)
  assert.equal((await vera().get_opportunity({ id })).outcome, 'lost')
  assert.ok(!(await isOpen()))
  assert.deepEqual(await change({ stage: 'negotiation' }), ['negotiation', null])
  assert.ok(await isOpen())
  assert.deepEqual(await change({ outcome: 'won' }), ['won', 'won'])
  assert.deepEqual(await change({ outcome: 'lost' }), ['lost', 'lost'])
  assert.deepEqual(await change({ stage: 'closed' }), ['closed', 'lost'])
  assert.deepEqual(await change({ stage: 'Gewonnen' }), ['Gewonnen', 'won'])
  assert.deepEqual(await change({ outcome: null }), ['open', null])
  const told = await refusal(vera().update_opportunity({ id, stage: 'won', outcome: 'lost' }))
  assert.match(told.message, /outcome: is lost, but the stage says 'won'/)
})

test('an amount without its currency is refused by name', async () => {
  const told = await refusal(
    vera().create_opportunity({ account_id: await idOf('Solace Health Inc.'), name: 'x', amount_minor: 100 }),
  )
  assert.match(told.message, /currency/)
})

test('saving a set tells of each row, leaves out the wrong ones, and does nothing the second time', async () => {
  const rows = [
    { external_id: 'S-1', name: 'Kronberg Werke AG', country: 'DE', domain: 'kronberg.example', parent_external_id: 'S-3' },
    { external_id: 'S-2', name: '???', country: 'DE' },
    { external_id: 'S-3', name: 'Kronberg Holding SE', country: 'DE' },
    { external_id: 'S-1', name: 'Kronberg Werke Twin', country: 'DE' },
    { external_id: 'S-4', name: 'Mailer & Co', country: 'DE', domain: 'mailer@gmail.com', parent_external_id: 'nowhere' },
  ]
  const save = () => asSystem(w.house, w.tenants.meridian, (ctx) => saveAccounts(ctx, rows))
  const first = await save()
  assert.deepEqual(
    first.map((one) => one.outcome),
    ['created', 'refused', 'created', 'refused', 'created'],
  )
  assert.match(first[3]?.issues[0]?.message ?? '', /an earlier row/)
  assert.deepEqual(
    first[4]?.warnings.map((one) => one.path),
    ['domain', 'parent_external_id'],
  )
  assert.equal((await vera().get({ id: first[0]?.id ?? '' })).parent_name, 'Kronberg Holding SE')
  const second = await save()
  assert.deepEqual(
    second.map((one) => one.outcome),
    ['unchanged', 'refused', 'unchanged', 'refused', 'unchanged'],
  )
  const events = await w.owner<{ count: number }>(
    "select count(*)::int as count from events where type = 'accounts.created' and subject_id = $1",
    [first[0]?.id],
  )
  assert.equal(events[0]?.count, 1)
})

test('the report after an import counts duplicates and families', async () => {
  const before = await vera().duplicates()
  await asSystem(w.house, w.tenants.meridian, (ctx) =>
    saveAccounts(ctx, [
      { external_id: 'D-1', name: 'Tindra Sjomat', country: 'NO' },
      { external_id: 'D-2', name: 'Aurelia Insurance', country: 'AT', domain: 'www.aurelia.example' },
      { external_id: 'D-3', name: 'Aurelia Re', country: 'AT', parent_external_id: 'crm-aurelia' },
    ]),
  )
  const now = await vera().duplicates()
  assert.deepEqual([now.duplicates - before.duplicates, now.families - before.families], [2, 1])
  assert.ok(now.groups.some((group) => group.by === 'domain' && group.value === 'aurelia.example'))
})

test('a merge moves opportunities, children and domains, keeps both histories, and the old name finds the survivor', async () => {
  const stays = await idOf('Grupo Alcorta S.A.')
  const gone = await vera().create({
    name: 'Almacenes Corta SA',
    country: 'ES',
    domain: 'almacenes-corta.example',
    is_customer: true,
  })
  const child = await vera().create({ name: 'Corta Online', country: 'ES', parent_id: gone.id })
  const deal = await vera().create_opportunity({ account_id: gone.id, name: 'Stores', product: 'lake' })
  const after = await vera().merge({ id: gone.id, into_id: stays })
  assert.ok(after.is_customer && after.domains.includes('almacenes-corta.example'))
  assert.equal((await vera().get({ id: child.id })).parent_id, stays)
  assert.equal((await vera().get_opportunity({ id: deal.id })).account_id, stays)
  assert.equal((await find({ name: 'Almacenes Corta', country: 'ES' })).matches[0]?.id, stays)
  assert.equal((await find({ name: 'Other', domain: 'almacenes-corta.example', country: 'ES' })).matches[0]?.id, stays)
  assert.ok((await vera().timeline({ id: gone.id })).items.some((one) => one.type === 'accounts.merged'))
  assert.equal((await refusal(vera().update({ id: gone.id, segment: 'x' }))).code, 'conflict')
  assert.equal((await refusal(vera().merge({ id: gone.id, into_id: stays }))).code, 'conflict')
})

test('the list pages by country and by the last change, each row once, those without a country first', async () => {
  await vera().create({ name: 'Nowhere Holdings' })
  for (const sort of ['country', '-country', 'updated', '-updated'] as const)
    await pagesInOrder(
      {
        list: (asked) => vera().list({ sort, ...asked }),
        isDown: sort.startsWith('-'),
        valueOf: (one) => (sort.endsWith('country') ? (one.country ?? '') : one.updated_at),
      },
      3,
    )
})

test('the list pages by name and goes out as CSV with its filters', async () => {
  const first = await vera().list({ limit: 4 })
  const second = await vera().list({ limit: 4, cursor: first.next ?? '' })
  assert.ok((first.items[3]?.name ?? '') <= (second.items[0]?.name ?? ''))
  const { body } = await w.request('vera', { method: 'GET', url: '/api/accounts.csv?is_customer=true&country=US' })
  const lines = body.trim().split('\r\n')
  assert.equal(lines.length, 3)
  assert.match(body, /Great Basin Rail/)
})

test('an import is taken back row by row, except where somebody touched or used it since', async () => {
  const rows = ['Alba', 'Bora', 'Cirra'].map((name, i) => ({ external_id: `U-${i}`, name: `${name} Ventures AG`, country: 'AT' }))
  const inside = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(w.house, w.tenants.meridian, work)
  const saved = await inside((ctx) => saveAccounts(ctx, rows))
  const [alba, bora, cirra] = saved.map((one) => one.id)
  await vera().update({ id: bora ?? '', segment: 'kept' })
  await vera().create_opportunity({ account_id: cirra ?? '', name: 'Open' })
  const solace = await idOf('Solace Health Inc.')
  const renamed = await inside((ctx) => saveAccounts(ctx, [{ id: solace, name: 'Solace Group Inc.' }]))
  const told = await inside((ctx) => undoAccounts(ctx, [...saved, ...renamed]))
  assert.deepEqual(
    told.map((one) => one.outcome),
    ['undone', 'touched', 'in_use', 'undone'],
  )
  assert.deepEqual((await find({ name: 'Alba Ventures', country: 'AT' })).matches, [])
  assert.ok(await idOf('Solace Health Inc.'))
  const again = await inside((ctx) => saveAccounts(ctx, rows.slice(0, 1)))
  assert.equal(again[0]?.outcome, 'created')
  assert.notEqual(again[0]?.id, alba)
})

test('changed opportunities get their old values in one statement, and what came by the import goes', async () => {
  const inside = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(w.house, w.tenants.meridian, work)
  const account_id = await idOf('Nordwind Logistik GmbH')
  const rows = ['Kiel', 'Lund', 'Metz'].map((name, i) => ({ account_id, external_id: `T-${i}`, name, stage: 'qualified' }))
  const before = await inside((ctx) => saveOpportunities(ctx, rows))
  const changed = await inside((ctx) =>
    saveOpportunities(ctx, [
      ...rows.map((row) => ({ ...row, name: `${row.name} II`, stage: 'proposal' })),
      { account_id, external_id: 'T-9', name: 'Nice' },
    ]),
  )
  const told = await inside((ctx) => undoOpportunities(ctx, changed))
  assert.deepEqual([...new Set(told.map((one) => one.outcome))], ['undone'])
  const now = await w.owner<{ name: string; stage: string; version: number; command: string; is_gone: boolean }>(
    `select name, stage, version, cmin::text as command, archived_at is not null as is_gone from opportunities
     where external_id like 'T-%' order by external_id`,
  )
  assert.deepEqual(
    now.map(({ name, stage, version, is_gone }) => [name, stage, version, is_gone]),
    [...rows.map(({ name, stage }) => [name, stage, 3, false]), ['Nice', 'open', 2, true]],
  )
  // Rows of one statement carry its number within their transaction.
  assert.equal(new Set(now.slice(0, before.length).map(({ command }) => command)).size, 1)
})
