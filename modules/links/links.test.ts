import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { addCalendarDays, addWorkingDays, isWorkingDay, localDate } from '../../kernel/calendar.ts'
import { silent } from '../../kernel/log.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { inlineQueue } from '../../test/inline-queue.ts'
import { openApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { aDeal, FAR } from '../deals/demo.ts'
import { extendedEnd } from '../deals/extend-protection.ts'
import type { Deal } from '../deals/shapes.ts'
import { publishNow } from '../decisions/demo.ts'
import { makeLink } from './make-link.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const OPEN = '/api/links/extensions/open'
const EXTEND = '/api/links/extensions'
const post = (url: string, payload: object, who: string | null = null, slug = 'meridian') =>
  w.request(who, { method: 'POST', url, payload, headers: { 'x-ecosystem': slug } }, slug)
const opened = async (token: string) => (await post(OPEN, { token })).json()

/** The same moment, however many digits say so. */
const same = (a: string, b: string) => Date.parse(a) === Date.parse(b)

let count = 0
/** A protected deal whose end is near enough that its mail has come, and the token of that mail. */
async function warned(who = 'pat', country = 'DE'): Promise<{ deal: Deal; token: string; mail: string }> {
  count += 1
  const customer = `Verlinkt ${'abcdefghijklmnop'[count]} AG`
  const site = { customer, account_domain: `verlinkt-${count}.example`, country, closes_on: FAR }
  const deal = await aDeal(w.as(who), site)
  assert.equal(deal.protection, 'protected')
  await w.advance({ days: 61 })
  await w.settle()
  return { deal, ...(await lastMail(customer)) }
}

async function lastMail(customer: string): Promise<{ token: string; mail: string }> {
  const rows = await w.owner<{ plain: string }>(
    "select plain from mails where template = 'deals.ending' and subject like $1 order by created_at desc, id desc limit 1",
    [`%${customer}%`],
  )
  const mail = rows[0]?.plain ?? ''
  return { mail, token: /[?&]token=([\w-]+)/.exec(mail)?.[1] ?? '' }
}

test('the mail of an ending protection holds a link that extends it without signing in, once', async () => {
  const { deal, token, mail } = await warned()
  assert.match(mail, /\/e\/meridian\/extend\?deal=[0-9a-f-]{36}&lang=en&token=[\w-]{43}/)
  // Looking, however often, uses nothing up and leaves no trace.
  for (let i = 0; i < 3; i += 1) {
    const { state, extension } = await opened(token)
    assert.equal(state, 'open')
    assert.deepEqual(
      [extension.customer, extension.partner, extension.person, extension.left],
      [deal.account_name, 'Brightpath', 'Pat', 1],
    )
  }
  const { extension } = await opened(token)
  assert.ok(!JSON.stringify(extension).includes('18400000'), 'a link shows no amount')
  const answer = await post(EXTEND, { token, progress: 'They walked us through both depots.' })
  assert.equal(answer.statusCode, 200, answer.body)
  assert.equal(answer.json().id, deal.id)
  assert.ok(same(answer.json().protected_until, extension.until))
  const now = await w.as('pat').deals.get({ id: deal.id })
  assert.deepEqual([now.protected_until, now.extensions], [answer.json().protected_until, 1])
  assert.match(now.description ?? '', /both depots/)
  assert.deepEqual([(await opened(token)).state, (await opened(token)).extension], ['used', null])
  const again = await post(EXTEND, { token, progress: 'Once more' })
  assert.deepEqual([again.statusCode, again.json().code], [409, 'conflict'])
  assert.equal((await w.as('pat').deals.get({ id: deal.id })).extensions, 1)
})

test('event and audit row name the person and the mail, whoever else is signed in; the token stands nowhere', async () => {
  const { deal, token } = await warned()
  for (const who of ['rivka', 'vera', null]) assert.equal((await post(OPEN, { token }, who)).json().state, 'open')
  const answer = await post(EXTEND, { token, progress: 'Budget is confirmed.' }, 'rivka')
  assert.equal(answer.statusCode, 200, answer.body)
  const pat = (await w.as('pat').access.list({ q: 'Pat' })).items.find((one) => one.name === 'Pat')
  const audits = await w.owner(`select route, actor_id, via from audits where subject_id = $1 and route like 'links.%'`, [
    deal.id,
  ])
  assert.deepEqual(audits, [{ route: 'links.extend', actor_id: pat?.id, via: 'mail' }])
  const [event] = (await w.as('pat').deals.timeline({ id: deal.id })).items.filter((one) => one.type === 'deals.extended')
  assert.deepEqual([event?.actor_name, event?.via], ['Pat', 'mail'])
  for (const table of ['mail_links', 'events', 'audits', 'outbox'])
    assert.equal((await w.owner(`select from ${table} t where t::text like $1`, [`%${token}%`])).length, 0, table)
})

test('of two who press at the same moment one extends', async () => {
  const { deal, token } = await warned()
  const answers = await Promise.all([1, 2, 3, 4].map((n) => post(EXTEND, { token, progress: `Notes ${n}` })))
  assert.deepEqual(answers.map((one) => one.statusCode).sort(), [200, 409, 409, 409])
  assert.equal((await w.as('pat').deals.get({ id: deal.id })).extensions, 1)
})

test('a token opens its own verb and ecosystem only, and a made-up one nothing', async () => {
  const { deal, token } = await warned()
  assert.equal((await post(OPEN, { token }, null, 'kestrel')).statusCode, 404)
  assert.equal((await post(EXTEND, { token, progress: 'x' }, null, 'kestrel')).statusCode, 404)
  assert.equal((await post(OPEN, { token: `${token.slice(0, -1)}_` })).statusCode, 404)
  const [own] = await w.owner<{ member_id: string; party_id: string; basis: string; expires_at: Date }>(
    'select member_id, party_id, basis, expires_at from mail_links where subject_id = $1',
    [deal.id],
  )
  assert.ok(own)
  const link = { ...own, verb: 'deals.withdraw', subject_id: deal.id, expires_at: own.expires_at.toISOString() }
  const other = await asSystem(w.house, w.tenants.meridian, (ctx) => makeLink(ctx, link))
  assert.equal((await post(OPEN, { token: other })).statusCode, 404)
  assert.equal((await opened(token)).state, 'open')
})

test('a link ends with its time, with the next mail, and when the protection moved on otherwise', async () => {
  const first = await warned()
  await w.advance({ days: 15 })
  await w.settle()
  const second = await lastMail(first.deal.account_name)
  assert.notEqual(second.token, first.token)
  assert.equal((await opened(first.token)).state, 'ended')
  assert.equal((await post(EXTEND, { token: first.token, progress: 'Late' })).statusCode, 409)
  assert.equal((await opened(second.token)).state, 'open')
  await w.as('pat').deals.extend({ id: first.deal.id, progress: 'By hand' })
  assert.equal((await opened(second.token)).state, 'ended')
  assert.equal((await post(EXTEND, { token: second.token, progress: 'Twice' })).statusCode, 409)
  assert.equal((await w.as('pat').deals.get({ id: first.deal.id })).extensions, 1)
  const alone = await warned()
  await w.owner('update mail_links set expires_at = created_at where subject_id = $1', [alone.deal.id])
  assert.equal((await opened(alone.token)).state, 'ended')
})

test('the mail after the last extension has no link, and says why', async () => {
  const { deal, token } = await warned()
  await post(EXTEND, { token, progress: 'First' })
  await w.as('pat').deals.extend({ id: deal.id, progress: 'Second' })
  await w.advance({ days: 62 })
  await w.settle()
  const { mail, token: none } = await lastMail(deal.account_name)
  assert.equal(none, '')
  assert.match(mail, /as often as the terms allow/)
})

test('a suspended partner is refused, and so is a person whose role or access has ended', async () => {
  const { deal, token } = await warned('nils', 'NO')
  const [nils] = (await w.as('vera').access.list({ q: 'Nils' })).items
  const [firm] = (await w.as('vera').partners.list({ q: 'Fjordkilde' })).items
  assert.ok(nils && firm)
  const mine = nils.roles
  await w.as('vera').access.update({ id: nils.id, roles: [{ role: 'partner_marketer', scope: {} }] })
  assert.equal((await opened(token)).state, 'no_access')
  assert.equal((await post(EXTEND, { token, progress: 'As a marketer' })).statusCode, 403)
  await w.as('vera').access.update({ id: nils.id, roles: mine })
  assert.equal((await opened(token)).state, 'open')
  // Refused at once, before what follows a suspension has been heard.
  await w.as('vera').partners.suspend({ id: firm.id, reason: 'screening', text: 'Being looked at.' })
  assert.equal((await opened(token)).state, 'ended')
  assert.equal((await post(EXTEND, { token, progress: 'Suspended' })).statusCode, 409)
  await w.as('vera').partners.reinstate({ id: firm.id })
  assert.equal((await opened(token)).state, 'open', 'a refusal leaves the link unused')
  await w.as('vera').access.end({ id: nils.id })
  assert.equal((await opened(token)).state, 'no_access')
  assert.equal((await post(EXTEND, { token, progress: 'Gone' })).statusCode, 403)
  assert.equal((await w.as('vera').deals.get({ id: deal.id })).extensions, 0)
})

test('an address guesses twenty times a minute, then waits', async () => {
  const { roles } = w.database
  const config = readConfig({ PUBLIC_URL: 'http://localhost:3000', RIALTO_ROLE: 'web' }, tmpdir())
  const app = await openApp({
    roles,
    config,
    log: silent,
    web: null,
    secret: 'of no use to anybody, but long enough',
    queue: inlineQueue,
  })
  try {
    for (const [url, more] of [
      [OPEN, {}],
      [EXTEND, { progress: 'x' }],
    ] as const) {
      const codes: number[] = []
      for (let i = 0; i < 22; i += 1) {
        const payload = { token: `guess-number-${i}-of-many-more`, ...more }
        const headers = { 'x-ecosystem': 'meridian' }
        codes.push((await app.server.inject({ method: 'POST', url, payload, headers })).statusCode)
      }
      assert.deepEqual(codes, [...Array<number>(20).fill(404), 429, 429])
    }
  } finally {
    await app.close()
  }
})

test('an extension never ends on a holiday of the partner’s country', async () => {
  const weekdays = [1, 2, 3, 4, 5]
  const japan = { zone: 'Asia/Tokyo', week: weekdays, from: '09:00', to: '17:00', holidays: 'JP' }
  // Labour Thanksgiving Day is a Monday in 2026; thirty days after this Saturday it would end there.
  const moved = extendedEnd('2026-10-24T06:00:00.000Z', 30, japan)
  assert.deepEqual(moved, { until_at: '2026-11-24T06:00:00.000Z', moved_from: '2026-11-23T06:00:00.000Z' })
  assert.equal(extendedEnd('2026-10-24T06:00:00.000Z', 30, { ...japan, holidays: 'DE' }).moved_from, null)
  const deal = await aDeal(w.as('haruka'), {
    customer: 'Feiertag KK',
    account_domain: 'feiertag.example',
    country: 'JP',
    closes_on: FAR,
  })
  const until = deal.protected_until ?? ''
  let days = 1
  const day = (n: number) => localDate(japan.zone, addCalendarDays('UTC', until, n))
  while (isWorkingDay(japan, day(days)) || !isWorkingDay({ ...japan, holidays: null }, day(days))) days += 1
  await publishNow(w.as('vera'), { kind: 'deals.terms', title: 'Terms', body: { extension_days: days } })
  await w.advance({ days: 61 })
  await w.settle()
  const { token, mail } = await lastMail('Feiertag KK')
  const { extension } = await opened(token)
  assert.equal(localDate(japan.zone, extension.moved_from), day(days))
  assert.equal(localDate(japan.zone, extension.until), addWorkingDays(japan, day(days), 1))
  const words = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: japan.zone }).format(new Date(extension.until))
  assert.ok(mail.includes(`extended until ${words}`), mail)
  const answer = await post(EXTEND, { token, progress: 'Second visit is set' })
  assert.ok(same(answer.json().protected_until, extension.until))
})
