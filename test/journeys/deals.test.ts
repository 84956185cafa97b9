import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { accessible, becomes, inSheet, picture, type Stage, stage } from './stage.ts'

let s: Stage
before(async () => {
  s = await stage()
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const nextYear = String(new Date().getUTCFullYear() + 1)

interface Typed {
  customer: string
  product: string
  value: string
  evidence?: boolean
}

async function choose(page: Page, label: string, words: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: words }).first().click()
}

/** Fills the deal form as somebody would who has the customer in mind. */
async function fill(page: Page, { customer, product, value, evidence = true }: Typed): Promise<void> {
  await page.getByLabel('Customer', { exact: true }).fill(customer)
  await page.getByRole('combobox', { name: 'Country' }).fill('Germ')
  await page.getByRole('option', { name: 'Germany' }).click()
  await page.getByText(product, { exact: true }).click()
  await page.getByLabel('Value', { exact: true }).fill(value)
  await choose(page, 'Expected close', nextYear)
  if (evidence) await page.getByLabel('Date', { exact: true }).fill(daysAgo(5))
}

const send = async (page: Page) => {
  await page.getByRole('button', { name: 'Register deal' }).click()
  await page.waitForURL(/\/deals\/[0-9a-f-]{36}/)
}
const words = (page: Page) => page.locator('main').innerText()

test('Pat registers a deal on a phone within 45 seconds and is protected', async () => {
  const page = await s.window('pat@brightpath.example', { phone: true })
  await page.goto(`${s.url}/e/meridian`)
  await accessible(page, 'portal home on a phone')
  const start = Date.now()
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await fill(page, { customer: 'nordwind.example', product: 'Flow', value: '184k' })
  await picture(page, 'deal-form-phone')
  await accessible(page, 'deal form on a phone')
  await send(page)
  await page.getByText('Protected', { exact: true }).first().waitFor()
  const seconds = (Date.now() - start) / 1000
  console.log(`registered and protected in ${seconds.toFixed(1)} s`)
  assert.ok(seconds < 45, `it took ${seconds} s`)
  await accessible(page, 'deal record on a phone')
  await picture(page, 'deal-record-phone')
})

test('a country outside the territory warns in the form and on the record, and is protected all the same', async () => {
  const page = await s.window('pat@brightpath.example')
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await fill(page, { customer: 'prairiewind.example', product: 'Lens', value: '40k' })
  const warning = page.getByText(/is outside your territory\. You may register it all the same/)
  assert.equal(await warning.count(), 0)
  await page.getByRole('combobox', { name: 'Country' }).fill('United States')
  await page.getByRole('option', { name: 'United States', exact: true }).click()
  await warning.waitFor()
  await accessible(page, 'deal form out of territory')
  await picture(page, 'deal-form-territory')
  await send(page)
  await page.getByText('Protected', { exact: true }).first().waitFor()
  await page.getByText('Outside your territory', { exact: true }).waitFor()
  const why = page.getByRole('complementary', { name: 'Why' })
  await why.getByText("Outside the partner's territory: a note, never a refusal").waitFor()
  await why.getByText('Nothing in the rules held it back, so it was approved.').waitFor()
  await accessible(page, 'deal record out of territory')
  await picture(page, 'deal-record-territory')
})

test('the host finds the registrations outside a territory by a filter in the address, and is reminded where it would refuse one', async () => {
  const deal = await s.w.as('pat').deals.register({
    customer: 'Great Plains Mills',
    country: 'US',
    product: 'flow',
    amount_minor: 45_000_000,
    currency: 'EUR',
    closes_on: `${new Date().getUTCFullYear() + 1}-05`,
    evidence_on: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10),
  })
  for (const [look, name] of [
    [{ dark: true }, 'dark'],
    [{ phone: true }, 'phone'],
  ] as const) {
    const page = await s.window('carl@meridian.example', look)
    await page.goto(`${s.url}/e/meridian/deals`)
    await page.getByRole('button', { name: name === 'phone' ? 'Filter' : 'Territory' }).click()
    await page.getByText('Outside', { exact: true }).click()
    await page.waitForURL(/out_of_territory=true/)
    await picture(page, `deals-territory-filter-${name}`)
    await page.keyboard.press('Escape')
    await page.getByText('Great Plains Mills').first().waitFor()
    await page.getByText('Nordwind', { exact: false }).first().waitFor({ state: 'detached' })
    await accessible(page, `deals outside the territory, ${name}`)
    await picture(page, `deals-territory-${name}`)
    if (name === 'dark') {
      await page.getByLabel('Select Great Plains Mills').first().click()
      await page.getByRole('button', { name: 'Reject' }).click()
      await inSheet(page).getByText('Great Plains Mills is outside the partner’s territory. That is no reason').waitFor()
      await accessible(page, 'refusing several outside the territory')
      await picture(page, 'reject-several-territory')
    }
    await page.goto(`${s.url}/e/meridian/deals/${deal.id}`)
    await page.getByText('Outside the partner’s territory', { exact: true }).waitFor()
    await picture(page, `deal-outside-${name}`)
    await page.getByRole('button', { name: 'Reject' }).click()
    await inSheet(page).getByText('United States is outside the partner’s territory. That is no reason to refuse').waitFor()
    await accessible(page, `refusing outside the territory, ${name}`)
    await picture(page, `reject-territory-${name}`)
  }
})

