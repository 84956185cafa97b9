import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { REVIEW_TABLE } from '../../modules/deals/demo.ts'
import { PRICE_LIMITS } from '../../modules/deals/rules.ts'
import { accessible, becomes, button, inSheet, picture, type Stage, stage } from './stage.ts'

let s: Stage
let vera: Page
before(async () => {
  s = await stage()
  vera = await s.window('vera@meridian.example')
})

const told = (page: Page) => page.getByRole('region', { name: 'What was just done' })
const partner = async (q: string) => {
  const found = (await s.w.as('vera').partners.list({ q })).items[0]
  assert.ok(found)
  return s.w.as('vera').partners.get({ id: found.id })
}
const register = (customer: string, product: string) =>
  s.w.as('pat').deals.register({
    customer,
    country: 'AT',
    product,
    amount_minor: 40_000_000,
    currency: 'EUR',
    closes_on: `${new Date().getUTCFullYear() + 1}-05`,
    evidence_on: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10),
  })

test('what somebody else saved meanwhile is shown, and nothing typed is lost', async () => {
  const { id } = await partner('Sora')
  await vera.goto(`${s.url}/e/meridian/partners/${id}`)
  await button(vera, 'Edit').click()
  await vera.getByLabel('Phone').fill('+81 3 0000 0001')
  await vera.getByRole('combobox', { name: 'Executive sponsor' }).click()
  await vera.getByRole('option', { name: 'Elif' }).click()
  await button(vera, 'Add a field').click()
  await vera.getByLabel('Field', { exact: true }).fill('Segment owner')
  await vera.getByLabel('Value of Segment owner').fill('Tokyo desk')
  await s.w.as('kenji').partners.update({ id, phone: '+81 3 0000 0009', description: 'Integration in Tokyo and Osaka.' })
  await button(vera, 'Save').click()
  await vera.getByText('Somebody changed this while you had it open').waitFor()
  await vera.getByText('Phone is now: +81 3 0000 0009').waitFor()
  assert.equal(await vera.getByLabel('Phone').inputValue(), '+81 3 0000 0001')
  await becomes(() => vera.getByLabel('What they do').inputValue(), 'Integration in Tokyo and Osaka.')
  await accessible(vera, 'partner sheet after a change by somebody else')
  await picture(vera, 'meanwhile')
  await button(vera, 'Take it').click()
  await button(vera, 'Save').click()
  await inSheet(vera).waitFor({ state: 'hidden' })
  const after = await partner('Sora')
  assert.deepEqual(
    [after.phone, after.description, after.executive_sponsor_name, after.custom],
    ['+81 3 0000 0009', 'Integration in Tokyo and Osaka.', 'Elif', { 'Segment owner': 'Tokyo desk' }],
  )
})

test('a partner gets further regions by keyboard, and a colleague over there sees it', async () => {
  const { id } = await partner('Fjordkilde')
  await vera.goto(`${s.url}/e/meridian/partners/${id}`)
  await button(vera, 'Edit').click()
  const further = vera.getByRole('combobox', { name: 'Further regions' })
  for (const name of ['Sweden', 'Americas']) {
    await further.fill(name)
    await vera.getByRole('option', { name }).first().waitFor()
    await vera.keyboard.press('ArrowDown')
    await vera.keyboard.press('Enter')
  }
  await vera.keyboard.press('Escape')
  // The one that leads is not offered a second time.
  await further.fill('Norway')
  assert.equal(await vera.getByRole('option', { name: 'Norway' }).count(), 0)
  await further.fill('')
  await vera.getByLabel('Phone').click()
  await accessible(vera, 'partner sheet with regions')
  await picture(vera, 'partner-regions')
  await button(vera, 'Save').click()
  await inSheet(vera).waitFor({ state: 'hidden' })
  await vera.getByText('Norway, Sweden, Americas', { exact: true }).waitFor()
  const ana = await s.window('ana@meridian.example')
  await ana.goto(`${s.url}/e/meridian/partners/${id}`)
  await ana.getByRole('heading', { name: 'Fjordkilde' }).waitFor()
  await s.w.as('vera').partners.update({ id, more_regions: [] })
})

