import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { uuidv7 } from '../../kernel/ids.ts'
import { NORDWIND } from '../../modules/deals/demo.ts'
import { accessible, becomes, button, inSheet, picture, type Stage, stage } from './stage.ts'

let s: Stage
let phone: Page
before(async () => {
  s = await stage()
  for (const name of ['Kurz AG', 'Lang AG', 'Breit AG']) await register(name)
  phone = await s.window('vera@meridian.example', { phone: true })
})

const bar = (page: Page) => page.locator('.bulk')
const register = (customer: string) =>
  s.w.as('pat').deals.register({
    customer,
    country: 'AT',
    product: 'flow',
    amount_minor: 40_000_000,
    currency: 'EUR',
    closes_on: `${new Date().getUTCFullYear() + 1}-05`,
    evidence_on: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10),
  })

/** A finger that rests on something, as the browser hears it. */
async function press(page: Page, text: string): Promise<void> {
  // What still loads would move what the finger rests on.
  await page.getByText(text).first().waitFor()
  await page.waitForLoadState('networkidle')
  const box = await page.getByText(text).first().boundingBox()
  assert.ok(box)
  const finger = await page.context().newCDPSession(page)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + 12, y: box.y + 8 }] })
  await page.waitForTimeout(1200)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

test('on a phone rows are selected by a long press, and what can be done stands below them', async () => {
  await phone.goto(`${s.url}/e/meridian/deals`)
  await press(phone, 'Breit AG')
  await bar(phone).getByText('1 selected').waitFor()
  // A tap now selects; it opens nothing.
  await phone.getByText('Lang AG').tap()
  await bar(phone).getByText('2 selected').waitFor()
  assert.match(phone.url(), /\/deals$/)
  await accessible(phone, 'deals selected on a phone')
  await picture(phone, 'phone-selected')
  await bar(phone).getByRole('button', { name: 'Approve' }).click()
  await inSheet(phone).getByRole('button', { name: 'Approve (2)' }).click()
  await phone.getByText('2 deals approved').waitFor()
  await picture(phone, 'phone-held')
  await phone.getByRole('button', { name: 'Undo' }).tap()
  await bar(phone).getByText('2 selected').waitFor()
  assert.equal((await s.w.as('carl').deals.list({ q: 'AG', review: ['approved'] })).items.length, 0)
  await bar(phone).getByRole('button', { name: 'Close' }).tap()
  await phone.getByText('Lang AG').tap()
  await phone.waitForURL(/\/deals\/[0-9a-f-]{36}$/)
})

test('the same by a button, for all rows; filters and order are in a sheet and in the address', async () => {
  await phone.goto(`${s.url}/e/meridian/deals`)
  await phone.getByText('Breit AG').waitFor()
  await button(phone, 'Select').tap()
  await bar(phone).getByText('0 selected').waitFor()
  await bar(phone).getByRole('button', { name: 'Select all rows shown' }).tap()
  await bar(phone).getByText('3 selected').waitFor()
  await button(phone, 'Select').tap()
  await bar(phone).waitFor({ state: 'hidden' })
  await button(phone, 'Filter').tap()
  await inSheet(phone).getByText('Under review', { exact: true }).tap()
  await inSheet(phone).getByLabel('Order').selectOption('Value, falling')
  await accessible(phone, 'filters on a phone')
  await picture(phone, 'phone-filters')
  await button(phone, 'Show rows').tap()
  await phone.waitForURL(/review=under_review&sort=-amount/)
  await button(phone, 'Filter · 1').waitFor()
})

test('a card leaves out what is empty, and a row without a page opens in a sheet', async () => {
  await s.w.as('vera').accounts.create({ name: 'Ohne Land und Leute', country: null })
  await phone.goto(`${s.url}/e/meridian/accounts?q=Ohne`)
  const card = phone.getByRole('listitem').filter({ hasText: 'Ohne Land und Leute' })
  assert.doesNotMatch(await card.innerText(), /–/)
  await s.w.settle()
  await phone.goto(`${s.url}/e/meridian/settings/mails`)
  await phone.locator('.cards .card').first().tap()
  await inSheet(phone).locator('iframe, p').first().waitFor()
  await accessible(phone, 'a mail on a phone')
})

