import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findBrowser } from '../browser.ts'
import { ownFolder, startChild } from '../child.ts'
import { freePort } from '../free-port.ts'
import { accessible, becomes, button, picture } from './stage.ts'

// The demo world as npm start tells it, with its controls: the one journey through the real start.
const root = join(import.meta.dirname, '..', '..')
const folder = ownFolder('demo')
let browser: Browser | undefined
let url = ''
before(async () => {
  const port = await freePort()
  url = `http://localhost:${port}`
  const { DATABASE_URL: _own, ...inherited } = process.env
  const env = { ...inherited, PORT: String(port), PUBLIC_URL: url, DATA_DIR: folder, RIALTO_DEMO: 'on' }
  const product = startChild([join(root, 'bin', 'start.mjs')], { cwd: root, env, data: folder })
  const isReady = () => product.said().includes('Rialto is ready')
  for (const end = performance.now() + 240_000; performance.now() < end && !product.isOver() && !isReady(); ) await pause(50)
  assert.ok(isReady(), `The start said: ${product.said()}`)
  browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
})
after(() => browser?.close())

async function enter(page: Page, name: RegExp): Promise<void> {
  await button(page, name).click()
  await page.waitForURL(/\/e\/meridian/)
  await page
    .getByText(/things? waits? for you/)
    .first()
    .waitFor()
}

test('a visitor reads the mail that the demo world keeps, passes time, is someone else, and puts it all back', async () => {
  assert.ok(browser)
  const page = await browser.newPage({ locale: 'en', reducedMotion: 'reduce', viewport: { width: 1360, height: 900 } })
  page.setDefaultTimeout(20_000)
  await page.goto(url)
  await button(page, /^Vera/).waitFor()
  await accessible(page, 'the door of the demo world')
  await button(page, 'Send me a link by mail').click()
  await page.locator('input[type=email]').fill('pat@brightpath.example')
  await button(page, 'Send me a link').click()
  const letter = page.frameLocator('iframe').getByRole('link', { name: 'Sign in' })
  await letter.waitFor()
  await picture(page, 'demo-letter')
  await letter.click()
  await button(page, 'Sign in as p…@brightpath.example').click()
  await page.waitForURL(/\/e\//)
  await page.goto(`${url}/e/meridian`)
  await button(page, 'Be someone else').click()
  // Whose people they are is said, since several have the same role.
  await button(page, /^Pat.*brightpath\.example/s).waitFor()
  await button(page, /^Vera.*meridian\.example/s).click()
  await page.getByRole('link', { name: 'Partners' }).first().waitFor()

  const clock = page.locator('.demo-bar .figure')
  const before = await clock.innerText()
  await button(page, 'Advance the clock').click()
  await button(page, '1 day').click()
  await page.getByText(/It is now/).waitFor()
  await becomes(async () => (await clock.innerText()) === before, false, 'the clock')

  await button(page, 'Reset').click()
  await accessible(page, 'asking before a reset')
  await button(page, 'Reset the demo world').click()
  await page.getByRole('progressbar').waitFor()
  await accessible(page, 'a reset on its way')
  await page.locator('input[type=email]').waitFor({ timeout: 180_000 })
  await enter(page, /^Vera/)
  await becomes(async () => (await clock.innerText()).slice(0, 11), before.slice(0, 11))
  await page.close()
})
