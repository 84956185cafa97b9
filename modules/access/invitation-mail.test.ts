import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { type SmtpPeer, smtpPeer } from '../../test/smtp-peer.ts'

let peer: SmtpPeer
let w: World
before(async () => {
  peer = await smtpPeer()
  w = await world({ config: { smtp_url: peer.url } })
})
after(async () => {
  await w.close()
  await peer.close()
})

test('an invitation reaches whoever has a login in their own language, and the outbox shows it as if they had none', async () => {
  const otto = w.as('otto', 'kestrel').access
  await w.as('elif').identity.update_me({ locale: 'ar' })
  const sent = async (email: string) => {
    await otto.invite({ name: 'Elif', email, roles: [{ role: 'auditor', scope: {} }], locale: 'de' })
    await w.settle()
    const [row] = (await otto.list_mails({ to_address: email })).items
    return { mail: peer.received.at(-1), subject: row?.subject }
  }
  const known = await sent('elif@meridian.example')
  const fresh = await sent('elif@nowhere.example')
  assert.equal(known.subject, fresh.subject)
  assert.equal(fresh.mail?.subject, 'Otto lädt Sie zu Kestrel Robotics ein')
  assert.equal(known.mail?.subject, 'يدعوك Otto إلى Kestrel Robotics')
  assert.match(String(known.mail?.html), /dir="rtl"/)
  const day = new Intl.DateTimeFormat('ar', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.now() + 14 * 86_400_000))
  assert.ok(known.mail?.text?.includes(day), known.mail?.text ?? '')
})
