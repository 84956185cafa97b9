import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type EmptyWorld, emptyWorld } from '../harness.ts'
import { accessible, picture, type Stage, stageOf } from './stage.ts'

let s: Stage<EmptyWorld>
before(async () => {
  s = await stageOf(emptyWorld)
})
after(() => s.close())

test('an empty installation opens with the page that makes the ecosystem and its owner, and every page of it stands empty', async () => {
  const page = await s.window(null)
  await page.getByRole('heading', { name: 'Open your house' }).waitFor()
  await accessible(page, 'first run')
  await page.getByLabel('Name of the ecosystem').fill('Harbour Robotics')
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
  await accessible(page, 'an empty home')
  await picture(page, 'first-home')
  const broken: string[] = []
  page.on(
    'response',
    (answer) =>
      answer.status() >= 400 && !answer.url().endsWith('/api/demo') && broken.push(`${answer.status()} ${answer.url()}`),
  )
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

  const late = await s.window(null)
  await late.locator('input[autocomplete=current-password]').waitFor()
})
