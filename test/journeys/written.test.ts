import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { aDeal } from '../../modules/deals/demo.ts'
import { accessible, becomes, button, inSheet, picture, type Stage, signIn, stage } from './stage.ts'

let s: Stage
before(async () => {
  s = await stage()
})

test('what somebody typed waits for them alone: nobody who signs in after them, and no other ecosystem, is shown it', async () => {
  const page = await s.window('pat@brightpath.example')
  const customer = page.getByLabel('Customer', { exact: true })
  const opensWith = async (slug: string, name: string) => {
    await page.goto(`${s.url}/e/${slug}/deals/new`)
    await customer.waitFor()
    await becomes(() => customer.inputValue(), name)
  }
  await opensWith('meridian', '')
  await customer.fill('Verschwiegen AG')
  await opensWith('kestrel', '')
  await opensWith('meridian', 'Verschwiegen AG')
  await page.getByText('We kept what you had typed.').waitFor()
  await page.getByRole('button', { name: /^Pat.*sign out$/ }).click()
  await button(page, 'Sign out').click()
  await signIn(page, 'rivka@rivertech.example')
  await opensWith('meridian', '')
})

test('a slip beside a sheet costs nothing that was typed there', async () => {
  const { id } = await aDeal(s.w.as('pat'), { customer: 'Daneben AG', account_domain: 'daneben.example' })
  for (const phone of [false, true]) {
    const page = await s.window('carl@meridian.example', { phone })
    await page.goto(`${s.url}/e/meridian/deals/${id}`)
    await button(page, 'Note').click()
    await inSheet(page).getByLabel('Note', { exact: true }).fill('Their head of data knows us.')
    await page.mouse.click(5, 5)
    await becomes(() => inSheet(page).getByLabel('Note', { exact: true }).inputValue(), 'Their head of data knows us.')
    await inSheet(page).getByRole('button', { name: 'Cancel' }).click()
    await inSheet(page).waitFor({ state: 'detached' })
    // Where nothing was typed, a click beside it still closes it.
    await button(page, 'Note').click()
    await inSheet(page).getByLabel('Note', { exact: true }).waitFor()
    await page.mouse.click(5, 5)
    await inSheet(page).waitFor({ state: 'detached' })
  }
})

test('the month in which a deal closes is changed as it was told: as a month', async () => {
  const { id, closes_on } = await aDeal(s.w.as('pat'), { customer: 'Monatsweise AG', account_domain: 'monatsweise.example' })
  const page = await s.window('pat@brightpath.example')
  await page.goto(`${s.url}/e/meridian/deals/${id}`)
  await button(page, 'Edit').click()
  const month = inSheet(page).getByRole('combobox', { name: 'Expected close' })
  const told = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  await becomes(() => month.inputValue(), told.format(new Date(closes_on ?? '')))
  await inSheet(page).getByLabel('Value', { exact: true }).fill('99k')
  await inSheet(page).getByRole('button', { name: 'Save' }).click()
  await page.getByText('€99,000').first().waitFor()
  // What was not touched keeps its very day.
  assert.equal((await s.w.as('pat').deals.get({ id })).closes_on, closes_on)
})

test('a draft of a rule that one leaves on the way is still as it was written, and its figures are the reader’s own', async () => {
  await s.w.as('vera').identity.update_me({ locale: 'de' })
  const page = await s.window('vera@meridian.example', { locale: 'de' })
  await page.goto(`${s.url}/e/meridian/rule-documents?new=deals.terms`)
  await inSheet(page).getByRole('button', { name: 'Beginnen' }).click()
  await page.waitForURL(/do=edit/)
  const address = page.url()
  const limit = page.getByLabel('Channel-Manager', { exact: true })
  await limit.fill('7,5')
  await becomes(() => limit.inputValue(), '7,5 %')
  await page.getByRole('link', { name: 'Partner', exact: true }).first().click()
  await page.waitForURL(/\/partners$/)
  await page.goto(address)
  await page.getByText('Wir haben Ihre Eingaben aufgehoben').first().waitFor()
  await becomes(() => limit.inputValue(), '7,5 %')
  await accessible(page, 'a rule that is still being written')
  await picture(page, 'rule-kept')
  await page.goto(`${s.url}/e/meridian/settings/rates`)
  await page
    .locator('table tbody td')
    .getByText(/^\d+,\d+$/)
    .first()
    .waitFor()
  assert.deepEqual(
    await page
      .locator('table tbody td:nth-child(2)')
      .getByText(/\d\.\d/)
      .allInnerTexts(),
    [],
  )
})

test('a refusal begins in the reader’s language, whatever the server says of it', async () => {
  await s.w.as('amira').identity.update_me({ locale: 'ar' })
  const page = await s.window('amira@madar.example', { locale: 'ar' })
  await page.goto(`${s.url}/e/meridian/deals/${'1'.repeat(8)}-1111-7111-8111-${'1'.repeat(12)}`)
  await page.getByText('هذا غير موجود، أو ليس لك أن تراه.').waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /[A-Za-z]{3}/)
})
