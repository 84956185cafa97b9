import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { aDeal } from '../../modules/deals/demo.ts'
import { type Stage, stage } from './stage.ts'

const WEB = join(import.meta.dirname, '..', '..', 'dist', 'web')
const MOST_BYTES = 200_000
// The aim itself. The outline in the page takes a third of it where two cores do nothing else, so that a busy machine holds it as well.
const PAINT_MILLIS = 600
// What somebody came for: this is three times what it takes, for machines that run other tests beside this one.
const CONTENT_MILLIS = 1200
const MOST_SHIFT = 0.05
// The aim is 100 on a machine that does nothing else; what is printed is held against it. This much more is a defect anywhere.
const ANSWER_MILLIS = 100 * 2.5
// Other work on the machine only ever adds to a time, so the best of some tries is nearest to the truth; more are made while it is above the aim.
const [TRIES, MOST_TRIES] = [2, 6]

let s: Stage
before(async () => {
  s = await stage()
})

const gzipped = (path: string) => (existsSync(`${path}.gz`) ? statSync(`${path}.gz`).size : gzipSync(readFileSync(path)).length)

interface Arrival {
  bytes: number
  paint: number
  content: number
  page: Page
}

/** Comes to an address with nothing kept from before: what is loaded, when something is painted, and when the page itself is there. */
async function arrive(context: BrowserContext, address: string, slower = 1): Promise<Arrival> {
  const page = await context.newPage()
  if (slower > 1) {
    const device = await context.newCDPSession(page)
    await device.send('Emulation.setCPUThrottlingRate', { rate: slower })
  }
  const scripts = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) scripts.add(pathname)
  })
  await page.addInitScript(() => {
    const kept = globalThis as unknown as { content: number }
    const look = () => {
      if (document.querySelector('#root h1')) kept.content = performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(s.url + address)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  const { paint, content } = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    content: (globalThis as unknown as { content: number }).content,
  }))
  const bytes = [...scripts].reduce((sum, path) => sum + gzipped(join(WEB, path)), 0)
  assert.ok(scripts.size > 3 && paint > 0 && content > 0)
  return { bytes, paint, content, page }
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

const best = (seen: Arrival[], what: 'paint' | 'content') => Math.min(...seen.map((one) => one[what]))

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
    const isSlow = () => best(seen, 'paint') > PAINT_MILLIS || best(seen, 'content') > CONTENT_MILLIS
    while (seen.length < TRIES || (seen.length < MOST_TRIES && isSlow())) {
      const context = await fresh(windows[who ?? 'nobody'], locale)
      seen.push(await arrive(context, address))
      assert.equal(await seen.at(-1)?.page.locator('html').getAttribute('lang'), locale)
      await context.close()
    }
    const [bytes, paint, content] = [seen[0]?.bytes ?? 0, best(seen, 'paint'), best(seen, 'content')]
    const times = `first paint ${paint.toFixed(0)} ms, the page itself ${content.toFixed(0)} ms`
    console.log(`${name} ${locale}: ${(bytes / 1000).toFixed(1)} kB gzipped, ${times}`)
    if (bytes > MOST_BYTES || paint > PAINT_MILLIS || content > CONTENT_MILLIS) failed.push(`${name} ${locale}`)
  }
  assert.deepEqual(failed, [])
})

test('a phone of a quarter of the speed paints soon, too, and knows the frame the second time', async () => {
  const pat = await s.window('pat@brightpath.example', { phone: true })
  const context = await fresh(pat, 'en')
  const [first, second] = [await arrive(context, '/e/meridian', 4), await arrive(context, '/e/meridian', 4)]
  for (const [name, { paint, content }] of Object.entries({ first, second }))
    console.log(`phone, ${name} time: first paint ${paint.toFixed(0)} ms, the page itself ${content.toFixed(0)} ms`)
  assert.ok(Math.min(first.paint, second.paint) < PAINT_MILLIS * 2)
  await context.close()
})

interface Seen {
  shift: number
  outline: Record<string, number[]>
  page: Record<string, number[]>
}

/** Comes to an address and tells how far things moved while it loaded, and where the outline and the page stand. */
async function watch(page: Page, address: string): Promise<Seen> {
  await page.goto(s.url + address)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(300)
  return page.evaluate(() => {
    const kept = globalThis as unknown as Seen & { measure: (within: string) => Record<string, number[]> }
    return { shift: kept.shift, outline: kept.outline, page: kept.measure('#root') }
  })
}

