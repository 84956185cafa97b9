import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { currencyOf } from './currency-of.ts'

test('every country that one can choose has a money that browsers know', () => {
  const text = readFileSync(join(import.meta.dirname, 'countries.ts'), 'utf8')
  const codes = /'((?:[A-Z]{2} ){50,}[A-Z]{2})'/.exec(text)?.[1]?.split(' ') ?? []
  assert.ok(codes.length > 200)
  assert.deepEqual(
    codes.filter((code) => !currencyOf(code)),
    [],
  )
  const known = new Set(Intl.supportedValuesOf('currency'))
  assert.deepEqual(
    [...new Set(codes.map((code) => currencyOf(code) ?? ''))].filter((one) => !known.has(one)),
    [],
  )
})

test('those who share a money share it', () => {
  assert.deepEqual(['DE', 'HR', 'BG', 'LI', 'SV', 'NO', 'SA'].map(currencyOf), ['EUR', 'EUR', 'EUR', 'CHF', 'USD', 'NOK', 'SAR'])
})
