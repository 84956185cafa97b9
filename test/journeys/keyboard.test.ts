import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { mountDemo } from '../../modules/demo/index.ts'
import { world } from '../harness.ts'
import { becomes, type Stage, stage, stageOf } from './stage.ts'

let s: Stage
before(async () => {
  s = await stage()
})

interface Focused {
  name: string
  isLost: boolean
  isSeen: boolean
}

/** What holds the focus, and whether a person can see that it does. */
const focused = (page: Page): Promise<Focused> =>
  page.evaluate(async () => {
    // As it is in the next picture.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const element = document.activeElement as HTMLElement | null
    const isLost = !element || element === document.body
    const name = isLost
      ? 'nothing'
      : `${element.tagName} ${element.getAttribute('aria-label') ?? element.innerText ?? ''}`.slice(0, 60)
    // A hidden radio or switch shows its focus on what is drawn beside it, a field on its frame.
    const isHidden =
      element?.matches('[type=radio],[type=checkbox]') && (element.offsetWidth < 2 || getComputedStyle(element).opacity === '0')
    const drawn = isHidden ? [element?.nextElementSibling, element?.parentElement] : [element]
    const box = (isHidden ? element?.parentElement : element)?.getBoundingClientRect()
    const isInside = !!box && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    const isField = !isHidden && !!element?.matches('input,textarea,main')
    const isMarked = isField || drawn.some((one) => one && getComputedStyle(one).outlineStyle !== 'none')
    return { name, isLost, isSeen: isInside && isMarked }
  })

/** A slow machine needs a moment to follow the keys. */
const arrives = (page: Page, at: RegExp, what: string) =>
  becomes(
    async () => {
      const { name } = await focused(page)
      return at.test(name) || name
    },
    true,
    what,
  )

async function walk(page: Page, most: number): Promise<string[]> {
  const wrong: string[] = []
  const seen = new Set<string>()
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab')
    const { name, isLost, isSeen } = await focused(page)
    // After the last one the focus is the browser's own.
    if (isLost) break
    seen.add(name)
    if (!isSeen) wrong.push(name)
  }
  assert.ok(seen.size > 5, `only ${[...seen].join(', ')}`)
  return wrong
}

/** The focus comes to what was expected, and is there a moment later as well. */
async function isKept(page: Page, what: string, expected: RegExp): Promise<void> {
  await arrives(page, expected, what)
  await page.waitForTimeout(400)
  const { name, isLost } = await focused(page)
  assert.ok(!isLost, `${what}: the focus is lost`)
  assert.match(name, expected, what)
}

test('the focus is seen on every step through both frames', async () => {
  const vera = await s.window('vera@meridian.example')
  const pat = await s.window('pat@brightpath.example')
  for (const path of ['', '/partners', '/accounts', '/settings', '/account']) {
    await vera.goto(`${s.url}/e/meridian${path}`)
    await vera.locator('h1').first().waitFor()
    await vera.waitForLoadState('networkidle')
    assert.deepEqual(await walk(vera, 45), [], `console ${path}`)
  }
  for (const path of ['', '/deals', '/deals/new']) {
    await pat.goto(`${s.url}/e/meridian${path}`)
    await pat.locator('h1').first().waitFor()
    await pat.waitForLoadState('networkidle')
    assert.deepEqual(await walk(pat, 45), [], `portal ${path}`)
  }
})

test('the focus comes back when palette, menu and sheet close, and arrives with a new page', async () => {
  const page = await s.window('vera@meridian.example')
  await page
    .getByRole('button', { name: /^Search/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.press('Escape')
  await isKept(page, 'palette', /Search/)
  await page.getByRole('button', { name: /theme, language/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /theme, language/, expanded: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /theme, language/, expanded: false }).waitFor()
  await isKept(page, 'menu', /theme, language/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('accounts')
  await page
    .getByRole('option', { name: /^Accounts/ })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/accounts/)
  await isKept(page, 'from the palette to a page', /^MAIN/)
  await page.getByRole('button', { name: 'Add account' }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await isKept(page, 'sheet', /Add account/)
  await page.getByRole('link', { name: 'Settings' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/settings/)
  await isKept(page, 'rail', /^MAIN/)
})

test('the focus stays near when what held it is deleted', async () => {
  const page = await s.window('vera@meridian.example')
  await s.w.as('vera').access.create_key({ name: 'First', scopes: ['deals.read'] })
  await s.w.as('vera').access.create_key({ name: 'Second', scopes: ['deals.read'] })
  await page.goto(`${s.url}/e/meridian/settings/keys`)
  const revoke = page.getByRole('button', { name: 'End key' })
  await revoke.first().waitFor()
  const count = await revoke.count()
  await revoke.last().focus()
  await page.keyboard.press('Enter')
  await becomes(() => revoke.count(), count - 1)
  await isKept(page, 'a key is revoked', /^(?!nothing)/)
})

test('the bar of the demo world is reached, used and left by keys alone', async () => {
  const demo = await stageOf(async (options) => {
    const w = await world(options)
    mountDemo(w.app, {})
    return w
  })
  try {
    const page = await demo.window('vera@meridian.example')
    const bar = page.getByRole('region', { name: 'Demo world' })
    const clock = bar.locator('.figure')
    const panel = bar.locator('.drop-panel')
    const before = await clock.innerText()
    const at = () => focused(page).then(({ name }) => name)
    const step = async (key: string, to: RegExp) => {
      await page.keyboard.press(key)
      await arrives(page, to, `after ${key}`)
      const { name, isSeen } = await focused(page)
      assert.ok(isSeen, `${name} is focused, and nobody sees it`)
    }
    await page.locator('body').focus()
    for (let i = 0; i < 40 && !/Advance the clock/.test(await at()); i += 1) await page.keyboard.press('Tab')
    await step('Enter', /Advance the clock/)
    await panel.waitFor()
    await step('ArrowDown', /1 working hour/)
    await step('ArrowDown', /1 day/)
    await step('Escape', /Advance the clock/)
    await panel.waitFor({ state: 'detached' })
    await step('Enter', /Advance the clock/)
    await panel.waitFor()
    await step('ArrowDown', /1 working hour/)
    await step('ArrowDown', /1 day/)
    await page.keyboard.press('Enter')
    await page.getByText(/It is now/).waitFor()
    await becomes(async () => (await clock.innerText()) === before, false, 'the clock')
    await isKept(page, 'the clock was advanced', /Advance the clock/)
    await step('Tab', /Be someone else/)
    await step('Enter', /Be someone else/)
    await panel.waitFor()
    await step('ArrowDown', /^(?!.*Be someone else)/)
    // Away with Tab: a panel that stays open would cover the page.
    await step('Escape', /Be someone else/)
    await step('Tab', /Reset/)
    assert.equal(await panel.count(), 0)
    await step('Tab', /./)
    assert.equal(await bar.locator(':focus').count(), 0)
    await step('Shift+Tab', /Reset/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await isKept(page, 'no reset after all', /Reset/)
    await step('Shift+Tab', /Be someone else/)
    await page.keyboard.press('Enter')
    await panel.waitFor()
    for (let i = 0; i < 30 && !(await at()).startsWith('BUTTON Pat'); i += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Register deal' }).first().waitFor()
  } finally {
    await demo.close()
  }
})