test('a firm, an opportunity, a rate and the look of the house keep what is typed, too, when somebody else saves first', async () => {
  const { id, version } = await partner('Pellworth')
  const arjun = await s.window('arjun@pellworth.example')
  await arjun.goto(`${s.url}/e/meridian/firm`)
  await button(arjun, 'Edit profile').click()
  await inSheet(arjun).getByLabel('Phone').fill('+44 20 7946 0001')
  await s.w.as('vera').partners.update({ id, phone: '+44 20 7946 0002', description: 'Advice for utilities.' }, { version })
  await inSheet(arjun).getByRole('button', { name: 'Save' }).click()
  await arjun.getByText('Phone is now: +44 20 7946 0002').waitFor()
  assert.equal(await inSheet(arjun).getByLabel('Phone').inputValue(), '+44 20 7946 0001')
  await becomes(() => inSheet(arjun).getByLabel('What you do').inputValue(), 'Advice for utilities.')
  await accessible(arjun, 'firm sheet after a change by somebody else')
  await picture(arjun, 'meanwhile-firm')
  await inSheet(arjun).getByRole('button', { name: 'Save' }).click()
  await inSheet(arjun).waitFor({ state: 'hidden' })
  assert.equal((await partner('Pellworth')).phone, '+44 20 7946 0001')
  const { items } = await s.w.as('vera').accounts.list_opportunities({ q: 'Vantor' })
  const [chance] = items
  assert.ok(chance)
  await vera.goto(`${s.url}/e/meridian/accounts/${chance.account_id}`)
  await vera.getByRole('button', { name: chance.name }).click()
  await inSheet(vera).getByLabel('Value').fill('410k')
  await s.w
    .as('vera')
    .accounts.update_opportunity({ id: chance.id, amount_minor: 42_000_000, currency: 'EUR', stage: 'Shortlist' })
  await button(vera, 'Save').click()
  await vera.getByText(/Value is now: 420.?000/).waitFor()
  await becomes(() => inSheet(vera).getByLabel('Stage').inputValue(), 'Shortlist')
  await button(vera, 'Take it').click()
  await button(vera, 'Save').click()
  await inSheet(vera).waitFor({ state: 'hidden' })
  // Of stage and outcome the one that was typed leads the other.
  const saved = async (stage: string) => {
    await vera.getByRole('button', { name: chance.name }).click()
    await inSheet(vera).getByLabel('Stage').fill(stage)
    await button(vera, 'Save').click()
    await inSheet(vera).waitFor({ state: 'hidden' })
    return (await s.w.as('vera').accounts.get_opportunity({ id: chance.id })).outcome
  }
  assert.deepEqual([await saved('Closed Lost'), await saved('Negotiation')], ['lost', null])
  await vera.goto(`${s.url}/e/meridian/settings/rates`)
  await button(vera, 'Enter rate').click()
  await inSheet(vera).getByRole('combobox', { name: 'Currency' }).click()
  await vera.getByRole('option', { name: 'GBP' }).click()
  await inSheet(vera).getByText('stands there now').waitFor()
  await inSheet(vera).getByRole('textbox', { name: 'Rate' }).fill('0.91')
  await s.w
    .as('vera')
    .ecosystems.save_rate({ kind: 'plan', currency: 'GBP', plan_year: new Date().getUTCFullYear(), rate: '0.93' })
  await button(vera, 'Save').click()
  await vera.getByText('Rate is now: 0.93').waitFor()
  await picture(vera, 'meanwhile-rate')
  await button(vera, 'Save').click()
  await inSheet(vera).waitFor({ state: 'hidden' })
  await vera.goto(`${s.url}/e/meridian/settings/branding`)
  const face = vera.getByLabel('Typeface')
  await face.fill('Inter')
  const { version: now } = await s.w.as('vera').ecosystems.get()
  await s.w.as('vera').ecosystems.update({ languages: ['en', 'de', 'ar'] }, { version: now })
  await button(vera, 'Save').click()
  await vera
    .getByRole('alert')
    .filter({ hasText: /changed/ })
    .first()
    .waitFor()
  assert.equal(await face.inputValue(), 'Inter')
  // The form is the same one: the keys are still where they were.
  await face.focus()
  await button(vera, 'Save').click()
  await vera.getByText('The look is saved').waitFor()
  assert.equal((await s.w.as('vera').ecosystems.get()).branding?.typeface, 'Inter')
})

