import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { softAuthenticator } from '../../test/soft-authenticator.ts'
import { AUTH_PATHS, SHUT_AUTH_PATHS } from './auth-paths.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const PASSWORD = 'rialto-demo'
const post = (path: string, payload: object, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  w.app.server.inject({ method: 'POST', url: `/api/auth${path}`, payload, headers, remoteAddress })
const signIn = (email: string, password = PASSWORD, address = '127.0.0.1') =>
  post('/sign-in/email', { email, password }, {}, address)
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const tokenOf = async (email: string): Promise<string> => (await signIn(email)).json<{ token: string }>().token
const me = (headers: Record<string, string>) => w.app.server.inject({ method: 'GET', url: '/api/me', headers })

const open = (token: unknown) => w.app.server.inject({ method: 'POST', url: '/api/sign-in/link/open', payload: { token } })

/** The link in the newest mail to an address. */
async function linkMailed(to_address: string): Promise<URL> {
  await w.settle()
  const { items } = await w.as('vera').access.list_mails({ to_address })
  const { plain } = await w.as('vera').access.get_mail({ id: items[0]?.id ?? '' })
  const link = /https?:\/\/\S+/.exec(plain ?? '')?.[0]
  assert.ok(link, plain ?? 'no mail')
  return new URL(link)
}

test('signing in with the password gives a token that is good as a bearer', async () => {
  const answer = await signIn('vera@meridian.example')
  assert.equal(answer.statusCode, 200, answer.body)
  assert.equal((await me(bearer(answer.json().token))).json().person.email, 'vera@meridian.example')
})

test('the cookie of a sign-in is good, a changed one is not', async () => {
  const answer = await signIn('vera@meridian.example')
  const cookie = answer.cookies.find(({ name }) => name === 'rialto.session_token')
  assert.ok(cookie?.httpOnly && cookie.sameSite === 'Lax')
  const header = `${cookie.name}=${encodeURIComponent(cookie.value)}`
  assert.equal((await me({ cookie: header })).json().person.name, 'Vera')
  const [token = ''] = cookie.value.split('.')
  const forged = createHmac('sha256', 'another secret').update(token).digest('base64')
  for (const value of [token, `${token}.${forged}`, `${token}x.${cookie.value.split('.')[1]}`])
    assert.equal((await me({ cookie: `rialto.session_token=${encodeURIComponent(value)}` })).statusCode, 401)
})

test('a write that rests on a cookie is refused from another site', async () => {
  const cookie = (await signIn('vera@meridian.example')).cookies
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')
  const patch = (origin: string) =>
    w.app.server.inject({ method: 'PATCH', url: '/api/me', payload: {}, headers: { cookie, origin, host: 'localhost:3000' } })
  for (const origin of ['https://evil.example', 'null', 'no address']) assert.equal((await patch(origin)).statusCode, 403, origin)
  assert.equal((await patch('http://localhost:3000')).statusCode, 200)
  const out = await post('/sign-out', {}, { cookie, origin: 'https://evil.example', host: 'localhost:3000' })
  assert.equal(out.statusCode, 403)
  assert.equal((await me({ cookie })).statusCode, 200)
})

test('I see my person and each ecosystem with what I may do there', async () => {
  const { person, ecosystems } = await w.as('carl').identity.me()
  assert.equal(person.name, 'Carl')
  assert.deepEqual(
    ecosystems.map(({ slug, side, party, roles }) => ({ slug, side, party, roles })),
    [{ slug: 'meridian', side: 'inner', party: null, roles: ['channel_manager'] }],
  )
  assert.ok(ecosystems[0]?.permissions.includes('ecosystems.read'))
  assert.equal(ecosystems[0]?.branding?.primary, '#1f4e5f')
  const pat = await w.as('pat').identity.me()
  assert.match(pat.ecosystems.find(({ slug }) => slug === 'meridian')?.party?.name ?? '', /Brightpath/)
})

test('I change my name and language', async () => {
  const changed = await w.as('dana').identity.update_me({ name: 'Dana D.', locale: 'de' })
  assert.deepEqual([changed.name, changed.locale], ['Dana D.', 'de'])
  assert.equal((await w.as('dana').identity.me()).person.locale, 'de')
})

test('I see where I am signed in and sign out elsewhere, and nobody else does it for me', async () => {
  const token = await tokenOf('lena@meridian.example')
  const { items } = await w.as('lena').identity.sessions()
  assert.ok(items.length >= 2 && !JSON.stringify(items).includes(token))
  const [row] = await w.owner<{ id: string }>('select id from auth."session" where token = $1', [token])
  const id = row?.id ?? ''
  assert.equal(
    (
      await w
        .as('vera')
        .identity.revoke_session({ id })
        .catch((error) => error)
    ).code,
    'not_found',
  )
  assert.equal((await me(bearer(token))).statusCode, 200)
  await w.as('lena').identity.revoke_session({ id })
  const over = await me(bearer(token))
  assert.equal(over.statusCode, 401)
  assert.match(over.json().detail, /This sign-in has ended.*sign in again/, 'whoever is in the midst of a form reads why')
  assert.equal((await me({ cookie: 'theme=dark' })).json().detail, 'Sign in first')
})

test('five failures lock one account at one address, and nobody else', async () => {
  const email = 'fiona@meridian.example'
  for (let i = 0; i < 5; i += 1) assert.equal((await signIn(email, 'wrong wrong wrong', '10.0.0.9')).statusCode, 401)
  const locked = await signIn(email, PASSWORD, '10.0.0.9')
  assert.equal(locked.statusCode, 429)
  assert.ok(Number(locked.headers['retry-after']) > 600)
  assert.equal((await signIn(email, PASSWORD, '10.0.0.8')).statusCode, 200)
  assert.equal((await signIn('elif@meridian.example', PASSWORD, '10.0.0.9')).statusCode, 200)
  const claimed = await post(
    '/sign-in/email',
    { email, password: PASSWORD },
    { 'x-rialto-address': '10.9.9.9', 'x-forwarded-for': '10.9.9.9' },
    '10.0.0.9',
  )
  assert.equal(claimed.statusCode, 429)
})

test('tries that are made all at once are counted, too, and a right password among few of them signs in', async () => {
  const email = 'kenji@meridian.example'
  const told = await Promise.all(Array.from({ length: 30 }, (_, i) => signIn(email, `wrong wrong ${i}`, '10.0.0.11')))
  const tried = told.filter(({ statusCode }) => statusCode === 401).length
  assert.ok(tried <= 5, `${tried} passwords were tried`)
  assert.ok(told.every(({ statusCode }) => statusCode === 401 || statusCode === 429))
  const mixed = await Promise.all([signIn(email, 'wrong wrong wrong', '10.0.0.12'), signIn(email, PASSWORD, '10.0.0.12')])
  assert.deepEqual(
    mixed.map(({ statusCode }) => statusCode),
    [401, 200],
  )
  for (let i = 0; i < 6; i += 1)
    assert.equal((await post('/sign-in/email', { email, password: 7 }, {}, '10.0.0.13')).statusCode, 400)
})

test('an unknown address and a wrong password answer alike', async () => {
  const [unknown, wrong] = [
    await signIn('nobody@meridian.example', 'wrong wrong wrong', '10.0.0.7'),
    await signIn('elif@meridian.example', 'wrong wrong wrong', '10.0.0.7'),
  ]
  assert.deepEqual([unknown.statusCode, unknown.body], [wrong.statusCode, wrong.body])
  assert.match(String(wrong.headers['content-type']), /problem\+json/)
})

test('every path of the sign-in library is either open or shut by a decision', async () => {
  const has = new Set(Object.values((await w.app.sign_in.library()).api).flatMap(({ path }) => (path ? [path] : [])))
  const decided = new Set<string>([...AUTH_PATHS.map(([, path]) => path), ...SHUT_AUTH_PATHS])
  assert.deepEqual([...has].sort(), [...decided].sort())
})

test('what is shut answers as if it were not there', async () => {
  for (const path of SHUT_AUTH_PATHS) assert.equal((await post(path, {})).statusCode, 404, path)
})

test('nobody signs up by themselves', async () => {
  const answer = await post('/sign-up/email', { email: 'me@evil.example', password: 'a long pass phrase', name: 'Me' })
  assert.equal(answer.statusCode, 404)
  assert.deepEqual(await w.owner('select from auth."user" where email = $1', ['me@evil.example']), [])
})

test('a link by mail signs in once; a stranger gets no mail and the same answer', async () => {
  const email = 'dana@meridian.example'
  const asked = await post('/sign-in/magic-link', { email, callbackURL: '/' })
  assert.equal(asked.statusCode, 200, asked.body)
  const stranger = await post('/sign-in/magic-link', { email: 'stranger@evil.example', callbackURL: '/' })
  assert.deepEqual([stranger.statusCode, stranger.body], [asked.statusCode, asked.body])
  const link = await linkMailed(email)
  assert.equal(link.pathname, '/enter')
  const token = link.searchParams.get('token')
  // Whatever looks at the link, or at the page behind it, uses nothing up.
  for (let i = 0; i < 2; i += 1) {
    const opened = await open(token)
    assert.deepEqual([opened.statusCode, opened.json()], [200, { email: 'd…@meridian.example' }])
  }
  const got = await w.app.server.inject({ method: 'GET', url: `/api/auth/magic-link/verify?token=${token}` })
  assert.equal(got.statusCode, 404)
  const foreign = await post('/magic-link/verify', { token }, { origin: 'https://evil.example', host: 'localhost:3000' })
  assert.equal(foreign.statusCode, 403)
  const entered = await post('/magic-link/verify', { token }, { origin: 'http://localhost:3000', host: 'localhost:3000' })
  const cookie = entered.cookies.find(({ name }) => name === 'rialto.session_token')
  assert.ok(cookie, entered.body)
  assert.equal((await me({ cookie: `${cookie.name}=${encodeURIComponent(cookie.value)}` })).json().person.email, email)
  const again = await post('/magic-link/verify', { token })
  assert.equal(again.statusCode, 404)
  assert.ok(!again.cookies.some(({ name, value }) => name === 'rialto.session_token' && value))
  assert.equal((await open(token)).statusCode, 404)
  assert.equal((await open('../x')).statusCode, 422)
  // Other secrets of the library lie in the same table.
  await w.owner(
    `insert into auth."verification" ("id", "identifier", "value", "expiresAt")
     values ('other', 'challengeOfAnotherKind', '{"challenge":"x","userId":"y"}', now() + interval '1 hour')`,
  )
  assert.equal((await open('challengeOfAnotherKind')).statusCode, 404)
  assert.equal((await w.owner('select from mails where to_address = $1', ['stranger@evil.example'])).length, 0)
})

test('whoever asks for a mail is answered before anybody looks for the login, and a stop waits for the mail', async () => {
  const ask = (path: string, payload: object) => {
    const answered = post(path, payload)
    const late = AbortSignal.timeout(8000)
    const never = new Promise<never>((_, reject) =>
      late.addEventListener('abort', () => reject(new Error(`${path} waits for the login`)), { once: true }),
    )
    return Promise.race([answered, never])
  }
  const email = 'fiona@meridian.example'
  // Nothing can be read or kept of a login: an answer that hangs on one does not come.
  await w.owner('begin')
  try {
    await w.owner('lock table auth."user", auth.verification, mails in access exclusive mode')
    for (const path of ['/sign-in/magic-link', '/request-password-reset']) {
      const [known, stranger] = [await ask(path, { email }), await ask(path, { email: 'nobody@evil.example' })]
      assert.deepEqual([known.statusCode, known.body], [200, stranger.body])
      assert.equal(stranger.statusCode, 200)
    }
  } finally {
    await w.owner('rollback')
  }
  await w.settle()
  const sent = await w.owner<{ template: string }>('select template from mails where to_address = $1 order by 1', [email])
  assert.deepEqual(
    sent.map(({ template }) => template),
    ['identity.magic_link', 'identity.reset_password'],
  )
  assert.equal((await w.owner('select from mails where to_address = $1', ['nobody@evil.example'])).length, 0)
  // What is wrong whoever asks is refused at once.
  for (const [path, payload, status] of [
    ['/sign-in/magic-link', { email: 'no address' }, 422],
    ['/sign-in/magic-link', { email, callbackURL: 'https://evil.example/' }, 422],
    ['/request-password-reset', { email, redirectTo: '//evil.example/reset' }, 422],
  ] as const)
    assert.equal((await post(path, payload)).statusCode, status, JSON.stringify(payload))
})

test('who came by an invitation and signs in by a link keeps password and sessions', async () => {
  const email = 'link.later@meridian.example'
  await w.as('vera').access.invite({ name: 'Link Later', email, party_id: null, roles: [{ role: 'finance', scope: {} }] })
  const token = (await linkMailed(email)).searchParams.get('token')
  const url = '/api/invitations/accept'
  const payload = { token, password: 'a long pass phrase' }
  const accepted = await w.request(null, { method: 'POST', url, payload })
  assert.equal(accepted.statusCode, 200, accepted.body)
  const before = (await signIn(email, payload.password)).json<{ token: string }>().token

  await post('/sign-in/magic-link', { email, callbackURL: '/' })
  const link = (await linkMailed(email)).searchParams.get('token')
  const entered = await post('/magic-link/verify', { token: link }, { origin: 'http://localhost:3000', host: 'localhost:3000' })
  assert.ok(
    entered.cookies.some(({ name, value }) => name === 'rialto.session_token' && value),
    entered.body,
  )
  assert.equal((await me(bearer(before))).statusCode, 200)
  assert.equal((await signIn(email, payload.password)).statusCode, 200)
})

test('a forgotten password is set anew through the mail, which signs out everywhere', async () => {
  const email = 'audrey@meridian.example'
  const old = await tokenOf(email)
  await post('/request-password-reset', { email, redirectTo: '/reset' })
  const link = await linkMailed(email)
  const token = link.pathname.split('/').at(-1)
  const reset = await post('/reset-password', { newPassword: 'quite another phrase', token })
  assert.equal(reset.statusCode, 200, reset.body)
  assert.equal((await me(bearer(old))).statusCode, 401)
  assert.equal((await signIn(email, 'quite another phrase')).statusCode, 200)
})

test('I change my password knowing the old one', async () => {
  const headers = bearer(await tokenOf('kenji@meridian.example'))
  const wrong = await post('/change-password', { currentPassword: 'wrong wrong', newPassword: 'a brand new phrase' }, headers)
  assert.equal(wrong.statusCode, 400)
  const changed = await post('/change-password', { currentPassword: PASSWORD, newPassword: 'a brand new phrase' }, headers)
  assert.equal(changed.statusCode, 200, changed.body)
  assert.equal((await signIn('kenji@meridian.example', 'a brand new phrase')).statusCode, 200)
})

/** A code of RFC 6238 (30 s, 6 digits, SHA-1) from the secret as an authenticator app reads it. */
function totp(secret: string, at = Date.now()): string {
  const bits = [...secret.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('with a second factor the password alone does not sign in', async () => {
  const email = 'elif@meridian.example'
  const headers = bearer(await tokenOf(email))
  const enabled = await post('/two-factor/enable', { password: PASSWORD }, headers)
  assert.equal(enabled.statusCode, 200, enabled.body)
  const { totpURI, backupCodes } = enabled.json<{ totpURI: string; backupCodes: string[] }>()
  assert.equal(backupCodes.length, 10)
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  assert.equal((await post('/two-factor/verify-totp', { code: totp(secret) }, headers)).statusCode, 200)

  const half = await signIn(email)
  assert.equal(half.json().twoFactorRedirect, true)
  assert.equal(half.json().token, undefined)
  const cookie = half.cookies
    .filter(({ value }) => value)
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')
  const from = { cookie, origin: 'http://localhost:3000', host: 'localhost:3000' }
  assert.equal((await post('/two-factor/verify-totp', { code: '000000' }, from)).statusCode, 401)
  const whole = await post('/two-factor/verify-totp', { code: totp(secret) }, from)
  assert.equal(whole.statusCode, 200, whole.body)
  assert.equal((await me(bearer(whole.json().token))).json().person.email, email)
  assert.equal((await w.as('elif').identity.security()).two_factor, true)
})

test('who has a second factor gets no link that would go round it', async () => {
  const email = 'elif@meridian.example'
  assert.equal((await post('/sign-in/magic-link', { email, callbackURL: '/' })).statusCode, 200)
  assert.deepEqual(await w.owner('select from mails where to_address = $1', [email]), [])
})

test('a passkey is set up once and then signs in by itself', async () => {
  const origin = 'http://localhost:3000'
  const device = softAuthenticator(origin)
  const cookiesOf = (answer: { cookies: { name: string; value: string }[] }) =>
    answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
  const own = cookiesOf(await signIn('ana@meridian.example'))
  const offered = await w.app.server.inject({
    method: 'GET',
    url: '/api/auth/passkey/generate-register-options',
    headers: { cookie: own },
  })
  assert.equal(offered.statusCode, 200, offered.body)
  const site = { origin, host: 'localhost:3000' }
  const created = device.create(offered.json().challenge)
  const stored = await post(
    '/passkey/verify-registration',
    { response: created, name: 'Laptop' },
    { ...site, cookie: `${own}; ${cookiesOf(offered)}` },
  )
  assert.equal(stored.statusCode, 200, stored.body)
  assert.equal((await w.as('ana').identity.security()).passkeys, 1)

  const asked = await w.app.server.inject({ method: 'GET', url: '/api/auth/passkey/generate-authenticate-options' })
  const headers = { ...site, cookie: cookiesOf(asked) }
  const signed = await post('/passkey/verify-authentication', { response: device.get(asked.json().challenge) }, headers)
  assert.equal(signed.statusCode, 200, signed.body)
  assert.equal((await me({ cookie: cookiesOf(signed) })).json().person.email, 'ana@meridian.example')
  const replayed = await post('/passkey/verify-authentication', { response: device.get(asked.json().challenge) }, headers)
  assert.ok(replayed.statusCode >= 400)
})

test('the app’s database role reads nothing of the sign-in', async () => {
  const denied = await w.house.database
    .tx({ tenant_id: null, parties: [], actor_id: null }, {}, async ({ db }) => {
      const { sql } = await import('kysely')
      return sql`select token from auth."session"`.execute(db)
    })
    .catch((error: Error) => error)
  assert.match(String(denied), /permission denied/)
})

test('a program signs in without an origin, as with plain fetch, and its token is good', async () => {
  const url = await w.app.server.listen({ port: 0, host: '127.0.0.1' })
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'nils@fjordkilde.example', password: 'rialto-demo' }),
  })
  assert.equal(answer.status, 200)
  const { token } = (await answer.json()) as { token: string }
  const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(me.status, 200)
})
