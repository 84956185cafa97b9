import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startClock } from '../../kernel/clocks.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const role = (code: string, scope = {}) => ({ role: code, scope })
const memberOf = async (name: string) => {
  const { items } = await w.as('vera').access.list({ q: name, limit: 200 })
  assert.ok(items[0], `no member ${name}`)
  return items[0]
}

type Side = 'inner' | 'outer'
async function holdClock(holder_id: string, party_id: string | null = null): Promise<string> {
  const ball: Side = party_id === null ? 'inner' : 'outer'
  const about = { name: 'test.held', subject_type: 'members', subject_id: uuidv7(), party_id, ball, holder_id, minutes: 900 }
  return (await asSystem(w.house, w.tenants.meridian, (ctx) => startClock(ctx, about))).id
}
async function holderOf(id: string): Promise<string | null> {
  const [clock] = await w.owner<{ holder_id: string | null }>('select holder_id from clocks where id = $1', [id])
  return clock?.holder_id ?? null
}

test('a partner admin sees the people of the own firm only', async () => {
  const { items } = await w.as('pat').access.list({ limit: 200 })
  assert.deepEqual(new Set(items.map(({ party_name }) => party_name)), new Set([(await memberOf('pat@')).party_name]))
  assert.ok(items.some(({ name }) => name === 'Mona'))
  assert.ok(items.every((member) => !('person_id' in member)))
  const [vera, rivka] = [await memberOf('vera@'), await memberOf('rivka@')]
  for (const { id } of [vera, rivka]) assert.equal((await refusal(w.as('pat').access.get({ id }))).code, 'not_found')
  assert.equal((await w.as('pat').access.list({ side: 'inner' })).items.length, 0)
})

test('a distributor lists its own people, and reads those of its chain at their firm only', async () => {
  const [bruno, lucia] = [await memberOf('bruno@'), await memberOf('lucia@')]
  const { items } = await w.as('bruno').access.list({ limit: 200 })
  assert.deepEqual(new Set(items.map(({ party_id }) => party_id)), new Set([bruno.party_id]))
  assert.deepEqual((await w.as('bruno').access.list({ party_id: lucia.party_id ?? '' })).items, [])
  const { access, partners } = w.as('bruno')
  for (const call of [access.get({ id: lucia.id }), access.timeline({ id: lucia.id })])
    assert.equal((await refusal(call)).code, 'not_found')
  const met = (await partners.people({ id: lucia.party_id ?? '' })).items.find(({ member_id }) => member_id === lucia.id)
  assert.deepEqual(Object.keys(met ?? {}).sort(), ['email', 'member_id', 'name', 'roles', 'status'])
})

test('a partner admin invites to the own firm, with roles of partners', async () => {
  const invited = await w
    .as('pat')
    .access.invite({ name: 'Piet', email: 'piet@brightpath.example', roles: [role('partner_technical')] })
  assert.equal(invited.party_name, (await memberOf('pat@')).party_name)
  const asHost = await refusal(
    w.as('pat').access.invite({ name: 'P2', email: 'p2@brightpath.example', roles: [role('channel_manager')] }),
  )
  assert.match(asHost.message, /role of the host/)
  const rivka = await memberOf('rivka@')
  const elsewhere = { name: 'P3', email: 'p3@brightpath.example', party_id: rivka.party_id, roles: [role('partner_seller')] }
  assert.ok(['forbidden', 'not_found'].includes((await refusal(w.as('pat').access.invite(elsewhere))).code))
  assert.equal(
    (await refusal(w.as('mona').access.invite({ name: 'P4', email: 'p4@brightpath.example', roles: [role('partner_seller')] })))
      .code,
    'forbidden',
  )
})

test('the invited colleague comes in through the mail that the firm’s admin caused', async () => {
  await w.settle()
  const { items } = await w.as('vera').access.list_mails({ to_address: 'piet@brightpath.example' })
  const mail = await w.as('vera').access.get_mail({ id: items[0]?.id ?? '' })
  assert.match(mail.plain ?? '', /Pat .*Brightpath/)
  const token = /token=([\w-]+)/.exec(mail.plain ?? '')?.[1]
  const payload = { token, password: 'a long pass phrase' }
  assert.equal((await w.request(null, { method: 'POST', url: '/api/invitations/accept', payload })).statusCode, 200)
  assert.deepEqual((await w.as('piet').identity.me()).ecosystems[0]?.roles, ['partner_technical'])
  assert.equal((await refusal(w.as('pat').access.list_mails({}))).code, 'forbidden')
})

