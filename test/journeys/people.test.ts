import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startClock } from '../../kernel/clocks.ts'
import { asSystem } from '../../kernel/run.ts'
import { accessible, becomes, button, inSheet, picture, type Stage, stage, until } from './stage.ts'

let s: Stage
let vera: Page
before(async () => {
  s = await stage()
  vera = await s.window('vera@meridian.example')
})

const partnerId = async (q: string) => (await s.w.as('vera').partners.list({ q })).items[0]?.id ?? ''

test('somebody is invited, reads the mail, joins and is in', async () => {
  const id = await partnerId('Fjordkilde')
  await vera.goto(`${s.url}/e/meridian/partners/${id}`)
  await button(vera, 'Invite').click()
  await vera.getByLabel('Name', { exact: true }).fill('Signe Dahl')
  await vera.getByLabel('E-mail').fill('signe@fjordkilde.example')
  await accessible(vera, 'invitation')
  await picture(vera, 'invite-sheet')
  await inSheet(vera).getByRole('button', { name: 'Invite' }).click()
  await vera.getByText('Signe Dahl is invited').waitFor()
  await s.w.settle()
  await vera.goto(`${s.url}/e/meridian/settings/mails`)
  await vera.getByText('signe@fjordkilde.example').first().click()
  const link = vera.frameLocator('iframe').getByRole('link').first()
  const href = new URL((await link.getAttribute('href')) ?? '', s.url)
  await picture(vera, 'mails')
  const signe = await s.window(null)
  await signe.goto(`${s.url}${href.pathname}${href.search}`)
  await signe.getByLabel('Password').first().fill('a long enough password')
  await accessible(signe, 'the page that an invitation leads to')
  await picture(signe, 'join')
  await signe.getByRole('button', { name: /^Join/ }).click()
  await signe.waitForURL(/\/e\/meridian$/)
  await signe.getByRole('link', { name: 'Deals' }).first().waitFor()
})

test('an ended member is out at once, and the page says so', async () => {
  const { items } = await s.w.as('vera').access.list({ q: 'Nils' })
  const nils = await s.window('nils@fjordkilde.example')
  await vera.goto(`${s.url}/e/meridian/people/${items[0]?.id}`)
  await button(vera, 'End access').click()
  await accessible(vera, 'ending somebody’s access')
  await inSheet(vera).getByRole('button', { name: 'End access' }).click()
  await vera.getByText('Ended', { exact: true }).first().waitFor()
  await picture(vera, 'person-ended')
  await nils.goto(`${s.url}/e/meridian/deals`)
  await nils.getByText('You are signed in as nils@fjordkilde.example').waitFor()
  assert.equal(await nils.getByRole('button', { name: 'Register deal' }).count(), 0)
})

/** A clock that somebody holds. */
async function heldBy(name: string): Promise<string> {
  const holder_id = (await s.w.as('vera').access.list({ q: name })).items[0]?.id ?? assert.fail(name)
  const about = { name: 'test.held', subject_type: 'members', subject_id: holder_id, party_id: null, ball: 'inner' } as const
  const { id } = await asSystem(s.w.house, s.w.tenants.meridian, (ctx) => startClock(ctx, { ...about, holder_id, minutes: 900 }))
  return id
}

