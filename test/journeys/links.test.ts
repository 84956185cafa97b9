import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { aDeal, FAR } from '../../modules/deals/demo.ts'
import { accessible, becomes, picture, type Stage, signIn, stage } from './stage.ts'

// The button of a mail: somebody extends a protection from the phone, without signing in.
let s: Stage
const mails = new Map<string, string>()
before(async () => {
  s = await stage()
  for (const [who, customer, country] of [
    ['pat', 'Hafenlicht Reederei GmbH', 'DE'],
    ['amira', 'Wadi Retail', 'SA'],
    ['nils', 'Fjordlys AS', 'NO'],
  ] as const) {
    const site = `${customer.split(' ')[0]?.toLowerCase()}.example`
    await aDeal(s.w.as(who), { customer, account_domain: site, country, closes_on: FAR })
  }
  await s.w.advance({ days: 61 })
  await s.w.settle()
  const rows = await s.w.owner<{ to_address: string; plain: string }>(
    "select to_address, plain from mails where template = 'deals.ending'",
  )
  for (const { to_address, plain } of rows)
    mails.set(to_address.split('@')[0] ?? '', /https?:\S+\/extend\?\S+/.exec(plain)?.[0] ?? '')
})

const linkOf = (who: string) => {
  const url = mails.get(who)
  assert.ok(url, `${who} got a link`)
  return url
}
const notes = (page: Page) => page.getByRole('textbox')
const submit = (page: Page) => page.locator('main form button[type=submit]')

const colourOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--mantine-color-lagoon-8').trim())

test('the page of a mailed link and the public rules stand in the colours and under the name of their host', async () => {
  const plain = await s.window(null)
  await plain.locator('input[type=email]').waitFor()
  const house = await colourOf(plain)
  const inside = await s.window('pat@brightpath.example')
  await becomes(async () => (await colourOf(inside)) === house, false, "the host's colour")
  const own = await colourOf(inside)
  for (const dark of [false, true]) {
    const page = await s.window(null, { dark })
    for (const address of [linkOf('pat'), `${s.url}/e/meridian/rules`]) {
      await page.goto(address)
      await page.locator('.topbar').getByText('Meridian Data', { exact: true }).waitFor()
      await becomes(() => colourOf(page), own)
      await accessible(page, `${address} in the host's colours`)
      await picture(page, `host-look-${address.includes('rules') ? 'rules' : 'link'}-${dark ? 'dark' : 'light'}`)
    }
    // Away from the host's page the house has its own colours again.
    await page.goto(s.url)
    await page.locator('input[type=email]').waitFor()
    await becomes(() => colourOf(page), house)
  }
})

test('a scanner of mails that fetches and even runs the page uses nothing up', async () => {
  const url = linkOf('pat')
  for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await fetch(url, { method })).status, 200)
  const scanner = await s.window(null)
  await scanner.goto(url)
  await submit(scanner).waitFor()
  const [link] = await s.w.owner<{ used_at: string | null }>(
    "select used_at from mail_links l join members m on m.id = l.member_id where m.email like 'pat@%'",
  )
  assert.equal(link?.used_at, null)
})

test('Pat extends from the phone with the notes of a meeting, and is not signed in by it', async () => {
  const page = await s.window(null, { phone: true })
  await page.goto(linkOf('pat'))
  await page.getByRole('heading', { name: /Hafenlicht Reederei GmbH/ }).waitFor()
  await accessible(page, 'the page of a mailed link')
  await picture(page, 'link-extend-phone')
  await submit(page).click()
  await page.getByText('Write what has moved since').waitFor()
  await accessible(page, 'the page of a mailed link, without notes')
  await notes(page).fill('They walked us through both depots; the budget round ends in May.')
  await submit(page).click()
  await page.getByRole('heading', { name: /is protected until/ }).waitFor()
  await accessible(page, 'extended by a mailed link')
  await picture(page, 'link-extended-phone')
  assert.equal((await s.w.as('pat').deals.list({ q: 'Hafenlicht' })).items[0]?.protection, 'protected')
  await page.goto(`${s.url}/e/meridian/deals`)
  await page.locator('input[type=email]').waitFor()
})

test('a used link says so and leads on through the sign-in', async () => {
  const page = await s.window(null, { dark: true })
  await page.goto(linkOf('pat'))
  await page.getByRole('heading', { name: 'This link was used' }).waitFor()
  await accessible(page, 'a used link')
  await picture(page, 'link-used-dark')
  await page.getByRole('button', { name: 'Sign in and open the deal' }).click()
  await signIn(page, 'pat@brightpath.example')
  await page.getByRole('heading', { name: /Hafenlicht Reederei GmbH/ }).waitFor()
  await page
    .getByText(/both depots/)
    .first()
    .waitFor()
  await page.getByText('Protection extended').first().waitFor()
  await page.getByText('Pat, from a mail').waitFor()
})

test('Amira reads and presses in Arabic, on her phone', async () => {
  const page = await s.window(null, { phone: true })
  await page.goto(linkOf('amira'))
  await page.getByRole('heading', { name: /تمديد حماية/ }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl')
  await accessible(page, 'the page of a mailed link in Arabic')
  await picture(page, 'link-extend-arabic')
  await notes(page).fill('اجتمعنا مع فريق البيانات لديهم، والميزانية مؤكدة.')
  await submit(page).click()
  await page.getByRole('heading', { name: /محمية حتى/ }).waitFor()
  await accessible(page, 'extended by a mailed link in Arabic')
  await picture(page, 'link-extended-arabic')
})

test('a link that ends while somebody writes says so in their language and loses no word', async () => {
  const page = await s.window(null, { locale: 'de' })
  await page.goto(linkOf('nils').replace('lang=en', 'lang=de'))
  await notes(page).fill('Zweiter Termin steht.')
  await picture(page, 'link-extend-german')
  await s.w.as('vera').partners.suspend({
    id: (await s.w.as('vera').partners.list({ q: 'Fjordkilde' })).items[0]?.id ?? '',
    reason: 'screening',
  })
  await submit(page).click()
  await page.getByRole('heading', { name: 'Dieser Link gilt nicht mehr' }).waitFor()
  assert.equal(await notes(page).inputValue(), 'Zweiter Termin steht.')
  await accessible(page, 'a link that has ended')
  await picture(page, 'link-ended-german')
  await page.goto(`${s.url}/e/meridian/extend?token=cut-short`)
  await page.getByRole('heading', { name: 'Dieser Link ist nicht vollständig' }).waitFor()
  await accessible(page, 'a link that is not complete')
})
