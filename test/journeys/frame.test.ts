import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { aDeal, FAR } from '../../modules/deals/demo.ts'
import { accessible, inSheet, picture, type Stage, stage } from './stage.ts'

let s: Stage
before(async () => {
  s = await stage()
})

test('the sign-in page is accessible in light, dark and on a phone, and refuses a wrong password kindly', async () => {
  const page = await s.window(null)
  await accessible(page, 'sign-in')
  await picture(page, 'sign-in')
  await page.locator('input[type=email]').fill('pat@brightpath.example')
  await page.locator('input[autocomplete=current-password]').fill('wrong')
  await page.locator('form button[type=submit]').click()
  await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('autocomplete') === 'current-password')
  for (const look of [{ dark: true }, { phone: true }])
    await accessible(await s.window(null, look), `sign-in ${JSON.stringify(look)}`)
})

test('both sides land on their own home', async () => {
  const carl = await s.window('carl@meridian.example')
  await carl.goto(`${s.url}/e/meridian/partners`)
  await carl.getByText('Brightpath').first().waitFor()
  await accessible(carl, 'partners in the console')
  await picture(carl, 'console-partners')
  const rivka = await s.window('rivka@rivertech.example')
  await rivka.locator('h1').first().waitFor()
  assert.equal(await rivka.getByRole('link', { name: 'Partners' }).count(), 0)
  await picture(rivka, 'portal-home')
})

test('on paper a page is what was read, in ink, without what one does with it', async () => {
  const { id } = await aDeal(s.w.as('pat'), { customer: 'Auf Papier AG', account_domain: 'papier.example' })
  for (const look of [{}, { dark: true }, { phone: true }]) {
    const page = await s.window('carl@meridian.example', look)
    await page.goto(`${s.url}/e/meridian/deals/${id}`)
    await page.getByRole('heading', { name: 'Auf Papier AG', level: 1 }).waitFor()
    await page.emulateMedia({ media: 'print' })
    for (const part of ['.rail', '.places', '.topbar', 'main button'])
      for (const one of await page.locator(part).all()) assert.ok(!(await one.isVisible()), `${part} is on the paper`)
    const ink = await page.locator('h1').evaluate((title) => getComputedStyle(title).color)
    const paper = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
    assert.deepEqual([ink, paper], ['rgb(22, 34, 45)', 'rgb(255, 255, 255)'], JSON.stringify(look))
    await picture(page, `paper-${Object.keys(look).join() || 'wide'}`)
  }
})

test('Pat lands where they joined first, changes the ecosystem, keeps one sign-in and sees one inbox', async () => {
  const place = { country: 'NL', product: 'flow', amount_minor: 5_000_000, currency: 'EUR', closes_on: FAR }
  const { id } = await s.w.as('pat').deals.register({ ...place, customer: 'Overkant Papier BV' })
  const page = await s.window('pat@brightpath.example')
  await page.waitForURL(/\/e\/meridian$/)
  await page.goto(`${s.url}/e/kestrel`)
  await page.getByText('Kestrel Robotics').first().waitFor()
  await page.getByRole('heading', { name: 'One thing waits for you' }).waitFor()
  const elsewhere = page.getByRole('region', { name: 'At Meridian Data' })
  await elsewhere.getByText('Overkant Papier BV').waitFor()
  await elsewhere.getByText(/^Your place for Flow is held/).waitFor()
  await accessible(page, 'home of somebody in two ecosystems')
  await elsewhere.getByRole('button', { name: 'Add contact' }).click()
  await page.waitForURL(`${s.url}/e/meridian/deals/${id}?do=evidence`)
  // Nobody claims a contact by leaving the sheet as it opens.
  await inSheet(page).getByRole('button', { name: 'Add contact' }).click()
  await inSheet(page).getByText('Enter the day on which you spoke').waitFor()
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.type === 'date')
  await accessible(page, 'a contact without its day')
  await inSheet(page)
    .getByLabel('Date')
    .fill(new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10))
  await inSheet(page).getByRole('button', { name: 'Add contact' }).click()
  await page.getByText('Protected', { exact: true }).first().waitFor()
  await page.goto(`${s.url}/e/kestrel`)
  await page
    .getByRole('button', { name: /Kestrel Robotics/ })
    .first()
    .click()
  await page.getByText('Meridian Data').first().click()
  await page.waitForURL(/\/e\/meridian/)
  await page.getByText('Meridian Data').first().waitFor()
})

test('a product is named by its name from the first, never by its code', async () => {
  await s.w.as('pat').deals.save_draft({ customer: 'Namenlos AG', country: 'DE', product: 'lens' })
  const page = await s.window('pat@brightpath.example')
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/api/products**', async (route) => {
    await released
    await route.continue()
  })
  // Either may leave first.
  const asked = page.waitForRequest(/\/api\/products/)
  await Promise.all([asked, page.waitForResponse(/\/api\/inbox/), page.goto(`${s.url}/e/meridian`)])
  await page.getByText('Namenlos AG').waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /\blens\b/)
  release()
  await page.getByText('A draft for Lens waits to be registered').waitFor()
})

test('the portal in Arabic reads from right to left and is accessible', async () => {
  await s.w.as('pat').identity.update_me({ locale: 'ar' })
  const page = await s.window('pat@brightpath.example', { locale: 'ar' })
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await page.locator('form').waitFor()
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
  await accessible(page, 'deal form in Arabic')
  await picture(page, 'deal-form-arabic')
  await s.w.as('pat').identity.update_me({ locale: 'en' })
})

test('the rules of engagement are read without signing in', async () => {
  const page = await s.window(null)
  await page.goto(`${s.url}/e/meridian/rules`)
  await page.getByText('Discretion').first().waitFor()
  await accessible(page, 'rules of engagement')
  await picture(page, 'rules-of-engagement')
})
