import assert from 'node:assert/strict'
import { test } from 'node:test'
import { microsOf, plusMicros } from './micros.ts'

test('moments are told apart by microseconds, however many zeros the database left out', () => {
  const at = ['2026-11-23T04:00:00Z', '2026-11-23T04:00:00.1Z', '2026-11-23T04:00:00.12Z', '2026-11-23T04:00:00.120001Z']
  assert.deepEqual(
    [...at].reverse().sort((a, b) => microsOf(a) - microsOf(b)),
    at,
  )
  assert.equal(plusMicros('2026-11-23T04:00:00.12Z', 1), '2026-11-23T04:00:00.120001Z')
  assert.equal(plusMicros('2026-11-23T04:00:00Z', -1), '2026-11-23T03:59:59.999999Z')
})