test('several deals are decided with one reason, taken back in time, then sent; a refusal stops none of the others', async () => {
  await register('Sammel Eins GmbH', 'flow')
  await register('Sammel Zwei GmbH', 'flow')
  await register('Sammel Drei GmbH', 'flow')
  await vera.goto(`${s.url}/e/meridian/deals?q=Sammel`)
  await vera.getByText('Sammel Drei GmbH').waitFor()
  for (const name of ['Eins', 'Zwei', 'Drei']) await vera.getByLabel(`Select Sammel ${name} GmbH`).click()
  // Somebody else decides one of them before the sheet is sent.
  const { items } = await s.w.as('carl').deals.list({ q: 'Sammel Zwei' })
  await s.w.as('carl').deals.approve({ id: items[0]?.id ?? '' })
  await button(vera, 'Reject').click()
  await inSheet(vera).getByRole('combobox', { name: 'Reason' }).click()
  await vera.getByRole('option', { name: 'Not a genuine opportunity' }).click()
  await inSheet(vera).getByLabel('In your words').fill('We could not reach anybody there.')
  await accessible(vera, 'rejecting several deals')
  await picture(vera, 'bulk-reject')
  await inSheet(vera).getByRole('button', { name: 'Reject (3)' }).click()
  await vera.getByText('3 deals rejected').waitFor()
  await becomes(() => vera.getByText('Rejection goes out').count(), 3)
  // What is pointed at stays, however long this takes.
  await told(vera).getByRole('button').first().hover()
  await accessible(vera, 'a decision that can be taken back')
  await picture(vera, 'bulk-held')
  await vera.keyboard.press('Control+z')
  await vera.getByText('3 selected').waitFor()
  await becomes(() => vera.getByText('Rejection goes out').count(), 0)
  const rejected = async () => (await s.w.as('carl').deals.list({ q: 'Sammel', review: ['rejected'] })).items.length
  assert.equal(await rejected(), 0)
  // The words are still there, and closing what is said sends it at once.
  await button(vera, 'Reject').click()
  await becomes(() => inSheet(vera).getByLabel('In your words').inputValue(), 'We could not reach anybody there.')
  await inSheet(vera).getByRole('button', { name: 'Reject (3)' }).click()
  await told(vera).getByRole('button', { name: 'Close' }).click()
  await vera.getByRole('alert').getByText('Sammel Zwei GmbH · Brightpath stays as it was').waitFor()
  await accessible(vera, 'what became of several deals')
  await picture(vera, 'bulk-result')
  await vera.getByText('1 selected').waitFor()
  assert.equal(await rejected(), 2)
})

test('a decision is sent when its page is left before its time, and only once', async () => {
  const { id } = await register('Eilig und Söhne OG', 'flow')
  const page = await s.window('carl@meridian.example')
  await page.goto(`${s.url}/e/meridian/deals/${id}`)
  // What a decision still needs is said at its field, where the keys then stand.
  await button(page, 'Reject').click()
  await inSheet(page).getByRole('button', { name: 'Reject' }).click()
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true')
  const reason = inSheet(page).getByRole('combobox', { name: 'Reason' })
  await becomes(() => reason.evaluate((field) => field === document.activeElement), true)
  await page.keyboard.press('Escape')
  await inSheet(page).waitFor({ state: 'detached' })
  await button(page, 'Approve').click()
  await inSheet(page).getByLabel('Note to the partner').fill('Good luck in Graz.')
  await inSheet(page).getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Approval goes out').waitFor()
  assert.equal((await s.w.as('carl').deals.get({ id })).review, 'under_review')
  await accessible(page, 'a deal whose decision is on its way')
  await picture(page, 'deal-held')
  await page.close()
  await becomes(async () => (await s.w.as('carl').deals.get({ id })).review, 'approved')
  await s.w.settle()
  const { items } = await s.w.as('carl').deals.timeline({ id })
  assert.equal(items.filter(({ type }) => type === 'deals.approved').length, 1)
})

