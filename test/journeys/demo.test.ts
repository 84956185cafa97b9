import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findBrowser } from '../browser.ts'
import { freePort } from '../free-port.ts'
import { accessible, button, picture } from './stage.ts'

// The demo world as npm start tells it, with its controls: the one journey through the real start.
const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'rialto-demo-'))
let product: ChildProcess
let browser: Browser
let url = ''
before(async () => {
  const port = await freePort()
  url = `http://localhost:${port}`
  const { DATABASE_URL: _own, ...inherited } = process.env
  const env = { ...inherited, PORT: String(port), PUBLIC_URL: url, DATA_DIR: folder, RIALTO_DEMO: 'on' }
  product = spawn(process.execPath, [join(root, 'bin', 'start.mjs')], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    product.stdout?.on('data', (text: Buffer) => text.includes('Rialto is ready') && resolve())
    product.on('exit', (code) => reject(new Error(`The start ended with ${code}`)))
  })
  browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
})
after(async () => {
  await browser?.close()
  if (product.exitCode === null) {
    product.kill('SIGTERM')
    await once(product, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

async function enter(page: Page, name: RegExp): Promise<void> {
  await button(page, name).click()
  await page.waitForURL(/\/e\/meridian/)
  await page
    .getByText(/things? waits? for you/)
    .first()
    .waitFor()
}

test('a visitor reads the mail that the demo world keeps, passes time, is someone else, and puts it all back', async () => {
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
  assert.notEqual(await clock.innerText(), before)

  await button(page, 'Reset').click()
  await accessible(page, 'asking before a reset')
  await button(page, 'Reset the demo world').click()
  await page.getByRole('progressbar').waitFor()
  await accessible(page, 'a reset on its way')
  await page.locator('input[type=email]').waitFor({ timeout: 180_000 })
  await enter(page, /^Vera/)
  assert.equal((await clock.innerText()).slice(0, 11), before.slice(0, 11))
  await page.close()
})
