import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const signIn = (email: string, password: string, address = '127.0.0.1') =>
  w.app.server.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password }, remoteAddress: address })

test('signing in with the password gives a token that is good as a bearer', async () => {
  const answer = await signIn('vera@meridian.example', 'rialto-demo')
  assert.equal(answer.statusCode, 200, answer.body)
  const { token } = answer.json<{ token: string }>()
  const me = await w.app.server.inject({ method: 'GET', url: '/api/me', headers: { authorization: `Bearer ${token}` } })
  assert.equal(me.json().person.email, 'vera@meridian.example')
})

test('I see my person and each ecosystem with what I may do there', async () => {
  const { person, ecosystems } = await w.as('carl').identity.me()
  assert.equal(person.name, 'Carl')
  assert.equal(ecosystems.length, 1)
  assert.equal(ecosystems[0]?.slug, 'meridian')
  assert.deepEqual(ecosystems[0]?.roles, ['channel_manager'])
  assert.ok(ecosystems[0]?.permissions.includes('ecosystems.read'))
})
