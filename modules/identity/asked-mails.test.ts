import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const PATHS = ['/sign-in/magic-link', '/request-password-reset']
const post = (path: string, email: string) =>
  w.app.server.inject({ method: 'POST', url: `/api/auth${path}`, payload: { email, callbackURL: '/' } })
const kept = () =>
  w.owner<{ path: string; email: string }>("select path, body ->> 'email' as email from auth.asked_mails order by 1, 2")
const sentTo = async (email: string) =>
  (await w.owner<{ template: string }>('select template from mails where to_address = $1 order by 1', [email])).map(
    (one) => one.template,
  )

/** As a process that dies between the answer and the mail leaves it: answered, kept, and nobody at it. */
async function diedAfterAnswer(path: string, email: string): Promise<void> {
  await w.app.sign_in.asked.keep({ path, host: 'localhost:3000', body: { email } })
}
const grownOld = (by: string) => w.owner(`update auth.asked_mails set asked_at = asked_at - interval '${by}'`)

test('a mail that was asked for is kept before the answer, for a login as for a stranger', async () => {
  await w.owner('begin')
  try {
    await w.owner('lock table auth."user", auth.verification, mails in access exclusive mode')
    for (const path of PATHS)
      for (const email of ['fiona@meridian.example', 'nobody@evil.example'])
        assert.equal((await post(path, email)).statusCode, 200)
    const emails = ['fiona@meridian.example', 'nobody@evil.example']
    assert.deepEqual(
      (await kept()).map(({ path, email }) => `${path} ${email}`),
      [...PATHS].sort().flatMap((path) => emails.map((email) => `${path} ${email}`)),
    )
  } finally {
    await w.owner('rollback')
  }
  await w.settle()
  assert.deepEqual(await kept(), [])
  assert.deepEqual(await sentTo('fiona@meridian.example'), ['identity.magic_link', 'identity.reset_password'])
  assert.deepEqual(await sentTo('nobody@evil.example'), [])
})

test('what a process that died left is sent by whoever runs next, once, and goes', async () => {
  for (const path of PATHS)
    for (const email of ['dana@meridian.example', 'noone@evil.example']) await diedAfterAnswer(path, email)
  // What is asked for this moment is somebody’s who is at it.
  await w.app.sign_in.asked.resume()
  assert.equal((await kept()).length, 4)
  await grownOld('1 minute')
  await Promise.all([w.app.sign_in.asked.resume(), w.app.sign_in.asked.resume()])
  await w.settle()
  assert.deepEqual(await kept(), [])
  assert.deepEqual(await sentTo('dana@meridian.example'), ['identity.magic_link', 'identity.reset_password'])
  assert.deepEqual(await sentTo('noone@evil.example'), [])
})

test('a mail that cannot be stored now is tried again, and what nobody waits for any more is dropped', async () => {
  const email = 'lena@meridian.example'
  await w.owner("alter table mails add constraint mails_full check (to_address <> 'lena@meridian.example') not valid")
  for (const path of PATHS) assert.equal((await post(path, email)).statusCode, 200)
  await w.settle()
  assert.equal((await kept()).length, 2)
  await w.owner('alter table mails drop constraint mails_full')
  await grownOld('1 minute')
  await w.app.sign_in.asked.resume()
  await w.settle()
  assert.deepEqual([await sentTo(email), await kept()], [['identity.magic_link', 'identity.reset_password'], []])

  await diedAfterAnswer('/sign-in/magic-link', 'carl@meridian.example')
  await grownOld('2 hours')
  await w.app.sign_in.asked.resume()
  await w.settle()
  assert.deepEqual([await sentTo('carl@meridian.example'), await kept()], [[], []])
})
