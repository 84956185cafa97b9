import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { USUAL_TABLE } from '../../modules/deals/usual-table.ts'
import { type EmptyWorld, emptyWorld } from '../harness.ts'
import { accessible, becomes, type Look, picture, type Stage, stageOf } from './stage.ts'

let s: Stage<EmptyWorld>
before(async () => {
  s = await stageOf(emptyWorld)
})

test('an empty installation opens with the page that makes the ecosystem and its owner, and every page of it stands empty', async () => {
  const page = await s.window(null)
  await page.getByRole('heading', { name: 'Set up your ecosystem' }).waitFor()
  await accessible(page, 'first run')
  const errors: string[] = []
  page.on('console', (one) => one.type() === 'error' && errors.push(one.text()))
  await page.reload()
  const name = page.getByLabel('Name of the ecosystem')
  await page.getByRole('button', { name: 'Create ecosystem' }).click()
  // What is missing is said where the keys stand.
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true')
  await becomes(() => name.evaluate((input) => input === document.activeElement), true)
  await name.fill('Größe Ørsted & Söhne')
  await becomes(() => page.getByLabel('Short name in addresses').inputValue(), 'grosse-orsted-sohne')
  await name.fill('Harbour Robotics')
  await page.getByLabel('Short name in addresses').fill('harbour')
  await page.getByLabel('Your name').fill('Ada Harbour')
  await page.getByLabel('E-mail').fill('ada@harbour.example')
  await page.locator('input[type=password]').fill('short')
  await page.getByRole('button', { name: 'Create ecosystem' }).click()
  await page
    .getByText(/10 characters/)
    .first()
    .waitFor()
  await page.locator('input[type=password]').fill('a long way to the sea')
  await page.getByRole('button', { name: 'Create ecosystem' }).click()
  await page.waitForURL(/\/e\/harbour/)
  await page.locator('h1').first().waitFor()
  await page.getByRole('heading', { name: 'First steps' }).waitFor()
  await becomes(() => page.locator('h1').innerText(), 'Set up Harbour Robotics')
  await becomes(() => page.locator('.first-steps li').count(), 7)
  assert.equal(await page.locator('.first-steps [data-done]').count(), 0)
  await accessible(page, 'an empty home')
  await picture(page, 'first-home')
  const broken: string[] = []
  page.on('response', (answer) => answer.status() >= 400 && broken.push(`${answer.status()} ${answer.url()}`))
  for (const place of [
    'partners',
    'accounts',
    'deals',
    'programme',
    'settings',
    'settings/regions',
    'settings/products',
    'people',
  ]) {
    await page.goto(`${s.url}/e/harbour/${place}`)
    await page.locator('h1').first().waitFor()
    await accessible(page, `an empty ${place}`)
    await picture(page, `first-${place.replace('/', '-')}`)
  }
  assert.deepEqual(broken, [])
  assert.deepEqual(errors, [])
  // Each empty list has its first steps once, and the import of its kind among them.
  for (const [place, kind] of [
    ['partners', 'partners'],
    ['accounts', 'accounts'],
    ['opportunities', 'opportunities'],
    ['deals', 'deals'],
  ]) {
    await page.goto(`${s.url}/e/harbour/${place}`)
    await page.locator('.state').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Duplicates' }).count(), 0)
    const bringIn = page.getByRole('main').getByRole('button', { name: 'Import a file' })
    await becomes(() => bringIn.count(), 1)
    await bringIn.click()
    await page.waitForURL(/imports\/new/)
    await page.waitForFunction((wanted) => document.querySelector('select')?.value === wanted, kind)
  }
  await page.goto(`${s.url}/e/harbour/rules`)
  await page.getByRole('heading', { name: 'No rules of engagement yet', level: 1 }).waitFor()
  await accessible(page, 'no rules of engagement')
  await page.getByRole('button', { name: 'Write the rules' }).click()
  await page.getByRole('dialog').waitFor()
  await becomes(() => page.getByRole('dialog').getByRole('combobox', { name: 'Kind' }).inputValue(), 'Rules of engagement')

  const late = await s.window(null)
  await late.locator('input[autocomplete=current-password]').waitFor()
})

const ADA = { email: 'ada@harbour.example', password: 'a long way to the sea' }

