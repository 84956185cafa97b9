import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAmount, parsePercent, percentTyped } from './amount.ts'
import { decimalText, moneyText } from './locale.ts'

test('an amount is read as people of several countries write it', () => {
  const cases: [string, string, string, number][] = [
    ['184,000', 'EUR', 'en-GB', 18_400_000],
    ['184.000', 'EUR', 'de', 18_400_000],
    ['184.000,50', 'EUR', 'de', 18_400_050],
    ['184,000.50', 'EUR', 'en-GB', 18_400_050],
    ["184'000", 'CHF', 'de-CH', 18_400_000],
    ['184 000', 'EUR', 'fr', 18_400_000],
    ['12.5', 'EUR', 'de', 1250],
    ['184k', 'EUR', 'en-GB', 18_400_000],
    ['1.1m', 'EUR', 'en-GB', 110_000_000],
    ['1,125m', 'EUR', 'de', 112_500_000],
    ['€ 250000', 'EUR', 'en-GB', 25_000_000],
    ['48,600,000', 'JPY', 'en-GB', 48_600_000],
    // Browsers give these two no decimals; they are stored with two.
    ['1,000,000', 'HUF', 'en-GB', 100_000_000],
    ['250.000', 'COP', 'de', 25_000_000],
    ['1.5', 'IQD', 'en-GB', 1500],
    ['١٨٤٬٠٠٠', 'SAR', 'ar', 18_400_000],
  ]
  for (const [text, currency, code, minor] of cases) assert.equal(parseAmount(text, currency, code), minor, text)
})

test('what is no amount is none', () => {
  for (const text of ['', 'lots', '-5', '1e9', '12 apples']) assert.equal(parseAmount(text, 'EUR', 'en-GB'), null, text)
})

test('an amount is read with the decimals that it is stored with, whatever the browser holds of its currency', () => {
  const cases: [number, string, string][] = [
    [100_000_000, 'HUF', 'HUF\u00a01,000,000'],
    [1250, 'HUF', 'HUF\u00a012.50'],
    [48_600_000, 'KRW', '₩48,600,000'],
    [1500, 'IQD', 'IQD\u00a01.500'],
    [18_400_050, 'EUR', '€184,000.50'],
  ]
  for (const [minor, currency, text] of cases) assert.equal(moneyText(minor, currency), text, currency)
  assert.equal(moneyText(123_456_700, 'HUF', { notation: 'compact', maximumFractionDigits: 1 }), 'HUF\u00a01.2M')
  assert.equal(moneyText(123_456_789, 'EUR', { notation: 'compact', maximumFractionDigits: 1 }), '€1.2M')
})

test('a share is read as people write it, and what is none is none', () => {
  const cases: [string, number][] = [
    ['12.5', 1250],
    ['12,5', 1250],
    ['12 %', 1200],
    ['١٢٫٥٪', 1250],
    ['0', 0],
  ]
  for (const [text, bps] of cases) assert.equal(parsePercent(text), bps, text)
  for (const text of ['', '-5', 'lots', '1,2,3', '1e2']) assert.equal(parsePercent(text), null, text)
  assert.equal(parsePercent(percentTyped(1250)), 1250)
})

test('a rate keeps every one of its places', () => {
  for (const [rate, told] of [
    ['1.10', '1.10'],
    ['17543.2', '17,543.2'],
    ['0.000000000000012345', '0.000000000000012345'],
  ] as const)
    assert.equal(decimalText(rate), told)
})
