import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { type Stage, stage } from './stage.ts'

const WEB = join(import.meta.dirname, '..', '..', 'dist', 'web')
const MOST_BYTES = 200_000
// The aims are 600 and 100 on a machine that does nothing else; what is printed is held against them. This much more is a defect anywhere.
const PAINT_MILLIS = 600 * 3
const ANSWER_MILLIS = 100 * 3
const TRIES = 3

let s: Stage
before(async () => {
  s = await stage()
})
after(() => s.close())

const gzipped = (path: string) => (existsSync(`${path}.gz`) ? statSync(`${path}.gz`).size : gzipSync(readFileSync(path)).length)

interface Arrival {
  bytes: number
  paint: number
  page: Page
}

/** Comes to an address with nothing kept from before: what is loaded, and when the first words are there. */
async function arrive(context: BrowserContext, address: string): Promise<Arrival> {
  const page = await context.newPage()
  const scripts = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) scripts.add(pathname)
  })
  await page.goto(s.url + address)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
  const bytes = [...scripts].reduce((sum, path) => sum + gzipped(join(WEB, path)), 0)
  assert.ok(scripts.size > 3 && paint > 0)
  return { bytes, paint, page }
}

/** A browser that holds the sign-in of another and nothing else. */
async function fresh(as: Page, locale: string): Promise<BrowserContext> {
  const { cookies } = await as.context().storageState()
  const context = await as
    .context()
    .browser()
    ?.newContext({ storageState: { cookies, origins: [] }, locale })
  assert.ok(context)
  return context
}

const ROUTES = [
  ['sign-in', null, '/', 'en'],
  ['console', 'vera', '/e/meridian', 'en'],
  ['console', 'vera', '/e/meridian', 'de'],
  ['portal', 'pat', '/e/meridian', 'en'],
  ['portal', 'pat', '/e/meridian', 'de'],
  ['portal', 'pat', '/e/meridian', 'ar'],
] as const

test('every first route is light and soon painted, in every language', async () => {
  const emails = { vera: 'vera@meridian.example', pat: 'pat@brightpath.example' }
  const windows = {
    vera: await s.window(emails.vera),
    pat: await s.window(emails.pat),
    nobody: await s.window(null),
  }
  const failed: string[] = []
  for (const [name, who, address, locale] of ROUTES) {
    if (who) await s.w.as(who).identity.update_me({ locale })
    const seen: Arrival[] = []
    for (let i = 0; i < TRIES; i += 1) {
      const context = await fresh(windows[who ?? 'nobody'], locale)
      seen.push(await arrive(context, address))
      assert.equal(await seen.at(-1)?.page.locator('html').getAttribute('lang'), locale)
      await context.close()
    }
    const [bytes, paint] = [seen[0]?.bytes ?? 0, Math.min(...seen.map((one) => one.paint))]
    console.log(`${name} ${locale}: ${(bytes / 1000).toFixed(1)} kB gzipped, first paint ${paint.toFixed(0)} ms`)
    if (bytes > MOST_BYTES || paint > PAINT_MILLIS) failed.push(`${name} ${locale}`)
  }
  assert.deepEqual(failed, [])
})

/** The longest time from a key or a click to the next picture, as the browser counts it. */
async function slowest(page: Page, doing: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as { slow: number }
    kept.slow = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ((entry as PerformanceEventTiming).interactionId) kept.slow = Math.max(kept.slow, entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  await doing()
  await page.waitForTimeout(200)
  return page.evaluate(() => (globalThis as unknown as { slow: number }).slow)
}

test('what is clicked and typed is answered at once', async () => {
  await s.w.as('vera').identity.update_me({ locale: 'en' })
  const page = await s.window('vera@meridian.example')
  const steps: [string, () => Promise<void>][] = [
    ['person menu', () => page.getByRole('button', { name: /theme, language/ }).click()],
    ['palette', () => page.keyboard.press('Control+k')],
    ['typing in the palette', () => page.getByRole('combobox').fill('partn')],
    [
      'to a list',
      () =>
        page
          .getByRole('option', { name: /^Partners/ })
          .first()
          .click(),
    ],
    ['next row', () => page.keyboard.press('j')],
    ['a look at it', () => page.keyboard.press('Space')],
    ['to another place', () => page.getByRole('link', { name: 'Pipeline' }).click()],
  ]
  const slow: string[] = []
  for (const [name, doing] of steps) {
    const millis = await slowest(page, doing)
    console.log(`${name}: ${millis} ms`)
    if (millis > ANSWER_MILLIS) slow.push(`${name} ${millis} ms`)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(300)
  }
  assert.deepEqual(slow, [])
})
