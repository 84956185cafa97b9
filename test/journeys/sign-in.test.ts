import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../modules/cast.ts'
import { accessible, becomes, button, inSheet, picture, type Stage, signIn, stage } from './stage.ts'

let s: Stage
let vera: Page
before(async () => {
  s = await stage()
  vera = await s.window('vera@meridian.example')
})

const home = (page: Page) => page.waitForURL(/\/e\/meridian/)

/** Opens the newest mail to an address in the outbox, as it looks there, and takes the address of its one link. */
async function linkMailed(to: string): Promise<string> {
  await s.w.settle()
  await vera.goto(`${s.url}/e/meridian/settings/mails`)
  await vera.getByText(to).first().click()
  const href = (await vera.frameLocator('iframe').getByRole('link').first().getAttribute('href')) ?? ''
  assert.ok(href.startsWith(s.url), `the link is ${href}`)
  return href
}

async function askMail(page: Page, way: string, email: string, send: string): Promise<string> {
  await button(page, way).click()
  await page.locator('input[type=email]').fill(email)
  await button(page, send).click()
  await button(page, 'Ask again').waitFor()
  return (await page.locator('main').innerText()).replaceAll(email, '…')
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /theme, language, sign out/ }).click()
  await button(page, 'Sign out').click()
  await page.locator('input[autocomplete=current-password]').waitFor()
}

test('a link by mail signs in once, leads to the wanted page, and the answer does not tell who has a login', async () => {
  const page = await s.window(null)
  await page.goto(`${s.url}/e/meridian/accounts`)
  await button(page, 'Send me a link by mail').click()
  await accessible(page, 'asking for a link')
  await page.goBack()
  const told = await askMail(page, 'Send me a link by mail', 'dana@meridian.example', 'Send me a link')
  await accessible(page, 'a link is asked for')
  await picture(page, 'sign-in-link-sent')
  const stranger = await s.window(null, { phone: true })
  const toldStranger = await askMail(stranger, 'Send me a link by mail', 'stranger@evil.example', 'Send me a link')
  assert.equal(toldStranger, told)
  await accessible(stranger, 'a link is asked for on a phone')
  const link = await linkMailed('dana@meridian.example')
  assert.equal(await vera.getByText('stranger@evil.example').count(), 0)
  // A program that looks through mails opens the link first, and runs the page as well.
  const scanner = await s.window(null)
  await scanner.goto(link)
  await button(scanner, 'Sign in as d…@meridian.example').waitFor()
  await accessible(scanner, 'a link that was opened')
  await picture(scanner, 'sign-in-link')
  await page.goto(link)
  await button(page, 'Sign in as d…@meridian.example').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`${s.url}/e/meridian/accounts`)
  await page.locator('h1').first().waitFor()
  await button(scanner, 'Sign in as d…@meridian.example').click()
  await scanner.getByText('This link no longer works').first().waitFor()
  const late = await s.window(null, { phone: true, dark: true })
  await late.goto(link)
  await late.getByText('This link no longer works').first().waitFor()
  await accessible(late, 'a used link')
  await picture(late, 'sign-in-link-gone')
  await button(late, 'Ask again').click()
  await button(late, 'Send me a link').waitFor()
})

test('the page behind a link speaks German and Arabic', async () => {
  for (const [locale, email, words] of [
    ['de', 'lena@meridian.example', 'Anmelden als l…@meridian.example'],
    ['ar', 'rivka@rivertech.example', /^الدخول باسم/],
  ] as const) {
    await s.w.app.server.inject({ method: 'POST', url: '/api/auth/sign-in/magic-link', payload: { email, callbackURL: '/' } })
    const page = await s.window(null, { phone: true, locale })
    await page.goto(await linkMailed(email))
    await button(page, words).waitFor()
    await accessible(page, `the page behind a link, ${locale}`)
    await picture(page, `sign-in-link-${locale}`)
    await button(page, words).click()
    await home(page)
  }
})

