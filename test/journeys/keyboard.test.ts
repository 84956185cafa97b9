import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Stage, stage } from './stage.ts'

let s: Stage
before(async () => {
  s = await stage()
})
after(() => s.close())

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

const isKept = async (page: Page, what: string) => {
  await page.waitForTimeout(400)
  const { name, isLost } = await focused(page)
  assert.ok(!isLost, `${what}: the focus is lost`)
  return name
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
  assert.match(await isKept(page, 'palette'), /Search/)
  await page.getByRole('button', { name: /theme, language/ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  assert.match(await isKept(page, 'menu'), /theme, language/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('accounts')
  await page.keyboard.press('Enter')
  await page.waitForURL(/accounts/)
  assert.match(await isKept(page, 'from the palette to a page'), /^MAIN/)
  await page.getByRole('button', { name: 'Add account' }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.match(await isKept(page, 'sheet'), /Add account/)
  await page.getByRole('link', { name: 'Settings' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/settings/)
  assert.match(await isKept(page, 'rail'), /^MAIN/)
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
  for (let i = 0; i < 30 && (await revoke.count()) >= count; i += 1) await page.waitForTimeout(100)
  await isKept(page, 'a key is revoked')
})