test('a draft that names no customer is named in the language of its reader', async () => {
  await s.w.as('amira').deals.save_draft({ country: 'SA' })
  const amira = await s.window('amira@madar.example', { locale: 'ar' })
  await amira.getByText('عميل لم يُسمَّ بعد').first().waitFor()
  await amira.goto(`${s.url}/e/meridian/deals`)
  await amira.getByText('عميل لم يُسمَّ بعد').first().waitFor()
  await accessible(amira, 'an unnamed draft in Arabic')
  await picture(amira, 'draft-unnamed-arabic')
  const { id } = await s.w.as('pat').deals.save_draft({ country: 'DE' })
  await s.w.as('vera').identity.update_me({ locale: 'de' })
  const vera = await s.window('vera@meridian.example', { locale: 'de', phone: true })
  await vera.goto(`${s.url}/e/meridian/deals/${id}`)
  await vera.getByRole('heading', { level: 1, name: 'Noch ohne Kundennamen' }).waitFor()
  for (const page of [amira, vera]) assert.doesNotMatch(await page.locator('body').innerText(), /Unnamed customer/)
})

test('what is missing is shown at its field, and the focus stands at the first of them', async () => {
  const page = await s.window('rivka@rivertech.example', { phone: true })
  await page.goto(`${s.url}/e/meridian/deals/new`)
  const stands = (path: string) => page.waitForFunction((at) => document.activeElement?.getAttribute('data-path') === at, path)
  await page.getByRole('button', { name: 'Register deal' }).click()
  await stands('customer')
  await page.getByLabel('Customer', { exact: true }).fill('Nirgendwo GmbH')
  await page.getByRole('button', { name: 'Register deal' }).click()
  // The list of countries opens where the focus arrives; it is told of as part of its field.
  await stands('country')
  await page.getByRole('option', { name: 'Albania' }).waitFor()
  await accessible(page, 'the list of countries')
  await page.getByRole('combobox', { name: 'Country' }).fill('Germ')
  await page.getByRole('option', { name: 'Germany' }).click()
  await page.getByRole('button', { name: 'Register deal' }).click()
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'product')
})

test('Rivka is refused fairly, is offered the free scope and takes it', async () => {
  const page = await s.window('rivka@rivertech.example')
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await fill(page, { customer: 'www.nordwind.example', product: 'Flow', value: '90,000' })
  await send(page)
  await page.getByText('Not approved', { exact: true }).first().waitFor()
  await page
    .getByText(/Clause 1/)
    .first()
    .waitFor()
  const told = await words(page)
  for (const secret of ['Brightpath', '184', 'Pat']) assert.ok(!told.includes(secret), `${secret} is told`)
  await accessible(page, 'refused deal')
  await picture(page, 'deal-refused')
  await page.getByRole('button', { name: 'Register Guard' }).click()
  await page.getByLabel('Value', { exact: true }).fill('60k')
  await choose(page, 'Expected close', nextYear)
  await page.getByLabel('Date', { exact: true }).fill(daysAgo(3))
  await send(page)
  await page.getByText('Protected', { exact: true }).first().waitFor()
})

test('Carl sees the two registrations joined, and the Why with every fact', async () => {
  const page = await s.window('carl@meridian.example')
  await page.goto(`${s.url}/e/meridian/deals?review=rejected`)
  await accessible(page, 'console deal list')
  await picture(page, 'console-deals')
  await page.getByText('Nordwind').first().click()
  await page.getByText('Brightpath').first().waitFor()
  const { items } = await s.w.as('carl').deals.list({ review: ['rejected'] })
  await page.goto(`${s.url}/e/meridian/deals/${items[0]?.id}`)
  await page.getByText('registered the same scope').waitFor()
  await accessible(page, 'deal record in the console')
  await picture(page, 'console-deal')
  // From the deal the host goes on to the firm that registered it.
  await page.locator('.facts').getByRole('link', { name: 'Rivertech' }).click()
  await page.getByRole('heading', { name: 'Rivertech', level: 1 }).waitFor()
  await page.goBack()
  const dark = await s.window('carl@meridian.example', { dark: true })
  await dark.goto(`${s.url}/e/meridian/deals/${items[0]?.id}`)
  await dark.getByText('registered the same scope').waitFor()
  await accessible(dark, 'deal record in the dark')
  await picture(dark, 'console-deal-dark')
})