test('invitations are sent again and access is ended for several at a time, each of them named before', async () => {
  const invited = ['Ines Alvarado', 'Tom Becker', 'Uta Clasen']
  for (const name of invited)
    await s.w.as('vera').access.invite({
      name,
      email: `${name.split(' ')[0]?.toLowerCase()}@meridian.example`,
      party_id: null,
      roles: [{ role: 'auditor', scope: {} }],
    })
  const mails = () => s.w.owner<{ to_address: string }>("select to_address from mails where template = 'access.invitation'")
  await s.w.settle()
  const before = (await mails()).length
  await vera.goto(`${s.url}/e/meridian/people?q=meridian.example`)
  for (const name of [...invited, 'Vera']) await vera.getByRole('checkbox', { name: new RegExp(name) }).check()
  await button(vera, 'Send invitation again').click()
  // Vera has joined long ago: she is named, left out, and told why.
  await inSheet(vera).getByText('has joined already').waitFor()
  await accessible(vera, 'several invitations')
  await picture(vera, 'people-resend')
  await inSheet(vera).getByRole('button', { name: 'Send invitation again' }).click()
  await inSheet(vera).getByText('All 3 done').waitFor()
  await inSheet(vera).getByRole('button', { name: 'Close', exact: true }).last().click()
  await s.w.settle()
  assert.equal((await mails()).length, before + 3)
  const clock = await heldBy('Ines Alvarado')
  for (const name of invited) await vera.getByRole('checkbox', { name: new RegExp(name) }).check()
  await button(vera, 'End access').click()
  for (const name of invited) await inSheet(vera).getByText(name).waitFor()
  await inSheet(vera).getByText('nobody ends their own access').waitFor()
  await inSheet(vera).getByRole('combobox', { name: 'Who takes over running clocks?' }).click()
  await vera.getByRole('option', { name: 'Dana' }).click()
  await accessible(vera, 'ending the access of several')
  await picture(vera, 'people-end')
  await inSheet(vera).getByRole('button', { name: 'End access' }).click()
  await inSheet(vera).getByText('All 3 done').waitFor()
  const { items } = await s.w.as('vera').access.list({ q: 'meridian.example', state: 'ended' })
  assert.deepEqual(
    invited.filter((name) => !items.some((one) => one.name === name)),
    [],
  )
  assert.equal((await s.w.as('vera').access.list({ q: 'vera@' })).items[0]?.state, 'active')
  const [held] = await s.w.owner<{ name: string }>(
    'select m.name from clocks c join members m on m.tenant_id = c.tenant_id and m.id = c.holder_id where c.id = $1',
    [clock],
  )
  assert.equal(held?.name, 'Dana', 'the clock passed on')
})

test('the admin of a firm finds its people, and ends the access of several of them, on a phone and from right to left', async () => {
  const { access, identity } = s.w.as('amira')
  await identity.update_me({ locale: 'ar' })
  const leaving = ['Noura Al-Qahtani', 'سعيد الحربي']
  for (const [i, name] of [...leaving, 'Yusuf'].entries())
    await access.invite({ name, email: `new-${i}@madar.example`, roles: [{ role: 'partner_seller', scope: {} }] })
  const phone = await s.window('amira@madar.example', { phone: true, locale: 'ar' })
  await phone.goto(`${s.url}/e/meridian/firm`)
  await phone.getByRole('link', { name: 'كل الأشخاص' }).click()
  await phone.getByRole('heading', { name: /أشخاص.*Madar Cloud/ }).waitFor()
  await phone.getByText('مسؤول الشركة، مبيعات').waitFor()
  await accessible(phone, 'the people of a firm')
  await button(phone, 'تحديد').tap()
  for (const name of [...leaving, 'Amira']) await phone.getByRole('checkbox', { name }).check()
  await picture(phone, 'people-picked-arabic')
  await button(phone, 'إنهاء الوصول').tap()
  await inSheet(phone).getByRole('heading', { name: 'إنهاء وصول شخصين' }).waitFor()
  await inSheet(phone).getByText('لا أحد ينهي وصوله بنفسه').waitFor()
  await accessible(phone, 'ending the access of several, from right to left')
  await picture(phone, 'people-end-arabic')
  await inSheet(phone).getByRole('button', { name: 'إنهاء الوصول' }).tap()
  await inSheet(phone).getByText('تم الكل').waitFor()
  const { items } = await access.list({ state: 'ended' })
  assert.deepEqual(items.map(({ name }) => name).sort(), [...leaving].sort())
  // A distributor sees the firms of its chain, but these are its own people.
  const seen = (await s.w.as('bruno').access.list({ limit: 200 })).items
  const bruno = seen.find(({ name }) => name === 'Bruno') ?? assert.fail('no Bruno')
  assert.ok(seen.every(({ party_id }) => party_id === bruno.party_id))
  const others = (await s.w.as('vera').access.list({ limit: 200 })).items.filter(
    ({ party_id }) => party_id !== null && party_id !== bruno.party_id,
  )
  assert.ok(others.length > 3)
  const page = await s.window(bruno.email)
  for (const place of ['firm', 'people']) {
    await page.goto(`${s.url}/e/meridian/${place}`)
    await page.getByRole('link', { name: 'Bruno' }).waitFor()
    for (const { name } of others)
      assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, `${place}: ${name}`)
  }
})

