import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const roles = [{ role: 'partner_seller', scope: {} }]
const peopleOf = async (q: string) => (await w.as('vera').access.list({ q, limit: 200 })).items
const invite = (who: string, email: string, party_id?: string) =>
  w.as(who).access.invite({ name: 'Somebody', email, roles, ...(party_id ? { party_id } : {}) })

async function tokenMailed(to_address: string): Promise<string> {
  await w.settle()
  const { items } = await w.as('vera').access.list_mails({ to_address })
  const { plain } = await w.as('vera').access.get_mail({ id: items[0]?.id ?? '' })
  return /token=([\w-]+)/.exec(plain ?? '')?.[1] ?? ''
}

test('a firm that invites a person of a rival or of the host is answered as for anybody', async () => {
  const rival = (await peopleOf('rivka@'))[0]?.party_id ?? ''
  await invite('vera', 'invited@rivertech.example', rival)
  const answers = []
  for (const email of [
    'nobody@somewhere.example',
    'rivka@rivertech.example',
    'invited@rivertech.example',
    'lena@meridian.example',
  ]) {
    const { id: _, email: mailed, created_at: __, ...answer } = await invite('pat', email)
    assert.equal(mailed, email)
    answers.push(answer)
  }
  assert.equal(answers.length, 4)
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  const seen = (await w.as('pat').access.list({ q: 'Somebody', limit: 200 })).items
  assert.deepEqual([...new Set(seen.map(({ state }) => state))], ['invited'])
  assert.equal(seen.length, 4)
})

test('a firm is told of its own people, and the host of everybody’s', async () => {
  const own = await refusal(invite('pat', 'rivka@rivertech.example'))
  assert.match(own.message, /^email: somebody with this address is a member or invited already/)
  const host = await refusal(invite('vera', 'dana@meridian.example', (await peopleOf('pat@'))[0]?.party_id ?? ''))
  assert.deepEqual([host.code, host.message], ['conflict', own.message])
})

test('who has access for one firm accepts none for another, and is told why themselves', async () => {
  const token = await tokenMailed('rivka@rivertech.example')
  const told = await refusal(w.as('rivka').access.join({ token }))
  assert.match(told.message, /you have access to this ecosystem already.*ends first/i)
  assert.equal((await w.as('rivka').partners.list()).items[0]?.name, 'Rivertech')
  const [own] = (await peopleOf('rivka@')).filter(({ state }) => state === 'active')
  await w.as('vera').access.end({ id: own?.id ?? '' })
  await w.as('rivka').access.join({ token })
  assert.equal((await w.as('rivka').partners.list()).items[0]?.name, 'Brightpath')
})

test('when two firms that asked for one address become one, one of the two stays', async () => {
  const { partners } = w.as('vera')
  const [gone, stays] = [
    await partners.create({ legal_name: 'Doppelt Eins', country: 'DE' }),
    await partners.create({ legal_name: 'Doppelt Zwei', country: 'DE' }),
  ]
  await invite('vera', 'chief@doppelt.example', gone.id)
  const token = await tokenMailed('chief@doppelt.example')
  const payload = { token, password: 'a long pass phrase' }
  assert.equal((await w.request(null, { method: 'POST', url: '/api/invitations/accept', payload })).statusCode, 200)
  const [chief] = await peopleOf('chief@doppelt')
  await w.as('vera').access.update({ id: chief?.id ?? '', roles: [{ role: 'partner_admin', scope: {} }] })
  const [other] = [await invite('vera', 'boss@doppelt.example', stays.id)]
  const boss = await tokenMailed('boss@doppelt.example')
  await w.request(null, { method: 'POST', url: '/api/invitations/accept', payload: { ...payload, token: boss } })
  await w.as('vera').access.update({ id: other.id, roles: [{ role: 'partner_admin', scope: {} }] })
  // Each asks for the other's admin, and both for somebody third.
  for (const email of ['boss@doppelt.example', 'third@doppelt.example']) await invite('chief', email)
  for (const email of ['chief@doppelt.example', 'third@doppelt.example']) await invite('boss', email)
  await partners.merge({ id: gone.id, into_id: stays.id })
  const people = (await peopleOf('@doppelt')).filter(({ state }) => state !== 'ended')
  assert.deepEqual(people.map(({ email, state, party_id }) => [email, state, party_id]).sort(), [
    ['boss@doppelt.example', 'active', stays.id],
    ['chief@doppelt.example', 'active', stays.id],
    ['third@doppelt.example', 'invited', stays.id],
  ])
})
