import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkColour, DEFAULTS, nearestPassing, ON_FILL, SURFACES, scaleOf } from './brand.ts'
import { contrast, toHex, toOklch } from './colour.ts'

const hex = fc.integer({ min: 0, max: 0xff_ff_ff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

test('contrast follows the examples of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48')
  assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54')
})

test('a colour survives the way to OKLCH and back', () => {
  fc.assert(
    fc.property(hex, (colour) => {
      const back = toHex(toOklch(colour))
      for (const at of [1, 3, 5]) {
        const gap = Math.abs(Number.parseInt(colour.slice(at, at + 2), 16) - Number.parseInt(back.slice(at, at + 2), 16))
        assert.ok(gap <= 2, `${colour} became ${back}`)
      }
    }),
  )
})

test('a passing colour is kept, a failing one is refused and replaced by one that passes', () => {
  assert.deepEqual(checkColour(DEFAULTS.primary, 'light').passes, true)
  const pale = checkColour('#ffd400', 'light')
  assert.equal(pale.passes, false)
  assert.ok(pale.ratio < 4.5)
  assert.notEqual(pale.used, pale.asked)
})

test('whatever a host asks for, text and filled buttons stay readable in both schemes', () => {
  fc.assert(
    fc.property(hex, (asked) => {
      const scale = scaleOf(asked)
      for (const surface of [...SURFACES.light, ON_FILL.light])
        assert.ok(contrast(scale[8], surface) >= 4.5, `${asked} on ${surface}`)
      for (const surface of [...SURFACES.dark, ON_FILL.dark])
        assert.ok(contrast(scale[4], surface) >= 4.5, `${asked} on ${surface}`)
    }),
  )
})

test('the replacement is the nearest: a step closer to the asked colour fails', () => {
  const asked = '#ffd400'
  const { used } = nearestPassing(asked, ['#ffffff'])
  const closer = { ...toOklch(used), l: toOklch(used).l + 1 / 128 }
  assert.ok(contrast(toHex(closer), '#ffffff') < 4.5)
})

test('a word that is no colour is refused by name', () => {
  assert.throws(() => nearestPassing('teal', ['#ffffff']), /teal is not a colour: write it as #rrggbb/)
})