test('a partner is changed, suspended with a reason it reads, and reinstated', async () => {
  await vera.goto(`${s.url}/e/meridian/partners/${await partnerId('Pellworth')}`)
  await button(vera, 'Edit').click()
  await vera.getByLabel('Phone').fill('+44 20 7946 0018')
  await accessible(vera, 'partner sheet')
  await picture(vera, 'partner-sheet')
  await button(vera, 'Save').click()
  await vera.getByText('+44 20 7946 0018').waitFor()
  await button(vera, 'Suspend').click()
  await inSheet(vera).getByLabel('Reason').first().click()
  await vera.getByRole('option', { name: 'Screening is open' }).click()
  await inSheet(vera).getByRole('textbox', { name: 'In your words' }).fill('Your new owner is being screened.')
  await inSheet(vera).getByRole('button', { name: 'Suspend' }).click()
  await vera.getByText('Suspended', { exact: true }).first().waitFor()
  await accessible(vera, 'suspended partner')
  await picture(vera, 'partner-suspended')
  const arjun = await s.window('arjun@pellworth.example')
  await arjun.goto(`${s.url}/e/meridian/firm`)
  await arjun.getByText('Your new owner is being screened.').waitFor()
  await button(vera, 'Reinstate').click()
  await inSheet(vera).getByRole('button', { name: 'Reinstate' }).click()
  await vera.getByText('Active', { exact: true }).first().waitFor()
})