test('a partner admin changes and ends people of the own firm only', async () => {
  const [mona, rivka] = [await memberOf('mona@'), await memberOf('rivka@')]
  const changed = await w.as('pat').access.update({ id: mona.id, roles: [role('partner_marketer'), role('partner_seller')] })
  assert.equal(changed.roles.length, 2)
  const foreign = [w.as('pat').access.update({ id: rivka.id, name: 'R' }), w.as('pat').access.end({ id: rivka.id })]
  for (const { code } of await Promise.all(foreign.map(refusal))) assert.equal(code, 'not_found')
  const clock = await holdClock(mona.id, mona.party_id)
  await w.as('pat').access.end({ id: mona.id, pass_to: (await memberOf('pat@')).id })
  assert.equal(await holderOf(clock), (await memberOf('pat@')).id)
  assert.equal((await refusal(w.as('mona').access.list())).code, 'forbidden')
})

test('a person of two ecosystems chooses with the header, and ends in one only', async () => {
  const { ecosystems } = await w.as('pat').identity.me()
  assert.deepEqual(
    ecosystems.map(({ slug }) => slug),
    ['meridian', 'kestrel'],
  )
  const bare = await w.app.server.inject({
    method: 'GET',
    url: '/api/members',
    headers: { authorization: `Bearer ${await tokenOf('pat')}` },
  })
  assert.equal(bare.statusCode, 403)
  assert.match(bare.json().detail, /x-ecosystem/)
  const inKestrel = (await w.as('otto', 'kestrel').access.list({ q: 'pat@' })).items[0]
  await w.as('otto', 'kestrel').access.end({ id: inKestrel?.id ?? '' })
  assert.equal((await refusal(w.as('pat', 'kestrel').access.list())).code, 'forbidden')
  assert.ok((await w.as('pat').access.list()).items.length > 0)
})

async function tokenOf(name: string): Promise<string> {
  const payload = { email: `${name}@brightpath.example`, password: 'rialto-demo' }
  const answer = await w.app.server.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload })
  return answer.json<{ token: string }>().token
}

test('a channel manager manages people of partners in the own regions only', async () => {
  const pat = await memberOf('pat@')
  const patsFirm = { party_id: pat.party_id, roles: [role('partner_seller')] }
  const invited = await w.as('carl').access.invite({ name: 'Q', email: 'q@brightpath.example', ...patsFirm })
  assert.equal(invited.state, 'invited')
  assert.equal(
    (await refusal(w.as('ana').access.invite({ name: 'Q', email: 'q2@brightpath.example', ...patsFirm }))).code,
    'not_found',
  )
})

test('roles as a partner sees them carry the host’s changes, but not which they are', async () => {
  await w.as('vera').access.change_role({ role: 'partner_admin', permission: 'access.invite', granted: false })
  const { items } = await w.as('pat').access.roles()
  assert.ok(items.every(({ side }) => side === 'outer'))
  const admin = items.find(({ code }) => code === 'partner_admin')
  assert.ok(admin && !admin.permissions.includes('access.invite') && !('changes' in admin))
  const { permission } = await w.as('pat').access.explain({ permission: 'access.invite' })
  assert.deepEqual(permission, { name: 'access.invite', held: false, through: [] })
})

test('the end of a leaver passes running clocks to a colleague of the same side and firm', async () => {
  const [ana, fiona, rivka] = [await memberOf('ana@'), await memberOf('fiona@'), await memberOf('rivka@')]
  const clock = await holdClock(ana.id)
  assert.match((await refusal(w.as('vera').access.end({ id: ana.id, pass_to: rivka.id }))).message, /same side/)
  await w.as('vera').access.end({ id: ana.id, pass_to: fiona.id })
  assert.equal(await holderOf(clock), fiona.id)
})

test('a clock of one firm passes to nobody of another', async () => {
  const [pat, rivka] = [await memberOf('pat@'), await memberOf('rivka@')]
  const clock = await holdClock(pat.id, pat.party_id)
  const foreign = await refusal(w.as('vera').access.end({ id: pat.id, pass_to: rivka.id }))
  assert.deepEqual([foreign.code, await holderOf(clock)], ['invalid', pat.id])
  assert.match(foreign.message, /pass_to.*firm/)
  assert.equal((await memberOf('pat@')).state, 'active')
})
