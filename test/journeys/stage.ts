import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import axe from 'axe-core'
import { chromium, type Locator, type Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../modules/cast.ts'
import { findBrowser } from '../browser.ts'
import { freePort } from '../free-port.ts'
import { type EmptyWorld, type Opening, type World, world } from '../harness.ts'

const root = join(import.meta.dirname, '..', '..')
/** Where journeys leave their pictures; not part of the repository. */
const PICTURES = join(root, 'dist', 'pictures')

/** How long anything may take before a journey gives it up. */
const PATIENCE_MILLIS = 20_000

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Look {
  /** A phone held upright. */
  phone?: boolean
  dark?: boolean
  locale?: string
}

export interface Stage<W = World> {
  w: W
  url: string
  /** A window of its own, signed in through the sign-in page unless no one is named. */
  window: (email: string | null, look?: Look) => Promise<Page>
  close: () => Promise<void>
}

// What a file opened is closed with it, the last first, also where something failed before it had a stage to close.
const opened: (() => Promise<void>)[] = []
after(async () => {
  for (let close = opened.pop(); close; close = opened.pop()) await close()
})

/** The whole product with its web app, a world of its own, and a browser. */
export const stage = (): Promise<Stage> => stageOf(world)

export async function stageOf<W extends EmptyWorld>(open: (options: Partial<Opening>) => Promise<W>): Promise<Stage<W>> {
  const { buildWeb } = (await import('../../bin/build-web.mjs')) as { buildWeb: () => Promise<void> }
  await buildWeb()
  // Links in mails and passkeys hold the address, so it is known before the product opens.
  const port = await freePort()
  const url = `http://localhost:${port}`
  const w = await open({ web: join(root, 'dist', 'web'), config: { public_url: url } })
  const closing = [() => w.close()]
  const close = async () => {
    for (let one = closing.pop(); one; one = closing.pop()) await one()
  }
  opened.push(close)
  await w.app.server.listen({ port, host: '127.0.0.1' })
  const browser = await chromium.launch({ executablePath: findBrowser(), args: QUIET })
  closing.push(() => browser.close())
  const window: Stage<W>['window'] = async (email, { phone = false, dark = false, locale = 'en' } = {}) => {
    const size = phone
      ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
      : { viewport: { width: 1360, height: 900 } }
    const context = await browser.newContext({ ...size, locale, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
    closing.push(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MILLIS)
    page.on('pageerror', (error) => assert.fail(`The page threw: ${error.message}`))
    await page.goto(url)
    if (email) await signIn(page, email)
    return page
  }
  return { w, url, window, close }
}

/** Signs in by e-mail and password, as anybody would. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[autocomplete=current-password]').fill(DEMO_PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(/\/e\//)
  // The address changes first: until the page follows, keys would go to the form.
  await page.locator('input[autocomplete=current-password]').waitFor({ state: 'detached' })
  await page.locator('#root h1').first().waitFor()
}

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true }).first()
export const inSheet = (page: Page): Locator => page.getByRole('dialog')

/** Lets the background work until what it leads to is on the page. */
export async function until({ w }: Pick<Stage, 'w'>, seen: Locator): Promise<void> {
  for (let i = 0; i < 60 && !(await seen.isVisible()); i += 1) {
    await w.settle()
    await pause(200)
  }
  await seen.waitFor()
}

/** Looks again until it is so, as a person would before they say that it is not; fails with what it was last. */
export async function becomes<T>(read: () => Promise<T>, expected: NoInfer<T>, what?: string): Promise<void> {
  let seen = await read()
  for (
    const end = performance.now() + PATIENCE_MILLIS;
    performance.now() < end && !isDeepStrictEqual(seen, expected);
    seen = await read()
  )
    await pause(50)
  assert.deepEqual(seen, expected, what)
}

/** Fails on any violation of WCAG 2.2 A and AA, and on two parts of a page by one name; names rule and element. */
export async function accessible(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe }
    const { violations: found } = await checker.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      rules: { 'landmark-unique': { enabled: true } },
    })
    return found.map(
      (one) =>
        `${one.id}: ${one.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    )
  })
  assert.deepEqual(violations, [], `${name} is not accessible`)
}

/** Leaves a picture of the page, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}