test('by keys: a row is looked at, selected and left; a view of one’s own keeps its order', async () => {
  const page = await s.window('vera@meridian.example')
  await page.goto(`${s.url}/e/meridian/deals`)
  await page.getByText('Kurz AG').waitFor()
  for (const key of ['j', 'j', 'x']) await page.keyboard.press(key)
  await bar(page).getByText('1 selected').waitFor()
  await page.keyboard.press(' ')
  await page.locator('.peek').getByRole('button', { name: 'Open' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.peek').waitFor({ state: 'hidden' })
  // A ticked box takes the Space for itself.
  await page.getByLabel('Select Kurz AG').focus()
  await page.keyboard.press(' ')
  assert.equal(await page.locator('.peek').count(), 0)
  await page.getByRole('button', { name: 'Value' }).click()
  await page.waitForURL(/sort=amount/)
  await button(page, 'Keep this view').click()
  await page.getByLabel('Name of the view').fill('Smallest first')
  await button(page, 'Keep').click()
  await button(page, 'All').click()
  await page.getByRole('button', { name: 'Value' }).click()
  await page.getByRole('button', { name: 'Value' }).click()
  await button(page, 'Smallest first').click()
  await page.waitForURL(/sort=amount/)
  await becomes(() => button(page, 'Smallest first').getAttribute('aria-pressed'), 'true')
  await page.goto(`${s.url}/e/meridian/settings/products`)
  await page.getByRole('button', { name: 'Code' }).click()
  await page.getByRole('button', { name: 'Code' }).click()
  const { items } = await s.w.as('vera').ecosystems.list_products({ limit: 100 })
  const falling = items
    .map(({ code }) => code)
    .sort()
    .reverse()
  await becomes(() => page.locator('.ledger tbody tr td:nth-child(2)').allInnerTexts(), falling)
})

test('on the board a deal is moved by its menu, and taken back', async () => {
  const { items } = await s.w.as('carl').deals.list({ q: 'Lang' })
  const [deal] = items
  assert.ok(deal)
  await s.w.as('carl').deals.approve({ id: deal.id })
  const pat = await s.window('pat@brightpath.example')
  await pat.goto(`${s.url}/e/meridian/deals/board`)
  const column = (name: RegExp) => pat.getByRole('region', { name })
  await column(/^Open/).getByText('Lang AG').waitFor()
  await pat.getByRole('button', { name: 'Move Lang AG' }).click({ force: true })
  await pat.getByRole('menuitem', { name: 'Qualified' }).click()
  await column(/^Qualified/)
    .getByText('Lang AG')
    .waitFor()
  // What is pointed at stays, however long this takes.
  const told = pat.getByRole('region', { name: 'What was just done' })
  await told.getByRole('button').first().hover()
  await accessible(pat, 'a board after a move')
  await picture(pat, 'board-moved')
  const stageOf = async () => (await s.w.as('carl').deals.get({ id: deal.id })).stage
  await becomes(stageOf, 'qualified')
  await pat.keyboard.press('Control+z')
  await column(/^Open/).getByText('Lang AG').waitFor()
  await becomes(stageOf, 'open')
  // From committed the stages know no step back to open: the move is held back instead.
  await pat.getByRole('button', { name: 'Move Lang AG' }).click({ force: true })
  await pat.getByRole('menuitem', { name: 'Committed' }).click()
  await column(/^Committed/)
    .getByText('Lang AG')
    .waitFor()
  assert.equal(await stageOf(), 'open')
  await pat.keyboard.press('Control+z')
  await column(/^Open/).getByText('Lang AG').waitFor()
  await pat.getByRole('button', { name: 'Move Lang AG' }).click({ force: true })
  await pat.getByRole('menuitem', { name: 'Committed' }).click()
  await told.getByRole('button', { name: 'Close' }).last().click()
  await becomes(stageOf, 'committed')
  await column(/^Committed/)
    .getByText('Lang AG')
    .waitFor()
})

test('what is found, why a rule decided and the usual rules are told in the reader’s words', async () => {
  await s.w.as('vera').identity.update_me({ locale: 'de' })
  const page = await s.window('vera@meridian.example', { locale: 'de' })
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Brightpath')
  const found = page.getByRole('option').filter({ hasText: 'Brightpath' }).first()
  await found.getByText(/Systemhaus/).waitFor()
  await found.getByText(/Niederlande/).waitFor()
  await page.getByRole('combobox').fill('Kurz AG')
  await page.getByRole('option').filter({ hasText: 'D-' }).getByText(/Flow/).waitFor()
  await accessible(page, 'the palette with records')
  await picture(page, 'palette-words')
  await page.goto(`${s.url}/e/meridian/rule-documents?new=1`)
  await inSheet(page).getByRole('button', { name: 'Beginnen' }).click()
  await page.waitForURL(/do=edit/)
  await page.getByText('Der Partner ist nicht aktiv').first().waitFor()
  // What nobody changes is kept as it is and told to everybody in their own language; what somebody writes stays as they wrote it.
  await page.goto(`${s.url}/e/meridian/rule-documents?new=engagement`)
  await inSheet(page).getByRole('button', { name: 'Beginnen' }).click()
  await page.waitForURL(/do=edit/)
  await becomes(() => page.getByLabel('Titel', { exact: true }).inputValue(), 'Spielregeln')
  const title = (number: number) => page.getByLabel(`Titel von Klausel ${number}`, { exact: true })
  await title(2).fill('Der Schutz')
  await title(3).fill('Ein Irrtum')
  await title(3).fill('Benannte Kunden')
  await accessible(page, 'the usual clauses in German')
  await picture(page, 'clauses-german')
  await button(page, 'Speichern und erproben').click()
  await button(page, 'Veröffentlichen').click()
  await inSheet(page).getByRole('button', { name: 'Veröffentlichen' }).click()
  await page.getByText('In Kraft', { exact: true }).first().waitFor()
  const kept = await s.w.as('vera').decisions.engagement_rules({ slug: 'meridian' })
  assert.deepEqual(
    [kept.title, ...kept.clauses.slice(0, 3).map((one) => one.title)],
    ['Rules of engagement', 'Place in the queue', 'Der Schutz', 'Named accounts'],
  )
  const deal = await s.w.as('amira').deals.register({
    customer: 'Najd Industries',
    country: 'SA',
    product: 'flow',
    amount_minor: 45_000_000,
    currency: 'EUR',
    closes_on: `${new Date().getUTCFullYear() + 1}-05`,
    route: 'resale',
    evidence_on: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10),
  })
  // The host reads the same words as among the facts, and what a row would have held for.
  await page.goto(`${s.url}/e/meridian/deals/${deal.id}`)
  const why = page.getByRole('complementary', { name: 'Warum' })
  await why.getByText('Wiederverkauf', { exact: true }).waitFor()
  await why.getByText(/450\.000\D+ > 250\.000/).waitFor()
  await why.getByText(/trafen nicht zu/).click()
  await why.getByText(/Art: Neu \(gilt für: .?Ausschreibung/).waitFor()
  await accessible(page, 'why a rule decided, in German')
  await picture(page, 'why-german')
  const amira = await s.window('amira@madar.example', { locale: 'ar' })
  await amira.goto(`${s.url}/e/meridian/deals/${deal.id}`)
  await amira.getByText('القيمة أعلى من').first().waitFor()
  await amira.getByRole('complementary').getByText('إعادة بيع', { exact: true }).waitFor()
  await accessible(amira, 'a decision in Arabic')
  await picture(amira, 'why-arabic')
  // A refusal's own reasons, too, and the day on which the scope ends.
  await s.w
    .as('pat')
    .deals.register({ ...NORDWIND, evidence_on: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10) })
  const refused = await s.w.as('amira').deals.register({ ...NORDWIND, amount_minor: 9_000_000, discount_asked_bps: 750 })
  await amira.goto(`${s.url}/e/meridian/deals/${refused.id}`)
  await amira.getByText('النطاق محمي').first().waitFor()
  assert.doesNotMatch(await amira.locator('main').innerText(), /The scope|Registrations|Decision on/)
  await amira.goto(`${s.url}/e/meridian/rules`)
  await amira.getByRole('heading', { name: 'قواعد التعامل' }).waitFor()
  await amira.getByRole('heading', { name: 'الترتيب في الدور' }).waitFor()
  await amira.getByRole('heading', { name: 'Der Schutz' }).waitFor()
  await accessible(amira, 'the rules in Arabic')
  await picture(amira, 'rules-arabic')
})

test('a filter is a menu of ticks that stays open, and what is ticked stands in the address', async () => {
  const page = await s.window('pat@brightpath.example')
  await page.goto(`${s.url}/e/meridian/deals`)
  await button(page, 'Review').click()
  const tick = page.getByRole('menuitemcheckbox', { name: 'Under review' })
  await tick.click()
  await page.waitForURL(/review=under_review/)
  await page.getByRole('menuitemcheckbox', { name: 'Under review', checked: true }).waitFor()
  await accessible(page, 'an open filter')
  await picture(page, 'filter-open')
  await tick.click()
  await page.waitForURL((url) => !url.searchParams.has('review'))
})

test('work that was given up is read in the settings with its tries, and replayed or dismissed there', async () => {
  await s.w.as('vera').identity.update_me({ locale: 'en' })
  const page = await s.window('vera@meridian.example', { dark: true })
  const path = `${s.url}/e/meridian/settings/work`
  await page.goto(path)
  await page.getByText('All work is done').waitFor()
  await accessible(page, 'no parked work')
  await picture(page, 'work-none')
  const park = (job: string, reason: string) =>
    s.w.owner(
      'insert into parked_jobs (tenant_id, id, job, ref, reason, tries, parked_at) values ($1, $2, $3, $4, $5, 6, now())',
      [s.w.tenants.meridian, uuidv7(), job, JSON.stringify({ mail_id: uuidv7() }), reason],
    )
  await park('mail.send', 'connect ECONNREFUSED 10.0.0.7:25')
  await park('nobody.knows', 'There is no job nobody.knows')
  await page.goto(path)
  await page.getByRole('row', { name: /Send a mail.*did not answer.*ECONNREFUSED.*6/ }).waitFor()
  await accessible(page, 'parked work in the dark')
  await picture(page, 'work-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await accessible(page, 'parked work')
  await picture(page, 'work')
  await phone.goto(path)
  await button(phone, 'Replay: Send a mail').waitFor()
  await accessible(phone, 'parked work on a phone')
  await picture(phone, 'work-phone')
  await button(page, 'Replay: Send a mail').click()
  await page.getByText('Send a mail: back in the queue').waitFor()
  await page.getByRole('row', { name: /Send a mail/ }).waitFor({ state: 'detached' })
  // What is on the phone is old by now: a second press is refused in words.
  await button(phone, 'Replay: Send a mail').tap()
  await phone.getByText('back in the queue already').waitFor()
  await button(phone, 'Replay: Send a mail').waitFor({ state: 'detached' })
  await s.w.settle()
  const waiting = await s.w.as('vera').ecosystems.parked_jobs()
  assert.deepEqual(
    waiting.items.map(({ job }) => job),
    ['nobody.knows'],
  )
  // Nobody is asked why; the phone that still shows it is told.
  await button(page, 'Dismiss: nobody.knows').click()
  await inSheet(page).getByText('will not be done').waitFor()
  await accessible(page, 'dismissing parked work')
  await picture(page, 'work-dismiss')
  await inSheet(page).getByRole('button', { name: 'Dismiss', exact: true }).click()
  await page.getByText('nobody.knows: dismissed').waitFor()
  await page.getByText('All work is done').waitFor()
  await button(phone, 'Dismiss: nobody.knows').tap()
  await picture(phone, 'work-dismiss-phone')
  await inSheet(phone).getByRole('button', { name: 'Dismiss', exact: true }).tap()
  await phone.getByText('was dismissed already').waitFor()
  await phone.getByText('All work is done').waitFor()
})
