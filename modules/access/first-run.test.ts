import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type EmptyWorld, emptyWorld } from '../../test/harness.ts'

let w: EmptyWorld
before(async () => {
  w = await emptyWorld()
})
after(() => w.close())

const first = {
  ecosystem_name: 'Acme Cloud',
  slug: 'acme',
  reporting_currency: 'CHF',
  name: 'Ida',
  email: 'ida@acme.example',
  password: 'a long pass phrase',
}
const found = (payload: object) => w.app.server.inject({ method: 'POST', url: '/api/first-run', payload })
const open = async () => (await w.app.server.inject({ method: 'GET', url: '/api/first-run' })).json<{ open: boolean }>().open

test('a wrong field of the first run is named, and nothing is made', async () => {
  const answer = await found({ ...first, password: 'short', slug: 'A B' })
  assert.equal(answer.statusCode, 422)
  assert.deepEqual(
    answer
      .json()
      .issues.map(({ path }: { path: string }) => path)
      .sort(),
    ['password', 'slug'],
  )
  assert.equal(await open(), true)
})

test('of eight who found the first ecosystem at once, one does', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => found({ ...first, slug: `acme-${i}`, email: `ida${i}@acme.example` })),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [201, 409, 409, 409, 409, 409, 409, 409])
  assert.equal(await open(), false)
  assert.equal((await found(first)).statusCode, 409)
  assert.equal((await w.owner('select from ecosystems')).length, 1)
  assert.equal((await w.owner('select from auth."user"')).length, 1)
})

test('its owner signs in and may do everything of the host', async () => {
  const [person] = await w.owner<{ email: string }>('select email from auth."user"')
  const payload = { email: person?.email, password: first.password }
  const { token } = (await w.app.server.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload })).json<{
    token: string
  }>()
  const me = await w.app.server.inject({ method: 'GET', url: '/api/me', headers: { authorization: `Bearer ${token}` } })
  assert.deepEqual(me.json().ecosystems[0].roles, ['admin', 'owner'])
  const ecosystem = await w.app.server.inject({
    method: 'GET',
    url: '/api/ecosystem',
    headers: { authorization: `Bearer ${token}` },
  })
  assert.equal(ecosystem.json().reporting_currency, 'CHF')
  const events = await w.owner<{ type: string }>('select type from events order by id')
  assert.deepEqual(
    events.map(({ type }) => type),
    ['ecosystems.founded', 'members.joined'],
  )
})
