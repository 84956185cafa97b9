import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { leftOf } from './clock-left.ts'

const at = (iso: string) => new Date(iso).getTime()
const noon = at('2026-11-20T12:00:00Z')

test('working time left is told in working hours and decides the ring', () => {
  const left = leftOf({ due_at: '2026-11-23T12:00:00Z', started_at: '2026-11-19T12:00:00Z', left_minutes: 360 }, noon)
  assert.deepEqual(left, { share: 0.75, heat: 'calm', isLate: false, isWorking: true, unit: 'hours', count: 6 })
})

test('without a calendar the days are the days of the wall', () => {
  const left = leftOf({ due_at: '2026-11-30T12:00:00Z', started_at: '2026-11-10T12:00:00Z' }, noon)
  assert.deepEqual(left, { share: 0.5, heat: 'calm', isLate: false, isWorking: false, unit: 'days', count: 10 })
})

test('a missed clock is late, empty and hot', () => {
  const left = leftOf({ due_at: '2026-11-20T09:00:00Z', started_at: '2026-11-18T09:00:00Z' }, noon)
  assert.equal(left.isLate, true)
  assert.equal(left.share, 0)
  assert.equal(left.heat, 'now')
  assert.deepEqual([left.unit, left.count], ['hours', 3])
})

test('a paused clock keeps the working time it had', () => {
  const clock = { due_at: null, started_at: '2026-11-18T12:00:00Z', left_minutes: 480 }
  assert.deepEqual(leftOf(clock, noon + 5 * 86_400_000), leftOf(clock, noon))
  assert.deepEqual([leftOf(clock, noon).heat, leftOf(clock, noon).share], ['paused', 0.5])
})

test('the ring never runs over or under', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (ahead, length) => {
      const due = noon + ahead * 60_000
      const clock = { due_at: new Date(due).toISOString(), started_at: new Date(due - length * 60_000).toISOString() }
      const left = leftOf(clock, noon)
      assert.ok(left.share >= 0 && left.share <= 1)
      assert.ok(left.count >= 0)
      assert.equal(left.isLate, ahead < 0)
    }),
  )
})