test('a forgotten password is set anew by mail, which signs in at once, even after too many tries', async () => {
  const email = 'audrey@meridian.example'
  const page = await s.window(null)
  for (let i = 0; i < 6; i += 1) {
    await page.locator('input[type=email]').fill(email)
    await page.locator('input[autocomplete=current-password]').fill('not the password')
    const answer = page.waitForResponse(/sign-in\/email/)
    await button(page, 'Sign in').click()
    assert.equal((await answer).status(), i < 5 ? 401 : 429)
  }
  await page.getByText('Too many tries').waitFor()
  const told = await askMail(page, 'Forgotten your password?', email, 'Send me the link')
  const stranger = await s.window(null)
  assert.equal(await askMail(stranger, 'Forgotten your password?', 'nobody@evil.example', 'Send me the link'), told)
  const link = await linkMailed(email)
  await page.goto(link)
  await page.getByLabel('New password').first().fill('short')
  await button(page, 'Set password and sign in').click()
  await page.getByText('At least 10 characters').nth(1).waitFor()
  await accessible(page, 'a new password')
  await picture(page, 'reset-password')
  await page.getByLabel('New password').first().fill('quite another phrase')
  await button(page, 'Set password and sign in').click()
  await home(page)
  await page.locator('h1').first().waitFor()
  const late = await s.window(null, { dark: true })
  await late.goto(link)
  await button(late, 'Ask for a new link').waitFor()
  await accessible(late, 'a used link for a password, dark')
  await button(late, 'Ask for a new link').click()
  await becomes(() => late.locator('input[type=email]').inputValue(), email)
})

