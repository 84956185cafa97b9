import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../test/harness.ts'
import { type SmtpPeer, smtpPeer } from '../test/smtp-peer.ts'
import { mailTemplate, renderMail, sendMail } from './mail.ts'
import { asSystem } from './run.ts'

let peer: SmtpPeer
let w: World

const greeting = mailTemplate('test.greeting', {
  en: {
    subject: 'Hello {{ name }}',
    title: 'Hello',
    lines: ['Dear {{ name }}, all is well.'],
    clock: 'Until {{ due }}.',
    action: 'Open',
  },
  ar: { subject: 'مرحبا {{ name }}', title: 'مرحبا', lines: ['كل شيء بخير'] },
})

before(async () => {
  peer = await smtpPeer()
  w = await world({ config: { smtp_url: peer.url } })
})
after(async () => {
  await peer.close()
  await w.close()
})

const send = (fields: Record<string, string>, fail = false) =>
  asSystem(w.house, w.tenants.meridian, async (ctx) => {
    const id = await sendMail(ctx, greeting, { to: 'ann@example.example', locale: 'en', fields })
    if (fail) throw new Error('the verb fails')
    return id
  })

test('a mail goes out over SMTP after the commit, with both parts, and its content is not kept', async () => {
  const id = await send({ name: 'Ann', due: 'Friday', path: '/x?token=secret', sender: 'Meridian' })
  await w.settle()
  assert.equal(peer.received.length, 1)
  const mail = peer.received[0]
  assert.equal(mail?.subject, 'Hello Ann')
  assert.match(mail?.text ?? '', /Dear Ann, all is well\.[\s\S]*Until Friday\.[\s\S]*http:\/\/localhost:3000\/x\?token=secret/)
  assert.match(String(mail?.html), /href="http:\/\/localhost:3000\/x\?token=secret"/)
  const [row] = await w.owner<{ all: string; state: string }>('select m::text as all, state from mails m where id = $1', [id])
  assert.equal(row?.state, 'sent')
  assert.ok(!row.all.includes('secret'))
})

test('a verb that fails sends no mail', async () => {
  await assert.rejects(send({ name: 'Bob' }, true), /the verb fails/)
  await w.settle()
  assert.equal(peer.received.length, 1)
})

test('what people typed is text in a mail, never markup or template', async () => {
  const { html, subject } = await renderMail(greeting, 'en', {
    name: '<script>alert(1)</script>{{ url }}',
    url: 'https://x.example',
  })
  assert.ok(!html.includes('<script>'))
  assert.match(html, /&lt;script&gt;/)
  assert.equal(subject, 'Hello <script>alert(1)</script>{{ url }}')
})

test('Arabic runs from right to left; a language without texts gets English', async () => {
  const { html } = await renderMail(greeting, 'ar', { name: 'أميرة' })
  assert.match(html, /dir="rtl"/)
  // A sentence whose surroundings run from left to right ends with its full stop on the wrong side.
  assert.doesNotMatch(html, /direction:\s*ltr/)
  assert.equal((await renderMail(greeting, 'fr', { name: 'Ann' })).subject, 'Hello Ann')
})
