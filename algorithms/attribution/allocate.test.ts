import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { allocate } from './allocate.ts'
import { cappedShares } from './capped-shares.ts'

const amount = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const weights = fc
  .array(fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 12 })
  .filter((list) => list.some((weight) => weight > 1e-3))
const wholeWeights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }).filter((list) => list.some((weight) => weight > 0))

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + BigInt(part), 0n)

test('parts sum to the amount exactly, whatever the amount and the weights', () => {
  fc.assert(fc.property(amount, weights, (minor, list) => assert.equal(sum(allocate(minor, list)), BigInt(minor))))
})

test('every part is its exact quota rounded up or down', () => {
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), wholeWeights, (minor, list) => {
      const total = sum(list)
      allocate(minor, list).forEach((part, i) => {
        const below = (BigInt(minor) * BigInt(list[i] ?? 0)) / total
        assert.ok(BigInt(part) === below || BigInt(part) === below + 1n)
      })
    }),
  )
})

test('nobody with a smaller remainder is rounded up before one with a larger, and ties go to the earlier', () => {
  assert.deepEqual(allocate(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(allocate(101, [1, 1, 1]), [34, 34, 33])
  assert.deepEqual(allocate(1, [1, 2, 2]), [0, 1, 0])
  assert.deepEqual(allocate(10, [0.1, 0.1, 0.1]), [4, 3, 3])
  // Seats of the example in Wikipedia, "Quota method" (largest remainder with the Hare quota): 10 seats, 100,000 votes.
  assert.deepEqual(allocate(10, [47_000, 16_000, 15_800, 12_000, 6_100, 3_100]), [5, 2, 1, 1, 1, 0])
})

test('a refund mirrors the credit, a zero amount and a zero weight give plain zeros', () => {
  fc.assert(
    fc.property(fc.nat(1e12), weights, (minor, list) =>
      assert.deepEqual(
        allocate(-minor, list).map((part) => 0 - part),
        allocate(minor, list),
      ),
    ),
  )
  assert.ok(allocate(-5, [0, 1]).every((part) => !Object.is(part, -0)))
  assert.deepEqual(allocate(0, [3, 1]), [0, 0])
})

test('the smallest and the largest weights are split like any other', () => {
  assert.deepEqual(allocate(4, [3 * Number.MIN_VALUE, Number.MIN_VALUE]), [3, 1])
  assert.deepEqual(allocate(4, [Number.MAX_VALUE, Number.MAX_VALUE]), [2, 2])
  assert.deepEqual(allocate(7, [Number.MAX_VALUE, Number.MIN_VALUE]), [7, 0])
})

test('scaling the weights by a power of two changes nothing', () => {
  fc.assert(
    fc.property(fc.nat(1e12), wholeWeights, (minor, list) =>
      assert.deepEqual(
        allocate(
          minor,
          list.map((weight) => weight / 4096),
        ),
        allocate(minor, list),
      ),
    ),
  )
})

test('impossible splits are refused', () => {
  assert.throws(() => allocate(1.5, [1]), /amount 1.5/)
  assert.throws(() => allocate(2 ** 53, [1]), /whole minor units/)
  assert.throws(() => allocate(1, [1, -1]), /zero or more/)
  assert.throws(() => allocate(1, [Number.NaN]), /zero or more/)
  assert.throws(() => allocate(1, [0, 0]), /above zero/)
  assert.throws(() => allocate(1, []), /above zero/)
})

test('capped shares keep every cap, pass the rest on in proportion and fall short only when all are capped', () => {
  assert.deepEqual(cappedShares([2, 1, 1], [0.3, 1, 1], 1), [0.3, 0.35, 0.35])
  assert.deepEqual(cappedShares([1, 0], [0.25, 1], 1), [0.25, 0])
  const cap = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(100), cap), { minLength: 1, maxLength: 9 }), (entries) => {
      const shares = cappedShares(
        entries.map(([weight]) => weight),
        entries.map(([, most]) => most),
        1,
      )
      const room = entries.reduce((total, [weight, most]) => (weight > 0 ? total + most : total), 0)
      const given = shares.reduce((total, part) => total + part, 0)
      assert.ok(Math.abs(given - Math.min(1, room)) < 1e-9, `${given} of ${room}`)
      shares.forEach((part, i) => assert.ok(part <= (entries[i]?.[1] ?? 0) + 1e-12))
    }),
  )
})
