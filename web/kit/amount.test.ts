import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAmount } from './amount.ts'

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
    ['١٨٤٬٠٠٠', 'SAR', 'ar', 18_400_000],
  ]
  for (const [text, currency, code, minor] of cases) assert.equal(parseAmount(text, currency, code), minor, text)
})

test('what is no amount is none', () => {
  for (const text of ['', 'lots', '-5', '1e9', '12 apples']) assert.equal(parseAmount(text, 'EUR', 'en-GB'), null, text)
})