async function asAda(look: Look, seen = '.first-steps'): Promise<Page> {
  const page = await s.window(null, look)
  await page.locator('input[type=email]').fill(ADA.email)
  await page.locator('input[autocomplete=current-password]').fill(ADA.password)
  await page.locator('form button[type=submit]').click()
  await page.locator(seen).waitFor()
  if (look.locale) {
    // The login speaks English; this browser is told otherwise.
    await page.evaluate((language) => localStorage.setItem('rialto.preferences', JSON.stringify({ language })), look.locale)
    await page.reload()
    await page.getByRole('heading', { name: 'Erste Schritte' }).waitFor()
  }
  return page
}

const done = (page: Page) => page.locator('.first-steps [data-done] .what').allInnerTexts()

test('the first steps of a house are ticked by what is there, lead to their places, and go when all of it is', async () => {
  const page = await asAda({})
  const { server } = s.w.app
  const { token } = (await server.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: ADA })).json<{
    token: string
  }>()
  const headers = { authorization: `Bearer ${token}`, 'x-ecosystem': 'harbour' }
  const put = async (method: 'PUT' | 'POST', path: string, payload: object = {}): Promise<{ id: string }> => {
    const answer = await server.inject({ method, url: `/api${path}`, headers, payload })
    assert.ok(answer.statusCode < 300, `${path}: ${answer.body}`)
    return answer.json()
  }
  const home = async () => {
    await page.goto(`${s.url}/e/harbour`)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
  }
  const calendar = { zone: 'Europe/Oslo', holidays: 'NO', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }
  await put('PUT', '/regions/NO', { code: 'NO', name: 'Norway', calendar })
  await put('PUT', '/products/crane', { code: 'crane', name: 'Crane', family: 'crane' })
  await home()
  await becomes(() => done(page), ['Regions', 'Products'])
  // The next one that is not there has the button.
  await becomes(() => page.locator('.first-steps li button').allInnerTexts(), ['Enter rates'])
  await picture(page, 'first-steps')
  await page.getByRole('button', { name: 'Enter rates' }).click()
  await page.waitForURL(/settings\/rates/)
  await put('PUT', '/rates', { kind: 'plan', currency: 'USD', rate: '1.08', plan_year: 2026 })
  await put('PUT', '/products/crane', { code: 'crane', name: 'Crane', family: 'crane', state: 'retired' })
  await home()
  // A product that is retired is none: nothing was ticked for good.
  await becomes(() => done(page), ['Regions', 'Currencies'])
  await put('PUT', '/products/crane', { code: 'crane', name: 'Crane', family: 'crane' })
  const roles = [{ role: 'channel_manager', scope: {} }]
  await put('POST', '/members', { name: 'Bo', email: 'bo@harbour.example', party_id: null, roles })
  await home()
  for (const look of [{ dark: true }, { phone: true }, { locale: 'de' }, { phone: true, dark: true, locale: 'de' }]) {
    const other = await asAda(look)
    await accessible(other, `first steps ${JSON.stringify(look)}`)
    await picture(
      other,
      `first-steps-${Object.entries(look)
        .flat()
        .filter((word) => word !== true)
        .join('-')}`,
    )
  }
  await page.getByRole('link', { name: 'Partners', exact: true }).last().click()
  await page.waitForURL(/imports\/new\?kind=partners/)
  await put('POST', '/partners', {
    legal_name: 'Kaimauer AG',
    domain: 'kaimauer.example',
    country: 'DE',
    tracks: [],
    is_new: true,
  })
  await put('POST', '/accounts', { name: 'Kranhaus AG', country: 'DE' })
  const { id } = await put('POST', '/rule-documents', { kind: 'deals.review', title: 'Registrations', body: USUAL_TABLE })
  await home()
  await becomes(() => page.locator('.first-steps li button').allInnerTexts(), ['Draft the rule'])
  await put('POST', `/rule-documents/${id}/test`)
  await put('POST', `/rule-documents/${id}/publish`)
  await home()
  await picture(page, 'first-steps-over')
  assert.equal(await page.locator('.first-steps').count(), 0)

  // Something is missing again, in a browser that does not know that all was there once; what is hidden there is hidden everywhere.
  await put('PUT', '/products/crane', { code: 'crane', name: 'Crane', family: 'crane', state: 'retired' })
  const hidden = await asAda({})
  await hidden.getByRole('button', { name: 'Hide these steps' }).click()
  await hidden.locator('.first-steps').waitFor({ state: 'detached' })
  await hidden.reload()
  await hidden.locator('.home').waitFor()
  await hidden.waitForLoadState('networkidle')
  assert.equal(await hidden.locator('.first-steps').count(), 0)
  const elsewhere = await asAda({}, '.home')
  await elsewhere.waitForLoadState('networkidle')
  assert.equal(await elsewhere.locator('.first-steps').count(), 0)
})