test('the inbox decides several at once, too', async () => {
  for (const name of ['Postfach Eins AG', 'Postfach Zwei AG']) await register(name, 'lens')
  const carl = await s.window('carl@meridian.example')
  await carl.goto(`${s.url}/e/meridian`)
  for (const name of ['Postfach Eins AG', 'Postfach Zwei AG']) await carl.getByLabel(`Select ${name}`).click()
  await accessible(carl, 'inbox with two rows selected')
  await picture(carl, 'inbox-bulk')
  await carl.locator('.bulk').getByRole('button', { name: 'Approve' }).click()
  await inSheet(carl).getByRole('button', { name: 'Approve (2)' }).click()
  // The rows go at once, and come back with the decision.
  await carl.getByLabel('Select Postfach Eins AG').waitFor({ state: 'hidden' })
  await told(carl).getByRole('button', { name: 'Undo' }).click()
  await carl.getByText('2 selected').waitFor()
  await carl.locator('.bulk').getByRole('button', { name: 'Approve' }).click()
  await inSheet(carl).getByRole('button', { name: 'Approve (2)' }).click()
  const approved = async () => (await s.w.as('carl').deals.list({ q: 'Postfach', review: ['approved'] })).items.length
  assert.equal(await approved(), 0)
  // Nobody does anything: it is sent by itself.
  await becomes(approved, 2)
  await becomes(() => carl.getByLabel('Select Postfach Eins AG').count(), 0)
})

test('several partners get a manager, and it is taken back', async () => {
  const before = await partner('Lakehurst')
  await vera.goto(`${s.url}/e/meridian/partners?q=La`)
  await vera.getByLabel('Select Lakehurst').click()
  await vera.locator('.bulk').getByRole('button', { name: 'Assign manager' }).click()
  await inSheet(vera).getByRole('combobox', { name: 'Channel manager' }).click()
  await vera.getByRole('option', { name: 'Kenji' }).click()
  await inSheet(vera)
    .getByRole('button', { name: /^Assign/ })
    .click()
  await inSheet(vera).getByText('All 1 done').waitFor()
  assert.equal((await partner('Lakehurst')).manager_name, 'Kenji')
  await inSheet(vera).getByRole('button', { name: 'Take back' }).click()
  await inSheet(vera).getByText('Taken back').waitFor()
  assert.equal((await partner('Lakehurst')).manager_id, before.manager_id)
})

test('a rule is drafted, changed without its text, replayed over history, published and retired', async () => {
  // By now the history holds cases that the changed row would decide otherwise.
  const { items } = await s.w.as('vera').decisions.list({ kind: 'deals.review', state: 'published' })
  await vera.goto(`${s.url}/e/meridian/rule-documents/${items[0]?.id}`)
  await vera.getByText('If the value at plan rate is more than €250,000').waitFor()
  await accessible(vera, 'rule in force')
  await picture(vera, 'rule-document')
  await button(vera, 'Draft new version').click()
  await button(vera, 'Change: The value is above 250,000 at plan rate').click()
  await vera.getByRole('textbox', { name: 'Value', exact: true }).fill('450k')
  await vera.getByLabel('What it is called').fill('The value is above 450,000 at plan rate')
  await accessible(vera, 'editing a rule')
  await picture(vera, 'rule-editor')
  await button(vera, 'Move up: Many refusals of late').click()
  await button(vera, 'Switch off: Tenders are decided by a person, on equal terms').click()
  await button(vera, 'Add a row').click()
  await vera.getByLabel('What it is called').fill('Japan is decided in Tokyo')
  await vera.getByRole('combobox', { name: 'Fact' }).click()
  await vera.getByRole('option', { name: 'Country' }).click()
  await vera.getByRole('combobox', { name: 'Value' }).fill('Jap')
  await vera.getByRole('option', { name: 'Japan' }).click()
  // A group of conditions in the row, and another in that.
  await button(vera, 'Add a group').click()
  const group = vera.locator('.condition-group')
  await group.getByLabel('How the conditions of this group combine').selectOption('none of these')
  await group.getByRole('button', { name: 'Add a group' }).click()
  await accessible(vera, 'a group of conditions in a group')
  await picture(vera, 'rule-new-row')
  await button(vera, 'Save and replay').click()
  await vera.getByText('recorded cases would end otherwise').waitFor()
  await accessible(vera, 'replay of a draft')
  await picture(vera, 'rule-replay')
  const { body } = await s.w.as('vera').decisions.get({ id: vera.url().split('/').at(-1) ?? '' })
  const { rows, fields } = body as {
    rows: { id: string; is_off?: boolean; when: { rules: unknown[] } }[]
    fields: { name: string }[]
  }
  const first = { field: fields[0]?.name, operator: '=', value: true }
  const inner = { combinator: 'or', not: true, rules: [first, { combinator: 'and', rules: [first] }] }
  assert.deepEqual(rows.at(-1)?.when.rules, [{ field: 'country', operator: '=', value: 'JP' }, inner])
  assert.equal(rows.find((row) => row.id === 'tender')?.is_off, true)
  const placeOf = (all: { id: string }[]) => all.findIndex((row) => row.id === 'probing')
  assert.equal(placeOf(rows), placeOf(REVIEW_TABLE.rows) - 1)
  await button(vera, 'Publish').click()
  await accessible(vera, 'publishing a rule')
  await inSheet(vera).getByRole('button', { name: 'Publish' }).click()
  await vera.getByText('In force', { exact: true }).first().waitFor()
  await button(vera, 'Retire').click()
  await inSheet(vera).getByRole('button', { name: 'Retire' }).click()
  await vera.getByText('Retired', { exact: true }).first().waitFor()
})