const watched = () => {
  const kept = globalThis as unknown as Seen & { measure: (within: string) => Record<string, number[]> }
  kept.shift = 0
  kept.outline = {}
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean }
      if (!hadRecentInput) kept.shift += value
    }
  }).observe({ type: 'layout-shift', buffered: true })
  kept.measure = (within) =>
    Object.fromEntries(
      ['.rail', '.topbar', '.finder', '.door-front', '.places'].flatMap((name) => {
        const box = document.querySelector(`${within} ${name}`)?.getBoundingClientRect()
        return box?.width ? [[name, [box.x, box.y, box.width, box.height].map(Math.round)]] : []
      }),
    )
  const look = () => {
    const name = document.documentElement.dataset.outline
    const isThere = name && document.querySelector(`#outline > .${name}`)
    if (isThere) kept.outline = kept.measure(`#outline > .${name}`)
    if (isThere || !document.querySelector('#root h1')) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

test('nothing moves while a page loads, and the outline stands where the page will stand', async () => {
  const pages = {
    vera: ['', '/partners', '/deals', '/deals/board', '/accounts', '/settings', '/account'],
    pat: ['', '/deals', '/deals/new'],
  }
  const failed: string[] = []
  for (const look of [{}, { phone: true }, { dark: true }]) {
    const [vera, pat, door] = [
      await s.window('vera@meridian.example', look),
      await s.window('pat@brightpath.example', look),
      await s.window(null, look),
    ]
    for (const page of [vera, pat, door]) await page.addInitScript(watched)
    const visits: [Page, string][] = [
      [door, '/'],
      ...pages.vera.map((path): [Page, string] => [vera, `/e/meridian${path}`]),
      ...pages.pat.map((path): [Page, string] => [pat, `/e/meridian${path}`]),
    ]
    for (const [page, address] of visits) {
      const seen = await watch(page, address)
      const name = `${JSON.stringify(look)} ${page === pat ? 'portal' : 'console'} ${address}`
      console.log(`${name}: moved ${seen.shift.toFixed(4)}`)
      if (seen.shift > MOST_SHIFT) failed.push(`${name} moved ${seen.shift}`)
      for (const [part, at] of Object.entries(seen.outline))
        if (JSON.stringify(seen.page[part]) !== JSON.stringify(at)) failed.push(`${name} ${part} ${at} ${seen.page[part]}`)
      if (Object.keys(seen.outline).length === 0) failed.push(`${name} had no outline`)
    }
    for (const page of [vera, pat, door]) await page.context().close()
  }
  assert.deepEqual(failed, [])
})

test('the page runs no script that its policy does not name, and tells whether anybody is signed in', async () => {
  const asked = await fetch(s.url)
  const html = await asked.text()
  const policy = asked.headers.get('content-security-policy') ?? ''
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code = '']) => code)
  assert.equal(scripts.length, 2)
  for (const code of scripts) assert.ok(policy.includes(`'sha256-${createHash('sha256').update(code).digest('base64')}'`))
  assert.ok(!/script-src[^;]*unsafe/.test(policy))
  assert.match(html, /<html data-session="none" /)
  const known = await fetch(s.url, { headers: { cookie: 'rialto.session_token=x', 'accept-encoding': 'gzip' } })
  assert.doesNotMatch(await known.text(), /data-session/)
  assert.equal(known.headers.get('content-encoding'), 'gzip')
  assert.equal(known.headers.get('cache-control'), 'no-cache, private')
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

type Step = [name: string, doing: () => Promise<unknown>]

async function answers(page: Page, steps: Step[]): Promise<void> {
  const slow: string[] = []
  for (const [name, doing] of steps) {
    const millis = await slowest(page, async () => void (await doing()))
    console.log(`${name}: ${millis} ms`)
    if (millis > ANSWER_MILLIS) slow.push(`${name} ${millis} ms`)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(300)
  }
  assert.deepEqual(slow, [])
}

test('what is clicked and typed is answered at once', async () => {
  await s.w.as('vera').identity.update_me({ locale: 'en' })
  const page = await s.window('vera@meridian.example')
  const option = (name: RegExp) => page.getByRole('option', { name }).first()
  await answers(page, [
    ['person menu', () => page.getByRole('button', { name: /theme, language/ }).click()],
    ['palette', () => page.keyboard.press('Control+k')],
    ['typing in the palette', () => page.getByRole('combobox').pressSequentially('partn')],
    ['to a list', () => option(/^Partners/).click()],
    ['searching the list', () => page.getByRole('searchbox').first().pressSequentially('bri')],
    [
      'next row',
      () =>
        page
          .locator('h1')
          .click()
          .then(() => page.keyboard.press('j')),
    ],
    ['a look at it', () => page.keyboard.press('Space')],
    [
      'a record',
      () =>
        page
          .getByRole('link', { name: /Brightpath/ })
          .first()
          .click(),
    ],
    ['to another place', () => page.getByRole('link', { name: 'Pipeline' }).click()],
    ['another tab', () => page.locator('nav.tabs').getByRole('link', { name: 'Accounts' }).click()],
    ['a sheet', () => page.getByRole('button', { name: 'Add account' }).first().click()],
    ['typing in a sheet', () => page.getByRole('dialog').getByLabel('Name', { exact: true }).pressSequentially('Nord')],
  ])
})

test('a deal is begun and moved without a wait', async () => {
  await s.w.as('pat').identity.update_me({ locale: 'en' })
  await aDeal(s.w.as('pat'), { amount_minor: 2_000_000 })
  const page = await s.window('pat@brightpath.example')
  const drag = async () => {
    const handle = page.getByRole('button', { name: /^Drag / }).first()
    const box = await handle.boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    for (let i = 1; i < 12; i += 1) await page.mouse.move(box.x + i * 25, box.y + 10)
    await page.mouse.up()
  }
  await answers(page, [
    ['the deal form', () => page.getByRole('button', { name: 'Register deal' }).first().click()],
    ['typing in it', () => page.locator('form input').first().pressSequentially('nord')],
    ['to the deals', () => page.getByRole('link', { name: 'Deals' }).first().click()],
    ['the board', () => page.locator('nav.tabs').getByRole('link', { name: 'Board' }).click()],
    ['a card is dragged', drag],
  ])
})
