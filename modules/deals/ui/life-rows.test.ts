import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowsOf } from './life-rows.ts'

test('words below the line of a deal stand side by side where there is room', () => {
  assert.deepEqual(rowsOf([0.07, 0.6, 0.93, 0.3]), [0, 0, 0, 0])
})

test('of words that would cover each other each has a row of its own, also where three meet', () => {
  // Registered, protected until, expected close, today: the last three within a few days.
  assert.deepEqual(rowsOf([0.07, 0.93, 0.92, 0.85]), [0, 2, 1, 0])
})