test('without a connection the form says so, sends nothing unseen, and is sent once however often it is tried', async () => {
  const page = await s.window('pat@brightpath.example', { phone: true })
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await fill(page, { customer: 'funkloch.example', product: 'Lens', value: '31k' })
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Register deal' }).click()
  await page.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).waitFor()
  await page.context().setOffline(false)
  // The server got it, and its answer was lost on the way.
  await page.route('**/api/deals', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'Register deal' }).click()
  await page.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).waitFor()
  await page.unroute('**/api/deals')
  await page.reload()
  await page.getByText('We kept what you had typed').waitFor()
  await send(page)
  await page.getByText('Protected', { exact: true }).first().waitFor()
  const { items } = await s.w.as('pat').deals.list({ q: 'Funkloch' })
  assert.equal(items.length, 1)
})

test('who registers the same again is led to what they have', async () => {
  const page = await s.window('pat@brightpath.example', { phone: true })
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await fill(page, { customer: 'nordwind.example', product: 'Flow', value: '184k' })
  await send(page)
  await page.getByText('Not approved', { exact: true }).first().waitFor()
  const [why, facts] = await Promise.all(
    ['complementary', 'region'].map((role) =>
      page
        .getByRole(role as 'region')
        .last()
        .boundingBox(),
    ),
  )
  assert.ok((why?.y ?? 0) < (facts?.y ?? 0), 'on a phone the reason stands before the rest')
  await accessible(page, 'a registration made twice')
  await picture(page, 'deal-twice-phone')
  await page.getByRole('button', { name: 'Open it' }).click()
  await page.getByText('Protected', { exact: true }).first().waitFor()
  // What is not there leads on, too.
  await page.goto(`${s.url}/e/meridian/deals/${'1'.repeat(8)}-1111-7111-8111-${'1'.repeat(12)}`)
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
  await page.getByRole('button', { name: 'Go to Home' }).click()
  await page.waitForURL(`${s.url}/e/meridian`)
})

test('a kept draft opens in its form at once, with no month that nobody chose, and is registered from there', async () => {
  const page = await s.window('pat@brightpath.example', { phone: true })
  await page.goto(`${s.url}/e/meridian/deals/new`)
  await page.getByLabel('Customer', { exact: true }).fill('Aufgehoben AG')
  await page.getByLabel('Value', { exact: true }).fill('45k')
  await page.getByText('Lens', { exact: true }).click()
  await page.getByRole('button', { name: 'Keep for later' }).click()
  await page.waitForURL(/\/deals$/)
  await page.goto(`${s.url}/e/meridian`)
  const row = page.locator('.inbox li').filter({ hasText: 'Aufgehoben AG' })
  await row.getByRole('button', { name: 'Go on' }).click()
  const field = (name: string) => page.getByLabel(name, { exact: true }).first()
  await page.getByLabel('Customer', { exact: true }).waitFor()
  await becomes(() => field('Customer').inputValue(), 'Aufgehoben AG')
  await becomes(() => field('Value').inputValue(), '45,000')
  await becomes(() => page.getByRole('radio', { name: 'Lens' }).isChecked(), true)
  for (const empty of ['Expected close', 'Country']) assert.equal(await field(empty).inputValue(), '', empty)
  await accessible(page, 'a draft on a phone')
  await picture(page, 'deal-draft-phone')
  await page.getByRole('combobox', { name: 'Country' }).fill('Germ')
  await page.getByRole('option', { name: 'Germany' }).click()
  await choose(page, 'Expected close', nextYear)
  await page.getByLabel('Date', { exact: true }).fill(daysAgo(5))
  await page.getByRole('button', { name: 'Register deal' }).click()
  await page.getByText('Protected', { exact: true }).first().waitFor()
  await page.getByRole('heading', { name: 'Aufgehoben AG', level: 1 }).waitFor()
})