test('two records of one partner become one, with people and deals', async () => {
  const twin = await s.w.as('vera').partners.create({
    legal_name: 'Harrow Peak Limited',
    domain: 'harrowpeak.example',
    country: 'US',
    tracks: [{ track: 'msp', tier: '' }],
    is_new: true,
  })
  await vera.goto(`${s.url}/e/meridian/partners/duplicates`)
  await vera.getByText('Same website: harrowpeak.example').waitFor()
  await accessible(vera, 'duplicates of partners')
  await vera.goto(`${s.url}/e/meridian/partners/${twin.id}`)
  await vera.getByRole('link', { name: 'Compare' }).click()
  await vera.getByRole('button', { name: /^Merge #/ }).waitFor()
  await accessible(vera, 'two partners side by side')
  await picture(vera, 'merge-partners')
  await vera.getByRole('button', { name: /^Merge #/ }).click()
  await vera.waitForURL((url) => !url.pathname.includes('merge') && !url.pathname.includes(twin.id))
  await vera.getByText('Took in a duplicate').waitFor()
  await vera.goto(`${s.url}/e/meridian/partners/${twin.id}`)
  await vera.getByText('This record was merged into another').waitFor()
})

test('who has no manager is found by one view, which its filter tells, and a firm has one line for its website', async () => {
  await vera.goto(`${s.url}/e/meridian/partners`)
  await vera.getByText('Brightpath').first().waitFor()
  await becomes(() => vera.getByRole('button', { name: 'Without a manager' }).count(), 1)
  await vera.getByRole('button', { name: 'Without a manager' }).click()
  await vera.getByRole('button', { name: 'Channel manager: Nobody' }).waitFor()
  await picture(vera, 'partners-without-manager')
  const { id } = await s.w
    .as('vera')
    .partners.create({ legal_name: 'Einzeiler GmbH', country: 'DE', domain: 'einzeiler.example' })
  await vera.goto(`${s.url}/e/meridian/partners/${id}`)
  await button(vera, 'Edit').click()
  assert.equal(await inSheet(vera).getByLabel('Web address').count(), 0)
  await inSheet(vera).getByLabel('Website', { exact: true }).fill('https://www.zeilen.example/de')
  await accessible(vera, 'partner sheet')
  await picture(vera, 'partner-sheet')
  await button(vera, 'Save').click()
  await vera.getByRole('link', { name: 'zeilen.example' }).waitFor()
  const { domain, website } = await s.w.as('vera').partners.get({ id })
  assert.deepEqual([domain, website], ['zeilen.example', 'https://www.zeilen.example/de'])
})

test('two accounts become one, and an account is added and changed', async () => {
  await vera.goto(`${s.url}/e/meridian/accounts`)
  await button(vera, 'Add account').click()
  await vera.getByLabel('Name', { exact: true }).fill('Zwilling Werke AG')
  await vera.getByLabel('Website', { exact: true }).fill('zwilling-werke.example')
  await vera.getByRole('combobox', { name: 'Country' }).fill('Austr')
  await vera.getByRole('option', { name: 'Austria' }).click()
  await accessible(vera, 'account sheet')
  await picture(vera, 'account-sheet')
  await inSheet(vera).getByRole('button', { name: 'Add account' }).click()
  await vera.waitForURL(/\/accounts\/[0-9a-f-]{36}$/)
  await button(vera, 'Edit').click()
  await vera.getByLabel('Segment').fill('Manufacturing')
  await button(vera, 'Save').click()
  await vera.getByText('Manufacturing').waitFor()
  const { id } = await s.w
    .as('vera')
    .accounts.create({ name: 'Zwilling Werke', domain: 'shop.zwilling-werke.example', country: 'AT' })
  await vera.goto(`${s.url}/e/meridian/accounts/duplicates`)
  await vera.getByText('Zwilling Werke AG').first().waitFor()
  await accessible(vera, 'duplicates of accounts')
  await vera.goto(`${s.url}/e/meridian/accounts/${id}`)
  await vera.getByRole('link', { name: 'Compare' }).click()
  await button(vera, 'Merge').waitFor()
  await accessible(vera, 'two accounts side by side')
  await picture(vera, 'merge-accounts')
  await button(vera, 'Merge').click()
  await vera.waitForURL((url) => !url.pathname.includes('merge'))
  await vera.getByText('Took in a duplicate').waitFor()
})

test('a role of one’s own is made like another, loses a permission, and is offered when somebody is invited and sought', async () => {
  await vera.goto(`${s.url}/e/meridian/settings/roles`)
  await button(vera, 'New role').click()
  await button(vera, 'Make the role').click()
  await vera.getByText('Give the role a name').waitFor()
  await vera.getByLabel('Name', { exact: true }).fill('Deal desk')
  await vera.getByRole('combobox', { name: 'Begins with what this role may' }).click()
  await vera.getByRole('option', { name: 'Channel manager' }).click()
  await accessible(vera, 'new role')
  await picture(vera, 'new-role')
  await button(vera, 'Make the role').click()
  await vera.getByRole('button', { name: 'Deal desk may decide deals' }).click()
  await vera.getByRole('button', { name: 'Deal desk may not decide deals' }).waitFor()
  await accessible(vera, 'roles')
  await picture(vera, 'roles')
  await vera.goto(`${s.url}/e/meridian/people`)
  await button(vera, 'Invite').first().click()
  await vera.getByRole('checkbox', { name: /Deal desk/ }).check()
  await picture(vera, 'invite-own-role')
  await vera.goto(`${s.url}/e/meridian/people?role=deal_desk`)
  await button(vera, 'Role: Deal desk').waitFor()
  const { items } = await s.w.as('vera').access.roles()
  const made = items.find(({ code }) => code === 'deal_desk')
  assert.ok(made && !made.permissions.includes('deals.approve'))
  assert.ok(made.permissions.includes('deals.read'))
})

test('a role of the host’s own is called otherwise, and retired from its name', async () => {
  await vera.goto(`${s.url}/e/meridian/settings/roles`)
  await button(vera, 'Deal desk').click()
  await vera.getByLabel('Name', { exact: true }).fill('Evening desk')
  await accessible(vera, 'own role')
  await picture(vera, 'own-role')
  await button(vera, 'Rename').click()
  await vera.getByText('The role is called Evening desk now').waitFor()
  await button(vera, 'Evening desk').click()
  await button(vera, 'Retire this role').click()
  await vera.getByText('Evening desk is retired').waitFor()
  await button(vera, 'Evening desk').waitFor({ state: 'detached' })
  assert.ok(!(await s.w.as('vera').access.roles()).items.some(({ code }) => code === 'deal_desk'))
})

test('on a phone the table of roles scrolls sideways, and what a row is about stays', async () => {
  const phone = await s.window('vera@meridian.example', { phone: true })
  await phone.goto(`${s.url}/e/meridian/settings/roles`)
  const row = phone.getByRole('rowheader', { name: 'Decide deals' })
  await row.waitFor()
  const before = (await row.boundingBox())?.x
  await phone.locator('.ledger-scroll').evaluate((table) => table.scrollBy(300, 0))
  assert.ok(await phone.locator('.ledger-scroll').evaluate((table) => table.scrollLeft > 200))
  assert.equal((await row.boundingBox())?.x, before)
  await accessible(phone, 'roles on a phone')
  await picture(phone, 'roles-phone')
})

test('on a phone the row of tabs shows the tab of this page, in both directions of writing', async () => {
  const phone = await s.window('vera@meridian.example', { phone: true })
  const isShown = (path: string) =>
    phone.locator(`.tabs a[href$="/settings/${path}"][aria-current="page"]`).evaluate((tab) => {
      const [inner, outer] = [tab.getBoundingClientRect(), tab.parentElement?.getBoundingClientRect()]
      return outer !== undefined && inner.left >= outer.left && inner.right <= outer.right
    })
  for (const dir of ['ltr', 'rtl']) {
    await phone.goto(`${s.url}/e/meridian/settings/work`)
    await becomes(() => isShown('work'), true)
    await phone.goto(`${s.url}/e/meridian/settings/regions`)
    await phone.evaluate((way) => void (document.documentElement.dir = way), dir)
    for (const path of ['work', 'regions', 'mails']) {
      await phone.locator(`.tabs a[href$="/settings/${path}"]`).evaluate((tab: HTMLElement) => tab.click())
      await phone.waitForURL(new RegExp(`/settings/${path}`))
      await becomes(() => isShown(path), true, `${path}, ${dir}`)
    }
    await picture(phone, `tabs-phone-${dir}`)
  }
  assert.equal(await phone.evaluate(() => window.scrollY), 0)
})

test('regions and products are added and changed', async () => {
  await vera.goto(`${s.url}/e/meridian/settings/regions`)
  await button(vera, 'Add region').click()
  await vera.getByLabel('Code').fill('PL')
  await vera.getByLabel('Name', { exact: true }).fill('Poland')
  await vera.getByRole('combobox', { name: 'Part of' }).fill('Europe')
  await vera.getByRole('option', { name: /Europe/ }).click()
  const countries = vera.getByRole('combobox', { name: 'Countries' })
  await countries.fill('Pol')
  // Another region has it: that is said, and it cannot be taken from there.
  const taken = vera.getByRole('option', { name: 'Poland · in Europe, Middle East and Africa' })
  assert.equal(await taken.getAttribute('data-combobox-disabled'), 'true')
  await countries.fill('Greenl')
  await vera.getByRole('option', { name: /^Greenland/ }).waitFor()
  await vera.keyboard.press('ArrowDown')
  await vera.keyboard.press('Enter')
  await vera.keyboard.press('Escape')
  await accessible(vera, 'region sheet')
  await picture(vera, 'region-sheet')
  await button(vera, 'Save').click()
  await vera.getByText('Poland saved').waitFor()
  await vera
    .getByRole('row', { name: /Poland/ })
    .getByRole('cell', { name: 'Greenland', exact: true })
    .waitFor()
  await vera.getByRole('button', { name: 'Poland', exact: true }).click()
  await vera.getByLabel('From', { exact: true }).fill('08:00')
  await button(vera, 'Save').click()
  await vera.getByText('Mon–Fri, 08:00–17:00').waitFor()
  await vera.goto(`${s.url}/e/meridian/settings/products`)
  await button(vera, 'Add product').click()
  await vera.getByLabel('Name', { exact: true }).fill('Tide')
  await vera.getByLabel('Code').fill('tide')
  await accessible(vera, 'product sheet')
  await button(vera, 'Save').click()
  await vera.getByRole('button', { name: 'Tide', exact: true }).click()
  await vera.getByLabel('Family').fill('lake')
  await button(vera, 'Save').click()
  // The first toast may still stand: what the row says is what counts.
  await vera.getByRole('row', { name: /Tide/ }).getByText('lake', { exact: true }).waitFor()
  const { items } = await s.w.as('vera').ecosystems.list_products({ limit: 100 })
  assert.equal(items.find((one) => one.code === 'tide')?.family, 'lake')
})

const PEOPLE = `Vorname Nachname;E-Mail;Partner;Rolle
Jonas Ritter;jonas@rivertech.example;rivertech.example;Seller
Ohne Firma;ohne@niemand.example;niemand.example;Seller
`

test('people of partners come from a file, each with an invitation', async () => {
  await vera.goto(`${s.url}/e/meridian/imports/new?kind=people`)
  await vera.locator('input[type=file]').setInputFiles({ name: 'leute.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) })
  await vera.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  await until(s, vera.getByText('Columns to confirm'))
  await picture(vera, 'import-people')
  await button(vera, 'Preview').click()
  await until(s, vera.getByText('Checked', { exact: true }))
  await button(vera, 'Import rows').click()
  await until(s, vera.getByText('Done', { exact: true }).first())
  await vera.getByRole('heading', { name: 'Refused rows' }).waitFor()
  await accessible(vera, 'result of an import of people')
  const { items } = await s.w.as('vera').access.list({ q: 'Jonas' })
  assert.equal(items[0]?.state, 'invited')
})
