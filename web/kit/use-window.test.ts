import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { windowOf } from './use-window.ts'

test('few rows stand in the page, those in view among them, and the height stays that of all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: -200_000, max: 400 }), (count, top) => {
      const height = 40
      const view = 900
      const { from, to, before, after } = windowOf(count, { top, view, height })
      assert.equal(before + (to - from) * height + after, count * height)
      assert.ok(to - from <= 150)
      for (let row = 0; row < count; row += 1) {
        const y = top + row * height
        if (y >= 0 && y + height <= view) assert.ok(row >= from && row < to, `row ${row} is in view`)
      }
    }),
  )
})