test('a draft that names no value yet has none on the page of its partner either', async () => {
  const { partner_id } = await s.w.as('pat').deals.save_draft({ customer: 'Ohne Wert AG' })
  const carl = await s.window('carl@meridian.example')
  await carl.goto(`${s.url}/e/meridian/partners/${partner_id}`)
  const line = carl.locator('.tally li').filter({ hasText: 'Ohne Wert AG' })
  await line.getByText('Draft').waitFor()
  assert.match(await line.innerText(), /–/)
  assert.doesNotMatch(await line.innerText(), /0[.,]01/)
})

// Before time passes: the browser's own clock stays where it is.
test('a deal is registered by keyboard alone', async () => {
  const page = await s.window('pat@brightpath.example')
  await page.goto(`${s.url}/e/meridian/deals/new`)
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await page.getByLabel('Customer', { exact: true }).waitFor()
  const there = () => page.getByLabel('Customer', { exact: true }).evaluate((field) => field === document.activeElement)
  for (let tabs = 0; tabs < 30 && !(await there()); tabs += 1) await press('Tab')
  // A person goes on when the page shows what they did.
  await page.getByText('Flow', { exact: true }).waitFor()
  await page.keyboard.type('tastatur.de')
  await press('Tab')
  // The site told the country.
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((field) => field.value === 'Germany'))
  await press('Tab', 'Space', 'Tab')
  await page.keyboard.type('25k')
  await press('Tab', 'Tab', 'ArrowDown')
  await page.getByRole('option', { name: nextYear }).first().waitFor()
  await press('ArrowDown', 'Enter')
  await page.getByRole('option', { name: nextYear }).first().waitFor({ state: 'hidden' })
  // Enter in a text field sends the form.
  await press('Shift+Tab', 'Shift+Tab', 'Enter')
  await page.waitForURL(/\/deals\/[0-9a-f-]{36}/)
  await page.getByRole('heading', { name: 'Tastatur' }).waitFor()
})

test('a missed clock protects by rule, and the deal says so', async () => {
  const deal = await s.w.as('pat').deals.register({
    customer: 'Aurelia Versicherung AG',
    country: 'AT',
    product: 'lens',
    amount_minor: 31_000_000,
    currency: 'EUR',
    closes_on: `${nextYear}-06`,
    evidence_on: daysAgo(4),
    discount_asked_bps: 800,
  })
  const carl = await s.window('carl@meridian.example')
  await carl.goto(`${s.url}/e/meridian`)
  await carl.getByText('Aurelia Versicherung AG').first().waitFor()
  await accessible(carl, 'console home')
  await picture(carl, 'console-home')
  await s.w.advance({ days: 7 })
  const pat = await s.window('pat@brightpath.example')
  await pat.goto(`${s.url}/e/meridian/deals/${deal.id}`)
  await pat.getByText('Protected', { exact: true }).first().waitFor()
  await pat
    .getByText(/Clause 7/)
    .first()
    .waitFor()
  await picture(pat, 'deal-missed-clock')
})

test('a protection that ends is shown as ended', async () => {
  const deal = await s.w.as('pat').deals.register({
    customer: 'Kolibri Foods',
    country: 'DE',
    product: 'lake',
    amount_minor: 5_000_000,
    currency: 'EUR',
    closes_on: `${nextYear}-08`,
    evidence_on: daysAgo(4),
  })
  await s.w.advance({ days: 95 })
  const page = await s.window('pat@brightpath.example')
  await page.goto(`${s.url}/e/meridian/deals/${deal.id}`)
  await page.getByText('Protection ended', { exact: true }).first().waitFor()
})

test('the form begins with the only product that there is, and the currency in which the firm sells', async () => {
  const vera = s.w.as('vera')
  const { items } = await vera.ecosystems.list_products({ state: 'active', limit: 100 })
  for (const { code, name, family } of items)
    if (code !== 'flow') await vera.ecosystems.save_product({ code, name, family, state: 'retired' })
  // An American firm without a deal, then the same after one in pounds.
  const grace = await s.window('grace@lakehurst.example')
  const begins = async (currency: string) => {
    await grace.goto(`${s.url}/e/meridian/deals/new`)
    await becomes(() => grace.getByRole('radio', { name: 'Flow' }).isChecked(), true)
    await becomes(() => grace.getByRole('combobox', { name: 'Currency' }).inputValue(), currency)
  }
  await begins('USD')
  const place = { customer: 'Pfund plc', country: 'GB', product: 'flow', amount_minor: 900_000, closes_on: `${nextYear}-08` }
  await s.w.as('grace').deals.register({ ...place, currency: 'GBP' })
  await begins('GBP')
})