/** Gives a role that the host made a price limit, and takes the one of another role away. */
async function changeLimits(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Add a limit' }).click()
  await page.getByRole('option', { name: 'Bid desk' }).click()
  const field = page.getByRole('textbox', { name: 'Bid desk' })
  await becomes(() => field.evaluate((input) => input === document.activeElement), true, 'its number is written next')
  await field.fill('7.5')
  await button(page, 'Remove the limit: Finance').click()
  await button(page, 'Undo').click()
  await page.getByRole('textbox', { name: 'Finance' }).waitFor()
  await button(page, 'Remove the limit: Finance').click()
}

test('terms and clauses have forms of their own, and a broken text is told with its place', async () => {
  await s.w.as('vera').access.create_role({ code: 'bid_desk', side: 'inner', name: 'Bid desk' })
  for (const kind of ['deals.terms', 'engagement'] as const) {
    const { items } = await s.w.as('vera').decisions.list({ kind, state: 'published' })
    await vera.goto(`${s.url}/e/meridian/rule-documents/${items[0]?.id}`)
    await button(vera, 'Draft new version').click()
    if (kind === 'deals.terms') {
      await vera.getByLabel('Protection', { exact: true }).fill('120')
      await changeLimits(vera)
    } else await vera.getByLabel('Title of clause 2', { exact: true }).fill('Protection of the first')
    await accessible(vera, `form of ${kind}`)
    await picture(vera, `rule-form-${kind}`)
    await button(vera, 'Save and replay').click()
    await vera.getByText('Tested', { exact: true }).first().waitFor()
    if (kind !== 'deals.terms') continue
    await vera.getByText('Bid desk 7.5 %').waitFor()
    const { body } = await s.w.as('vera').decisions.get({ id: vera.url().split('/').at(-1) ?? '' })
    const { price_limits: limits } = body as { price_limits: { role: string; max_bps: number }[] }
    const wanted = PRICE_LIMITS.filter(({ role }) => role !== 'finance')
    assert.deepEqual(limits, [...wanted, { role: 'bid_desk', max_bps: 750 }])
  }
  await button(vera, 'Edit').click()
  await vera.getByText('Expert', { exact: true }).click()
  await vera.getByLabel('Document', { exact: true }).fill('{ "clauses": [')
  await button(vera, 'Save and replay').click()
  await vera.getByText('The document is broken').waitFor()
  await vera.getByLabel('Document', { exact: true }).fill('{ "clauses": [{ "number": 0, "title": "", "text": "x" }] }')
  await button(vera, 'Save and replay').click()
  await vera.getByText('body.clauses.0.title').waitFor()
  await accessible(vera, 'a broken text')
})

