import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as dinero from 'dinero.js'
import { Currency, Rate } from './contract.ts'
import { convert, exponentOf } from './money.ts'

test('minor units follow ISO 4217, as an independent table has it, and not the runtime', () => {
  const known = Object.values(dinero).filter(
    (value) => typeof value === 'object' && 'code' in value && Currency.safeParse(value.code).success,
  )
  let compared = 0
  for (const { code, base, exponent } of known as { code: string; base: number; exponent: number }[]) {
    if (base !== 10) continue // ariary and ouguiya have fifths; ISO 4217 writes them with two decimals
    assert.equal(exponentOf(code), exponent, code)
    compared += 1
  }
  assert.ok(compared > 140, `${compared} compared`)
  assert.deepEqual(['HUF', 'IDR', 'IQD', 'JPY', 'KWD', 'CLF', 'MGA'].map(exponentOf), [2, 2, 3, 0, 3, 4, 2])
  assert.throws(() => exponentOf('XXX'), /'XXX' is not an ISO 4217/)
  assert.equal(Currency.safeParse('eur').success, false)
  assert.equal(Currency.parse('BGN'), 'BGN', 'older records still carry the lev')
})

test('conversion is exact and rounds once, half to even, across exponents 0, 2, 3 and 4', () => {
  assert.equal(convert(18_400_000, 'EUR', 'USD', '1.08'), 19_872_000)
  assert.equal(convert(30_000_000, 'EUR', 'JPY', '162'), 48_600_000)
  assert.equal(convert(1000, 'JPY', 'KWD', '0.0021'), 2100)
  assert.equal(convert(1, 'KWD', 'CLF', '1'), 10)
  assert.deepEqual(
    [50, 150, 250, -50, -150].map((minor) => convert(minor, 'EUR', 'JPY', '1')),
    [0, 2, 2, 0, -2],
  )
  assert.equal(convert(251, 'EUR', 'JPY', '1'), 3)
  // 1.005 has no exact binary form; a float would give 100.
  assert.equal(convert(300, 'EUR', 'USD', '1.005'), 302)
  assert.equal(convert(9_007_199_254_740_991, 'EUR', 'USD', '0.999999999999999999'), 9_007_199_254_740_991)
  assert.throws(() => convert(9_007_199_254_740_991, 'EUR', 'USD', '2'), /too large/)
  assert.throws(() => convert(1, 'EUR', 'USD', '1,2'), /'1,2' is not a decimal/)
  assert.throws(() => convert(1.5, 'EUR', 'USD', '1'), RangeError)
})

test('a rate is a positive decimal text', () => {
  for (const good of ['1', '0.0000635294117647', '162.35']) assert.equal(Rate.parse(good), good)
  for (const bad of ['0', '0.000', '-1', '1,2', '1e3', '', 'NaN']) assert.equal(Rate.safeParse(bad).success, false, bad)
})
