import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailTemplate } from '../../kernel/mail.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { mailMembers } from './mail-members.ts'
import type { Scope } from './shapes.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const memberOf = async (name: string) => {
  const { items } = await w.as('vera').access.list({ q: name, limit: 200 })
  assert.ok(items[0], `no member ${name}`)
  return items[0]
}

/** The token in the newest mail to an address, as its reader would find it. */
async function tokenMailed(to_address: string): Promise<string> {
  await w.settle()
  const { items } = await w.as('vera').access.list_mails({ to_address })
  const mail = await w.as('vera').access.get_mail({ id: items[0]?.id ?? '' })
  const token = /join\?token=([\w-]+)/.exec(mail.plain ?? '')?.[1]
  assert.ok(token, mail.plain ?? 'no text')
  return token
}

const post = (url: string, payload: object, slug = 'meridian') => w.request(null, { method: 'POST', url, payload }, slug)
const role = (code: string, scope = {}) => ({ role: code, scope })

test('the admin lists the people of the host with their roles and scopes', async () => {
  const { items } = await w.as('vera').access.list({ side: 'inner', limit: 200 })
  const carl = items.find(({ name }) => name === 'Carl')
  assert.deepEqual(carl?.roles, [{ role: 'channel_manager', scope: { regions: ['EMEA'] } }])
  const admins = await w.as('vera').access.list({ role: 'admin' })
  assert.deepEqual(
    admins.items.map(({ name }) => name),
    ['Vera'],
  )
})

test('people of another ecosystem are not found', async () => {
  const vera = await memberOf('vera@')
  assert.equal((await refusal(w.as('otto', 'kestrel').access.get({ id: vera.id }))).code, 'not_found')
  const { items } = await w.as('otto', 'kestrel').access.list({ side: 'inner' })
  assert.deepEqual(
    items.map(({ name }) => name),
    ['Otto'],
  )
})

test('an invited person accepts by mail with a password of their own and is in', async () => {
  const invited = await w
    .as('vera')
    .access.invite({ name: 'Nora', email: 'Nora@meridian.example', roles: [role('finance')], locale: 'de' })
  assert.equal(invited.state, 'invited')
  const token = await tokenMailed('nora@meridian.example')
  const shown = await post('/api/invitations/open', { token })
  assert.deepEqual(shown.json(), { name: 'Nora', email: 'nora@meridian.example', ecosystem: 'Meridian Data', has_login: false })
  const accepted = await post('/api/invitations/accept', { token, password: 'a long pass phrase' })
  assert.equal(accepted.statusCode, 200, accepted.body)
  const signed = await post('/api/auth/sign-in/email', { email: 'nora@meridian.example', password: 'a long pass phrase' })
  const me = await w.request(null, { method: 'GET', url: '/api/me', headers: { authorization: `Bearer ${signed.json().token}` } })
  assert.deepEqual(me.json().ecosystems[0].roles, ['finance'])
  assert.equal((await post('/api/invitations/accept', { token, password: 'a long pass phrase' })).statusCode, 404)
})

