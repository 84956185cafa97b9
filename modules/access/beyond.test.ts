import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'

let w: World
after(() => w.close())

const role = (code: string, scope = {}) => ({ role: code, scope })
const memberOf = async (address: string) => {
  const [found] = (await w.as('vera').access.list({ q: address })).items
  assert.ok(found, address)
  return found
}
const change = (code: string, permission: string, granted: boolean | null) =>
  w.as('vera').access.change_role({ role: code, permission, granted })

// Elif looks after people, and may do nothing else.
const DESK = ['access.read', 'access.invite', 'access.update', 'access.manage_hosts', 'access.change_roles', 'access.use_keys']
before(async () => {
  w = await world()
  await w.as('vera').access.create_role({ code: 'people_desk', side: 'inner', name: 'People desk' })
  for (const permission of DESK) await change('people_desk', permission, true)
  const { id } = await memberOf('elif@')
  await w.as('vera').access.update({ id, roles: [role('people_desk')] })
})

test('nobody gives the host’s people or partners a role that may do more than they may', async () => {
  const elif = w.as('elif').access
  const beyond = await refusal(elif.invite({ name: 'Nia', email: 'nia@meridian.example', roles: [role('finance')] }))
  assert.equal(beyond.code, 'forbidden')
  assert.match(beyond.message, /^roles\.0\.role: 'finance' may do what you may not \(.*accounts\.get.*an owner/)
  const { party_id } = await memberOf('mona@')
  const firm = { name: 'Noa', email: 'noa@brightpath.example', party_id, roles: [role('partner_seller')] }
  assert.equal((await refusal(elif.invite(firm))).code, 'forbidden')
  const mona = await memberOf('mona@')
  assert.equal((await refusal(elif.update({ id: mona.id, roles: [role('partner_admin')] }))).code, 'forbidden')
  const own = await elif.invite({ name: 'Nils', email: 'nils@meridian.example', roles: [role('people_desk')] })
  assert.deepEqual(own.roles, [role('people_desk')])
})

test('nobody gives themselves more, by their roles or by what a role of theirs may do', async () => {
  const [elif, { id }] = [w.as('elif').access, await memberOf('elif@')]
  const calls = [
    elif.update({ id, roles: [role('people_desk'), role('admin')] }),
    elif.change_role({ role: 'people_desk', permission: 'deals.approve', granted: true }),
    elif.create_role({ code: 'twin_chief', side: 'inner', name: 'Twin', like: 'admin' }),
  ]
  for (const { code, message } of await Promise.all(calls.map(refusal))) {
    assert.equal(code, 'forbidden', message)
    assert.match(message, /may do what you may not|you may not do/)
  }
  await change('admin', 'deals.approve', false)
  const back = await refusal(elif.change_role({ role: 'admin', permission: 'deals.approve', granted: null }))
  assert.deepEqual([back.code, back.message.startsWith('permission:')], ['forbidden', true])
  await change('admin', 'deals.approve', null)
})

test('nobody takes rights or access from somebody above them, nor permissions from a role above theirs', async () => {
  const [elif, audrey, lena] = [w.as('elif').access, await memberOf('audrey@'), await memberOf('lena@')]
  await w.as('vera').access.update({ id: audrey.id, roles: [role('admin')] })
  const calls = [
    elif.end({ id: audrey.id }),
    elif.update({ id: audrey.id, roles: [role('people_desk')] }),
    elif.change_role({ role: 'admin', permission: 'access.manage_hosts', granted: false }),
  ]
  for (const { code, message } of await Promise.all(calls.map(refusal))) assert.deepEqual([code, message], ['forbidden', message])
  assert.equal((await refusal(w.as('audrey').access.end({ id: (await memberOf('vera@')).id }))).code, 'forbidden')
  // Who may do other things, but not all that she may, is not above her.
  assert.equal((await elif.end({ id: lena.id })).state, 'ended')
  await w.as('vera').access.update({ id: audrey.id, roles: audrey.roles })
})

test('a firm’s admin gives nothing that the host took from them', async () => {
  await w.as('vera').access.create_role({ code: 'hunter', side: 'outer', name: 'Hunter', like: 'partner_seller' })
  const invite = (email: string) =>
    w.as('pat').access.invite({ name: 'Sal', email: `${email}@brightpath.example`, roles: [role('hunter')] })
  const own = (await w.as('vera').access.roles()).items.filter(
    ({ code, side, permissions }) => side === 'outer' && code !== 'hunter' && permissions.includes('deals.register'),
  )
  for (const { code } of own) await change(code, 'deals.register', false)
  assert.match((await refusal(invite('sal'))).message, /'hunter' may do what you may not \(deals\.register\)/)
  for (const { code } of own) await change(code, 'deals.register', null)
  assert.equal((await invite('sal')).state, 'invited')
})

test('a file of people gives no more than whoever imports it holds', async () => {
  await change('channel_manager', 'deals.register', false)
  const { imports } = w.as('carl')
  const text =
    'name;email;partner;role\nSid;sid@brightpath.example;Brightpath;seller\nTek;tek@brightpath.example;Brightpath;technical\n'
  const { id } = await imports.upload({ kind: 'people', name: 'people.csv', file: new Uint8Array(Buffer.from(text)) })
  await w.settle()
  await imports.run({ id })
  await w.settle()
  const { items } = await imports.rows({ id })
  assert.deepEqual(
    items.map(({ title, outcome }) => [title, outcome]),
    [
      ['Sid', 'refused'],
      ['Tek', 'created'],
    ],
  )
  assert.match(items[0]?.reason ?? '', /'partner_seller' may do what you may not \(deals\.register\)/)
  await change('channel_manager', 'deals.register', null)
})

test('whose role has a scope gives no wider one, ends nobody outside of it and changes no role', async () => {
  const [audrey, ana] = [await memberOf('audrey@'), await memberOf('ana@')]
  await w.as('vera').access.update({ id: audrey.id, roles: [role('admin', { regions: ['EMEA'] })] })
  const chief = w.as('audrey').access
  const invite = (scope: object) => chief.invite({ name: 'Sco', email: 'sco@meridian.example', roles: [role('legal', scope)] })
  for (const scope of [{}, { regions: ['AMER'] }, { regions: ['EMEA', 'AMER'] }, { tracks: ['si'] }]) {
    const { code, message } = await refusal(invite(scope))
    assert.equal(code, 'forbidden', JSON.stringify(scope))
    assert.match(message, /^roles: .*regions.*EMEA/)
  }
  assert.equal((await invite({ regions: ['NL'] })).state, 'invited')
  const own = await refusal(chief.update({ id: audrey.id, roles: [role('admin')] }))
  assert.equal(own.code, 'forbidden')
  assert.equal((await refusal(chief.end({ id: ana.id }))).code, 'forbidden')
  const everywhere = await refusal(chief.change_role({ role: 'legal', permission: 'deals.approve', granted: true }))
  assert.match(everywhere.message, /whole ecosystem/)
  const made = await refusal(chief.create_role({ code: 'wide', side: 'inner', name: 'Wide', like: 'legal' }))
  assert.match(made.message, /whole ecosystem/)
  await w.as('vera').access.update({ id: audrey.id, roles: audrey.roles })
})

test('a key gives no more than it may itself, whoever made it', async () => {
  const scopes = ['access.read', 'access.invite', 'access.update', 'access.manage_hosts', 'access.change_roles']
  const { key } = await w.as('vera').access.create_key({ name: 'People', scopes })
  const call = (url: string, payload: object, method: 'POST' | 'PUT' = 'POST') =>
    w.app.server.inject({ method, url, headers: { 'x-api-key': key }, payload })
  for (const code of ['owner', 'admin', 'finance']) {
    const answer = await call('/api/members', { name: 'Key', email: `key-${code}@meridian.example`, roles: [role(code)] })
    assert.equal(answer.statusCode, 403, answer.body)
  }
  const granted = { permission: 'deals.approve', granted: true }
  assert.equal((await call('/api/roles/people_desk', granted, 'PUT')).statusCode, 403)
  const { id, version } = await memberOf('vera@')
  const ended = await w.app.server.inject({
    method: 'POST',
    url: `/api/members/${id}/end`,
    headers: { 'x-api-key': key, 'if-match': `"${version}"` },
    payload: {},
  })
  assert.equal(ended.statusCode, 403, ended.body)
})

test('a scope names tracks and partners that exist, and tells which do not', async () => {
  const { party_id } = await memberOf('mona@')
  const nobody = '01890000-0000-7000-8000-000000000000'
  const invite = (scope: object) =>
    w.as('vera').access.invite({ name: 'Sco', email: 'sco2@meridian.example', roles: [role('legal', scope)] })
  const track = await refusal(invite({ tracks: ['si', 'sorcery'] }))
  assert.match(track.message, /roles\.0\.scope\.tracks: 'sorcery' is no track; .*reseller/)
  const partner = await refusal(invite({ partners: [party_id, nobody] }))
  assert.match(partner.message, new RegExp(`roles\\.0\\.scope\\.partners: '${nobody}' is no partner`))
  assert.equal((await invite({ tracks: ['si'], partners: [party_id] })).state, 'invited')
})