test('a passkey is added, signs in without a password, and no more once removed', async () => {
  const page = await s.window('ana@meridian.example')
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${s.url}/e/meridian/account`)
  await button(page, 'Add passkey').click()
  await page.getByText('Passkey added').waitFor()
  await page.getByRole('button', { name: /^Remove / }).waitFor()
  await accessible(page, 'account with a passkey')
  await picture(page, 'account')
  await signOut(page)
  await button(page, 'Sign in with a passkey').click()
  await home(page)
  await page.goto(`${s.url}/e/meridian/account`)
  await page.getByRole('button', { name: /^Remove / }).click()
  await page.getByText('Passkey removed').waitFor()
  await signOut(page)
  await button(page, 'Sign in with a passkey').click()
  await page.getByText('This passkey is not known here').waitFor()
  await accessible(page, 'an unknown passkey')
})

/** A code of RFC 6238 (30 s, 6 digits, SHA-1) from the key as an authenticator app reads it. */
function totp(key: string): string {
  const bits = [...key].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', bytes).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function halfSignIn(page: Page, email: string): Promise<void> {
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[autocomplete=current-password]').fill(DEMO_PASSWORD)
  await button(page, 'Sign in').click()
  await page.getByLabel('Code from the app').waitFor()
}

test('two-step sign-in is set up by a picture, asks for its code, and a kept code helps once', async () => {
  const email = 'elif@meridian.example'
  const page = await s.window(email)
  await page.goto(`${s.url}/e/meridian/account`)
  await button(page, 'Turn on').click()
  await inSheet(page).getByLabel('Your password now').fill(DEMO_PASSWORD)
  await inSheet(page).getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await picture(page, 'two-step-key')
  await accessible(page, 'the key of the second step')
  await page.getByText('Enter the key by hand').click()
  const key = (await inSheet(page).locator('p.codes').innerText()).replace(/\s/g, '')
  await page.getByLabel('Code from the app').fill('000000')
  await inSheet(page).getByRole('button', { name: 'Turn on' }).click()
  await page.getByText('This code is not right').waitFor()
  await page.getByLabel('Code from the app').fill(totp(key))
  await inSheet(page).getByRole('button', { name: 'Turn on' }).click()
  await button(page, 'I have kept them').waitFor()
  await becomes(() => inSheet(page).locator('ul.codes li').count(), 10)
  const codes = await inSheet(page).locator('ul.codes li').allInnerTexts()
  await accessible(page, 'the codes for the day the phone is lost')
  await picture(page, 'two-step-codes')
  await button(page, 'I have kept them').click()
  await button(page, 'Turn off').waitFor()
  await signOut(page)
  await halfSignIn(page, email)
  await accessible(page, 'the second step')
  await page.getByLabel('Code from the app').fill(totp(key))
  await button(page, 'Go on').click()
  await home(page)
  for (const isGood of [true, false]) {
    const other = await s.window(null)
    await halfSignIn(other, email)
    await other.getByLabel('Code from the app').fill(codes[0] ?? '')
    await button(other, 'Go on').click()
    if (isGood) await home(other)
    else await other.getByText('This code is not right').waitFor()
  }
})

test('the password is changed by who knows the old one', async () => {
  const page = await s.window('kenji@meridian.example')
  await page.goto(`${s.url}/e/meridian/account`)
  await button(page, 'Change password').click()
  await page.getByLabel('Your password now').fill('not this one')
  await page.getByLabel('New password').fill('a brand new phrase')
  await inSheet(page).getByRole('button', { name: 'Change password' }).click()
  await page.getByText('This is not your password').waitFor()
  await accessible(page, 'changing the password')
  await page.getByLabel('Your password now').fill(DEMO_PASSWORD)
  await inSheet(page).getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Password changed').waitFor()
  await signOut(page)
  await page.locator('input[type=email]').fill('kenji@meridian.example')
  await page.locator('input[autocomplete=current-password]').fill('a brand new phrase')
  await button(page, 'Sign in').click()
  await home(page)
})

/** Ends what somebody's browsers hold, as they would from another device. */
async function endSessions(who: string): Promise<void> {
  const { items } = await s.w.as(who).identity.sessions()
  const browsers = items.filter(({ agent }) => /Chrome/.test(agent ?? ''))
  assert.ok(browsers.length > 0)
  for (const { id } of browsers) await s.w.as(who).identity.revoke_session({ id })
}

async function signInOver(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Your session has ended' })
  await sheet.locator('input[autocomplete=current-password]').fill(DEMO_PASSWORD)
  await sheet.locator('button[type=submit]').click()
  await sheet.waitFor({ state: 'hidden' })
}

test('a session that ends in the middle of a form keeps what was typed and sends it after signing in over it', async () => {
  const page = await s.window('carl@meridian.example')
  await page.goto(`${s.url}/e/meridian/accounts`)
  await button(page, 'Add account').click()
  const name = inSheet(page).getByLabel('Name', { exact: true })
  await name.fill('Typed Before The End GmbH')
  await endSessions('carl')
  await inSheet(page).getByRole('button', { name: 'Add account' }).click()
  await page.getByText('Your session has ended').waitFor()
  await accessible(page, 'a session that ended')
  await picture(page, 'session-ended')
  assert.equal(await page.getByLabel('Name', { exact: true }).first().inputValue(), 'Typed Before The End GmbH')
  await signInOver(page)

  await page.goto(`${s.url}/e/meridian/account`)
  await page.getByLabel('Name', { exact: true }).fill('Carl the Second')
  await endSessions('carl')
  await button(page, 'Save').click()
  await page.getByText('Your session has ended').waitFor()
  await signInOver(page)
  await page.getByText('Name saved').waitFor()
  assert.equal((await s.w.as('carl').identity.me()).person.name, 'Carl the Second')
})

test('signing in works in German and in Arabic, on a phone, too', async () => {
  for (const [locale, words] of [
    ['de', 'Passwort vergessen?'],
    ['ar', 'هل نسيت كلمة المرور؟'],
  ] as const) {
    const page = await s.window(null, { phone: true, locale })
    await button(page, words).waitFor()
    await accessible(page, `sign-in, ${locale}`)
    await picture(page, `sign-in-${locale}`)
    await button(page, 'English').click()
    await button(page, 'Forgotten your password?').waitFor()
    await becomes(() => page.locator('html').getAttribute('dir'), 'ltr')
    await signIn(page, 'pat@brightpath.example')
  }
})