test('the mail is in the language of the person, with text part, link and clock', async () => {
  const { items } = await w.as('vera').access.list_mails({ to_address: 'nora@meridian.example' })
  assert.equal(items[0]?.subject, 'Vera lädt Sie zu Meridian Data ein')
  assert.equal(items[0]?.state, 'kept')
  const mail = await w.as('vera').access.get_mail({ id: items[0]?.id ?? '' })
  assert.match(mail.html ?? '', /href="http:\/\/localhost:3000\/e\/meridian\/join\?token=/)
  assert.match(mail.plain ?? '', /Die Einladung gilt bis/)
})

test('an invitation for somebody with a login is accepted with that login only', async () => {
  await w.as('otto', 'kestrel').access.invite({ name: 'Dana', email: 'dana@meridian.example', roles: [role('auditor')] })
  await w.settle()
  const { items } = await w.as('otto', 'kestrel').access.list_mails({})
  const token =
    /token=([\w-]+)/.exec((await w.as('otto', 'kestrel').access.get_mail({ id: items[0]?.id ?? '' })).plain ?? '')?.[1] ?? ''
  assert.equal((await post('/api/invitations/accept', { token, password: 'a long pass phrase' }, 'kestrel')).statusCode, 409)
  assert.equal((await refusal(w.as('carl', 'kestrel').access.join({ token }))).code, 'forbidden')
  await w.as('dana', 'kestrel').access.join({ token })
  // The first joined comes first.
  const { ecosystems } = await w.as('dana').identity.me()
  assert.deepEqual(
    ecosystems.map(({ slug }) => slug),
    ['meridian', 'kestrel'],
  )
})

test('whoever has a login already is invited elsewhere in their own language, whatever the inviter chose', async () => {
  const otto = w.as('otto', 'kestrel').access
  const language = async () => {
    const [mail] = await w.owner<{ locale: string | null }>(
      "select fields->'own'->>'locale' as locale from mails where to_address = 'elif@meridian.example' order by id desc limit 1",
    )
    return mail?.locale
  }
  await w.as('elif').identity.update_me({ locale: 'ar' })
  const { id } = await otto.invite({ name: 'Elif', email: 'Elif@meridian.example', roles: [role('auditor')], locale: 'de' })
  assert.equal(await language(), 'ar')
  // They change it, and are asked again in what they read now.
  await w.as('elif').identity.update_me({ locale: 'en' })
  await otto.resend({ id })
  assert.equal(await language(), 'en')
  const kept = await w.owner<{ locale: string }>('select distinct locale from invitations where member_id = $1', [id])
  assert.deepEqual(kept, [{ locale: 'de' }], 'what an ecosystem keeps is what was chosen in it')
  await w.settle()
  const [mail] = (await otto.list_mails({ to_address: 'elif@meridian.example' })).items
  const { html } = await otto.get_mail({ id: mail?.id ?? '' })
  assert.match(
    `${mail?.subject} ${html}`,
    /lädt Sie zu Kestrel Robotics ein.*lang="de"/s,
    'its outbox does not tell of the login',
  )
})

test('a resent invitation ends the link before, and time ends every link', async () => {
  const { id } = await w.as('vera').access.invite({ name: 'Ola', email: 'ola@meridian.example', roles: [role('legal')] })
  const first = await tokenMailed('ola@meridian.example')
  await w.as('vera').access.resend({ id })
  const second = await tokenMailed('ola@meridian.example')
  assert.equal((await post('/api/invitations/open', { token: first })).statusCode, 404)
  assert.equal((await post('/api/invitations/open', { token: second })).statusCode, 200)
  await w.advance({ days: 15 })
  assert.equal((await post('/api/invitations/open', { token: second })).statusCode, 404)
  w.house.database.offset.millis = 0
})

test('an invitation is sent again in the language of the first one, which is the first of the ecosystem where none was given', async () => {
  const language = async (to: string) => {
    const [mail] = await w.owner<{ locale: string }>(
      'select locale from mails where to_address = $1 order by created_at desc, id desc limit 1',
      [to],
    )
    return mail?.locale
  }
  const vera = w.as('vera').access
  const asked = { name: 'Uwe', roles: [role('legal')] }
  const chosen = await vera.invite({ ...asked, email: 'uwe@meridian.example', locale: 'de' })
  await vera.resend({ id: chosen.id })
  assert.equal(await language('uwe@meridian.example'), 'de')
  await vera.resend({ id: chosen.id, locale: 'ar' })
  await vera.resend({ id: chosen.id })
  assert.equal(await language('uwe@meridian.example'), 'ar', 'the one that was chosen last')
  const { languages, version } = await w.as('vera').ecosystems.get()
  const german = await w.as('vera').ecosystems.update({ languages: ['fr', 'de', 'en'] }, { version })
  const open = await vera.invite({ ...asked, email: 'ute@meridian.example' })
  assert.equal(await language('ute@meridian.example'), 'de', 'French mails are not written yet')
  await w.as('vera').ecosystems.update({ languages }, { version: german.version })
  await vera.resend({ id: open.id })
  assert.equal(await language('ute@meridian.example'), 'de', 'it stays with the person')
  await w.owner('update invitations set locale = null where member_id = $1', [open.id])
  await vera.resend({ id: open.id })
  assert.equal(await language('ute@meridian.example'), 'en', 'not known: the first of the ecosystem')
})

test('an address is a member once', async () => {
  const twice = await refusal(w.as('vera').access.invite({ name: 'C', email: 'carl@meridian.example', roles: [role('legal')] }))
  assert.equal(twice.code, 'conflict')
  assert.match(twice.message, /^email/)
})

test('roles of the wrong side, unknown or doubled are named', async () => {
  const call = (...codes: string[]) =>
    w.as('vera').access.invite({ name: 'X', email: 'x@meridian.example', roles: codes.map((c) => role(c)) })
  assert.match((await refusal(call('partner_seller'))).message, /roles\.0\.role.*partners/)
  assert.match((await refusal(call('boss'))).message, /no role/)
  assert.match((await refusal(call('legal', 'legal'))).message, /twice/)
})

test('a scope names regions that exist', async () => {
  const roles = [role('channel_manager', { regions: ['EMEA', 'MOON'] })]
  const wrong = await refusal(w.as('vera').access.invite({ name: 'Z', email: 'z@meridian.example', roles }))
  assert.match(wrong.message, /roles\.0\.scope\.regions.*MOON/)
  const misspelt = [{ role: 'channel_manager', scope: { region: ['EMEA'] } as Scope }]
  const unread = await refusal(w.as('vera').access.invite({ name: 'Z', email: 'z@meridian.example', roles: misspelt }))
  assert.match(unread.message, /roles\.0\.scope\.region: is not a field/)
})

test('only who manages the host invites to it or changes its people', async () => {
  const email = 'y@meridian.example'
  assert.equal((await refusal(w.as('carl').access.invite({ name: 'Y', email, roles: [role('legal')] }))).code, 'forbidden')
  assert.equal((await refusal(w.as('dana').access.invite({ name: 'Y', email, roles: [role('legal')] }))).code, 'forbidden')
  const lena = await memberOf('lena@')
  assert.equal((await refusal(w.as('carl').access.update({ id: lena.id, roles: [role('admin')] }))).code, 'forbidden')
})

test('only an owner makes an owner, and the last owner stays', async () => {
  const [vera, elif] = [await memberOf('vera@'), await memberOf('elif@')]
  await w.as('vera').access.update({ id: elif.id, roles: [role('admin')] }, { version: elif.version })
  assert.equal((await refusal(w.as('elif').access.update({ id: elif.id, roles: [role('owner')] }))).code, 'forbidden')
  assert.equal((await refusal(w.as('elif').access.end({ id: vera.id }))).code, 'forbidden')
  assert.match((await refusal(w.as('vera').access.update({ id: vera.id, roles: [role('admin')] }))).message, /last owner/)
  assert.match((await refusal(w.as('vera').access.end({ id: vera.id }))).message, /last owner/)
})

test('access that ends is gone at once', async () => {
  const kenji = await memberOf('kenji@')
  await w.as('kenji').access.list()
  const ended = await w.as('vera').access.end({ id: kenji.id })
  assert.equal(ended.state, 'ended')
  assert.equal((await refusal(w.as('kenji').access.list())).code, 'forbidden')
  assert.deepEqual((await w.as('kenji').identity.me()).ecosystems, [])
})

test('a change reads the version it was made on', async () => {
  const ana = await memberOf('ana@')
  await w.as('vera').access.update({ id: ana.id, name: 'Ana M.' }, { version: ana.version })
  assert.equal((await refusal(w.as('vera').access.update({ id: ana.id, name: 'Ana' }, { version: ana.version }))).code, 'stale')
  const { items } = await w.as('vera').access.timeline({ id: ana.id })
  assert.deepEqual(
    items.map(({ type }) => type),
    ['members.updated', 'members.joined'],
  )
})

test('a host takes a permission from a role, gives another one, and goes back to the default', async () => {
  await w.as('vera').access.change_role({ role: 'finance', permission: 'ecosystems.update_rates', granted: false })
  const rate = { kind: 'manual', currency: 'SEK', rate: '11.1' } as const
  assert.equal((await refusal(w.as('fiona').ecosystems.save_rate(rate))).code, 'forbidden')
  const back = await w.as('vera').access.change_role({ role: 'finance', permission: 'ecosystems.update_rates', granted: null })
  assert.deepEqual(back.changes, [])
  const given = await w.as('vera').access.change_role({ role: 'legal', permission: 'ecosystems.update_rates', granted: true })
  assert.ok(given.permissions.includes('ecosystems.update_rates'))
  await w.as('lena').ecosystems.save_rate(rate)
  const forPartners = await refusal(
    w.as('vera').access.change_role({ role: 'partner_admin', permission: 'ecosystems.update', granted: true }),
  )
  assert.match(forPartners.message, /no permission that a role of partners may hold/)
  assert.equal(
    (await refusal(w.as('carl').access.change_role({ role: 'legal', permission: 'ecosystems.update', granted: true }))).code,
    'forbidden',
  )
})

test('a host makes a role of its own, gives it a scope, and it holds', async () => {
  const made = await w
    .as('vera')
    .access.create_role({ code: 'deal_desk', side: 'inner', name: 'Deal desk', like: 'channel_manager' })
  const manager = (await w.as('vera').access.roles()).items.find(({ code }) => code === 'channel_manager')
  assert.deepEqual(made.permissions, manager?.permissions)
  await w.as('vera').access.change_role({ role: 'deal_desk', permission: 'access.invite', granted: false })
  const elif = await memberOf('elif@')
  const roles = [role('deal_desk', { regions: ['EMEA'] })]
  await w.as('vera').access.update({ id: elif.id, roles })
  assert.deepEqual(
    new Set((await w.as('elif').partners.list({ limit: 200 })).items.map(({ country }) => country === 'US')),
    new Set([false]),
  )
  assert.equal(
    (await refusal(w.as('elif').access.invite({ name: 'Z', email: 'z@x.example', roles: [role('legal')] }))).code,
    'forbidden',
  )
  const why = await w.as('elif').access.explain({ permission: 'deals.approve' })
  assert.deepEqual(why.permission?.through, [{ role: 'deal_desk', scope: { regions: ['EMEA'] }, changed: false }])
  await w.as('vera').access.update({ id: elif.id, roles: elif.roles })

  const again = await refusal(w.as('vera').access.create_role({ code: 'finance', side: 'inner', name: 'X' }))
  assert.match(again.message, /code: 'finance' is a role already/)
  const other = await refusal(w.as('vera').access.create_role({ code: 'seller_x', side: 'outer', name: 'X', like: 'finance' }))
  assert.match(other.message, /like: 'finance' is no role of the same side/)
  assert.equal((await refusal(w.as('carl').access.create_role({ code: 'mine', side: 'inner', name: 'X' }))).code, 'forbidden')
})

test('a role that the host makes for partners is theirs to give, and can never do what is the host’s', async () => {
  await w.as('vera').access.create_role({ code: 'presales', side: 'outer', name: 'Presales', like: 'partner_technical' })
  const seen = (await w.as('pat').access.roles()).items.map(({ code }) => code)
  assert.ok(seen.includes('presales') && !seen.includes('deal_desk'))
  const email = 'presales@brightpath.example'
  const hired = await w.as('pat').access.invite({ name: 'Pre Sales', email, roles: [role('presales')] })
  assert.deepEqual(hired.roles, [{ role: 'presales', scope: {} }])
  const host = await refusal(w.as('pat').access.invite({ name: 'Z', email: 'z@brightpath.example', roles: [role('deal_desk')] }))
  assert.match(host.message, /roles\.0\.role/)
  const wide = await refusal(w.as('vera').access.change_role({ role: 'presales', permission: 'deals.approve', granted: true }))
  assert.match(wide.message, /no permission that a role of partners may hold/)
  assert.ok(!(await w.as('otto', 'kestrel').access.roles()).items.some(({ code }) => code === 'presales'))
})

test('a role of the host’s own is renamed, and retired once nobody holds it; its code is not used again', async () => {
  const vera = w.as('vera').access
  await vera.create_role({ code: 'night_desk', side: 'inner', name: 'Night desk', like: 'finance' })
  assert.equal((await vera.rename_role({ role: 'night_desk', name: 'Late desk' })).name, 'Late desk')
  const codes = async () => (await vera.roles()).items.map(({ code, name }) => `${code} ${name}`)
  assert.ok((await codes()).includes('night_desk Late desk'))
  const elif = await memberOf('elif@')
  await vera.update({ id: elif.id, roles: [role('night_desk')] })
  const held = await refusal(vera.retire_role({ role: 'night_desk' }))
  assert.deepEqual([held.code, held.message], ['conflict', 'Elif holds this role: give them other roles first'])
  await vera.update({ id: elif.id, roles: elif.roles })
  assert.deepEqual(await vera.retire_role({ role: 'night_desk' }), { code: 'night_desk' })
  assert.ok(!(await codes()).some((one) => one.startsWith('night_desk')))
  assert.match(
    (await refusal(vera.update({ id: elif.id, roles: [role('night_desk')] }))).message,
    /roles\.0\.role: .* is no role/,
  )
  assert.match((await refusal(vera.retire_role({ role: 'night_desk' }))).message, /'night_desk' is no role/)
  const again = await refusal(vera.create_role({ code: 'night_desk', side: 'inner', name: 'X' }))
  assert.match(again.message, /code: 'night_desk' was a role and is retired/)
  const left = await w.owner("select id from role_permissions where role = 'night_desk'")
  assert.deepEqual(left, [])
  for (const call of [vera.rename_role({ role: 'finance', name: 'X' }), vera.retire_role({ role: 'finance' })])
    assert.match((await refusal(call)).message, /'finance' comes with the product/)
  assert.equal((await refusal(w.as('carl').access.rename_role({ role: 'deal_desk', name: 'X' }))).code, 'forbidden')
})

test('access explains which role with which scope gives a permission', async () => {
  const carl = await w.as('carl').access.explain({ permission: 'access.invite' })
  assert.deepEqual(carl.permission, {
    name: 'access.invite',
    held: true,
    through: [{ role: 'channel_manager', scope: { regions: ['EMEA'] }, changed: false }],
  })
  const dana = await w.as('dana').access.explain({ permission: 'access.invite' })
  assert.deepEqual(dana.permission, { name: 'access.invite', held: false, through: [] })
  const ana = await memberOf('ana@')
  const seen = await w.as('dana').access.explain({ subject_type: 'members', subject_id: ana.id })
  assert.deepEqual(seen.subject, {
    visible: true,
    because: 'host',
    permission: 'access.read',
    through: [{ role: 'direct_seller', scope: {}, changed: false }],
    let_in_by: {},
  })
})

test('access explains why one sees a rule document, be it a draft or in force', async () => {
  const [vera, carl] = [w.as('vera'), w.as('carl')]
  const made = await vera.decisions.draft({ kind: 'deals.terms', title: 'Terms', body: {} })
  const [inForce] = (await vera.decisions.list({ state: 'published', kind: 'engagement' })).items
  for (const { id } of [made, inForce ?? made]) {
    const { subject, permission } = await carl.access.explain({
      subject_type: 'rule-documents',
      subject_id: id,
      permission: 'decisions.draft',
    })
    assert.deepEqual(subject, {
      visible: true,
      because: 'host',
      permission: 'decisions.read',
      through: [{ role: 'channel_manager', scope: { regions: ['EMEA'] }, changed: false }],
      let_in_by: {},
    })
    assert.deepEqual(permission?.through, [])
    const { subject: firm } = await w.as('pat').access.explain({ subject_type: 'rule-documents', subject_id: id })
    assert.deepEqual([firm?.visible, firm?.because, firm?.through], [false, 'no_role', []])
  }
  assert.notEqual(inForce?.id, undefined)
})

test('an API key does what its scopes and its owner may do, and ends at once', async () => {
  const made = await w.as('fiona').access.create_key({ name: 'Ledger', scopes: ['ecosystems.read', 'access.use_keys'] })
  const call = (url: string, method: 'GET' | 'PUT' = 'GET', payload?: object) =>
    w.app.server.inject({ method, url, headers: { 'x-api-key': made.key }, ...(payload ? { payload } : {}) })
  assert.equal((await call('/api/ecosystem')).json().slug, 'meridian')
  assert.equal((await call('/api/rates', 'PUT', { kind: 'manual', currency: 'SEK', rate: '11' })).statusCode, 403)
  const inList = async () => (await w.as('fiona').access.list_keys()).items.find(({ id }) => id === made.id)
  // Its use is noted behind the answer.
  for (let i = 0; i < 100 && !(await inList())?.last_used_at; i += 1) await new Promise((resolve) => setTimeout(resolve, 100))
  const listed = await inList()
  assert.ok(listed?.last_used_at && !JSON.stringify(listed).includes(made.key))
  for (const url of ['/api/me', '/api/me/sessions', '/api/api-keys']) assert.equal((await call(url)).statusCode, 403)
  const beyond = await refusal(w.as('dana').access.create_key({ name: 'X', scopes: ['ecosystems.update'] }))
  assert.match(beyond.message, /you do not hold/)
  await w.as('fiona').access.revoke_key({ id: made.id })
  assert.equal((await call('/api/ecosystem')).statusCode, 401)
  const stored = await w.owner<{ text: string }>('select k::text as text from api_keys k')
  assert.ok(!stored.some(({ text }) => text.includes(made.key.slice(-43))))
})

test('members are mailed in their own language with the colour of their ecosystem', async () => {
  const [lena, kenji] = [await memberOf('lena@'), await memberOf('kenji@')]
  await w.as('lena').identity.update_me({ locale: 'ar' })
  const greeting = mailTemplate('test.members', {
    en: { subject: 'Hello {{ name }}', title: 'Hello', lines: [], action: 'Open' },
    ar: { subject: 'مرحبا {{ name }}', title: 'مرحبا', lines: [], action: 'افتح' },
  })
  // Kenji's access has ended above, so no mail goes to him.
  await asSystem(w.house, w.tenants.meridian, (ctx) => mailMembers(ctx, [lena.id, kenji.id], greeting, { path: '/deals' }))
  await w.settle()
  const { items } = await w.as('vera').access.list_mails({ q: 'مرحبا' })
  assert.deepEqual(
    items.map(({ to_address, subject }) => [to_address, subject]),
    [['lena@meridian.example', 'مرحبا Lena']],
  )
  const { html } = await w.as('vera').access.get_mail({ id: items[0]?.id ?? '' })
  assert.match(html ?? '', /http:\/\/localhost:3000\/e\/meridian\/deals/)
  assert.match(html ?? '', /#1f4e5f/)
  assert.equal((await w.as('vera').access.list_mails({ to_address: 'kenji@meridian.example' })).items.length, 0)
})

test('a repeated creation of a key makes no second one and does not show the secret again', async () => {
  const make = () => w.as('lena').access.create_key({ name: 'Once', scopes: ['access.read'] }, { key: 'once-1' })
  const [first, again] = [await make(), await make()]
  assert.equal(again.id, first.id)
  assert.equal(again.key, null)
  const kept = await w.owner<{ answer: string }>('select answer from idempotency_keys where key = $1', ['once-1'])
  assert.ok(kept[0] && !kept[0].answer.includes(first.key))
})

test('the first run is closed once there is an ecosystem', async () => {
  assert.deepEqual(await w.as('vera').access.first_run(), { open: false })
  const input = { ecosystem_name: 'Evil', slug: 'evil', name: 'E', email: 'e@evil.example', password: 'a long pass phrase' }
  assert.equal((await post('/api/first-run', input)).statusCode, 409)
})

test('nothing of one ecosystem is reached by its id from another', async () => {
  const dana = await memberOf('dana@')
  const [mail] = (await w.as('vera').access.list_mails({})).items
  const key = await w.as('lena').access.create_key({ name: 'L', scopes: ['access.read'] })
  const otto = w.as('otto', 'kestrel').access
  const calls = [
    otto.get({ id: dana.id }),
    otto.update({ id: dana.id, name: 'D' }),
    otto.end({ id: dana.id }),
    otto.resend({ id: dana.id }),
    otto.timeline({ id: dana.id }),
    otto.get_mail({ id: mail?.id ?? '' }),
    otto.revoke_key({ id: key.id }),
    w.as('vera').access.revoke_key({ id: key.id }),
  ]
  for (const { code } of await Promise.all(calls.map(refusal))) assert.equal(code, 'not_found')
})

test('of sixteen who accept one invitation at once, one does', async () => {
  await w.as('vera').access.invite({ name: 'Race', email: 'race@meridian.example', roles: [role('legal')] })
  const token = await tokenMailed('race@meridian.example')
  const accept = () => post('/api/invitations/accept', { token, password: 'a long pass phrase' })
  const answers = await Promise.all(Array.from({ length: 16 }, accept))
  const good = answers.filter(({ statusCode }) => statusCode === 200)
  assert.equal(good.length, 1)
  assert.ok(answers.every(({ statusCode }) => [200, 404, 409].includes(statusCode)))
  assert.equal((await w.owner('select from auth."user" where email = $1', ['race@meridian.example'])).length, 1)
})

test('nobody without a sign-in reads people', async () => {
  assert.equal((await w.request(null, { method: 'GET', url: '/api/members' })).statusCode, 401)
})