test('a partner changes a deal, replaces it by a later one; the host keeps a note and follows the customer’s letter', async () => {
  const early = await register('Wechsel Werke AG', 'flow')
  const pat = await s.window('pat@brightpath.example')
  await pat.goto(`${s.url}/e/meridian/deals/${early.id}`)
  await button(pat, 'Edit').click()
  await pat.getByLabel('Value', { exact: true }).fill('310k')
  await accessible(pat, 'editing a deal')
  await picture(pat, 'deal-edit')
  await button(pat, 'Save').click()
  await pat.getByText('€310,000').first().waitFor()
  // The later one names a further product in the form.
  await pat.goto(`${s.url}/e/meridian/deals/new?customer=Wechsel+Werke+AG&product=guard&country=AT`)
  await pat.getByLabel('Value', { exact: true }).fill('60k')
  await pat.getByRole('combobox', { name: 'Expected close' }).click()
  await pat.getByRole('option').nth(5).click()
  await pat.getByLabel('Date', { exact: true }).fill(new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10))
  await button(pat, 'Add details').click()
  await pat.getByText('Lake', { exact: true }).last().click()
  await button(pat, 'Register deal').click()
  await pat.waitForURL(/\/deals\/[0-9a-f-]{36}/)
  await pat.getByText('Guard, Lake', { exact: true }).first().waitFor()
  const late = { id: pat.url().split('/').at(-1) ?? '' }
  await pat.goto(`${s.url}/e/meridian/deals/${early.id}`)
  await button(pat, 'Replace').click()
  await accessible(pat, 'replacing a deal')
  await inSheet(pat).getByRole('button', { name: 'Replace' }).click()
  await pat.getByText('Registered anew: this one gave up its place.').waitFor()
  await accessible(pat, 'a deal whose place another took')
  await vera.goto(`${s.url}/e/meridian/deals/${late.id}`)
  await button(vera, 'Note').click()
  await inSheet(vera).getByLabel('Note', { exact: true }).fill('Dana knows their head of operations.')
  await inSheet(vera).getByRole('button', { name: 'Note' }).click()
  await vera.getByRole('region', { name: 'Facts' }).getByText('Dana knows their head of operations.').waitFor()
  await button(vera, 'Customer’s letter').click()
  await inSheet(vera).getByLabel('In your words').fill('They wrote that they go on with another firm.')
  await accessible(vera, 'the customer’s letter')
  await picture(vera, 'deal-overrule')
  await inSheet(vera).getByRole('button', { name: 'Follow the letter' }).click()
  await vera.getByText('Superseded', { exact: true }).first().waitFor()
  await accessible(vera, 'a superseded deal')
})

test('a deal of a partner that ended is handed on to another', async () => {
  const deal = await s.w.as('rivka').deals.register({
    customer: 'Erbschaft Werke AG',
    country: 'AT',
    product: 'flow',
    amount_minor: 12_000_000,
    currency: 'EUR',
    closes_on: `${new Date().getUTCFullYear() + 1}-05`,
    evidence_on: new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10),
  })
  const { id } = await partner('Rivertech')
  await vera.goto(`${s.url}/e/meridian/deals/${deal.id}`)
  await vera.getByRole('heading', { name: 'Erbschaft Werke AG' }).waitFor()
  assert.equal(await vera.getByRole('button', { name: 'Hand on' }).count(), 0)
  await s.w.as('vera').partners.terminate({ id, reason: 'mutual' })
  await s.w.settle()
  await vera.reload()
  await button(vera, 'Hand on').click()
  await inSheet(vera).getByRole('combobox', { name: 'Who goes on' }).fill('Harrow')
  await vera.getByRole('option', { name: /^Harrow Peak/ }).click()
  await inSheet(vera).getByRole('button', { name: 'Hand on' }).click()
  await inSheet(vera).getByText('Write what Rivertech should know').waitFor()
  await inSheet(vera).getByLabel('Told to the partner that ended').fill('Your open deals go on with another firm.')
  await inSheet(vera).getByLabel('Told to the partner that goes on').fill('Their buyer expects your call.')
  await accessible(vera, 'handing on a deal')
  await picture(vera, 'deal-reassign')
  await inSheet(vera).getByRole('button', { name: 'Hand on' }).click()
  await vera.getByText('Erbschaft Werke AG is handed on').waitFor()
  const { items } = await s.w.as('vera').deals.list({ q: 'Erbschaft' })
  assert.ok(items.some((one) => one.partner_name === 'Harrow Peak'))
})
