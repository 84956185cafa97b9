import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvCell } from '../../kernel/csv.ts'
import type { ImportColumn } from '../../kernel/importing.ts'
import { decimalText, exponentOf } from '../../kernel/money.ts'
import { guessMapping, guessSettings } from './guess-mapping.ts'
import { KINDS } from './kinds.ts'
import { cellText, readAmount, readCell, readDecimal } from './read-cell.ts'
import type { Settings } from './rules.ts'
import de from './ui/de.json' with { type: 'json' }
import en from './ui/en.json' with { type: 'json' }
import { problemCode } from './ui/problem-code.ts'

const settings: Settings = { day_order: 'dmy', decimal: '.', currency: null, country: null }
const column = (kind: ImportColumn['kind'], more: Partial<ImportColumn> = {}): ImportColumn => ({
  field: 'x',
  kind,
  label: { en: 'x', de: 'x' },
  ...more,
})
const value = (text: string, one: ImportColumn, how = settings) => {
  const read = readCell(text, one, how)
  return 'value' in read ? read.value : null
}

test('an amount written in any usual way is read to the exact minor unit', () => {
  for (const [text, decimal, currency, minor] of [
    ['1,234.50', '.', 'EUR', 123_450],
    ['1.234,50', ',', 'EUR', 123_450],
    ['€ 1 234,5', ',', 'EUR', 123_450],
    ["CHF 1'234.05", '.', 'CHF', 123_405],
    ['(12.30)', '.', 'USD', -1230],
    ['1200', '.', 'JPY', 1200],
    ['1.2', '.', 'KWD', 1200],
  ] as const)
    assert.deepEqual(readAmount(text, { decimal, currency }), { value: minor }, text)
  for (const [text, decimal] of [
    ['1.2.3', '.'],
    ['12,34,56', '.'],
    ['twelve', '.'],
    ['1.234', '.'],
    ['1234567890123456789', '.'],
  ] as const)
    assert.ok('problem' in readAmount(text, { decimal, currency: 'EUR' }), text)
})

test('every amount that we write is read back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9e14, max: 9e14 }), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
      assert.deepEqual(readAmount(decimalText(BigInt(minor), exponentOf(currency)), { decimal: '.', currency }), { value: minor })
    }),
  )
})

test('the apostrophe of an export is undone, and no other one', () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => text.trim()),
      (text) => {
        fc.pre(!text.includes('\0'))
        const cell = csvCell(text)
        const plain = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
        // A text that began with an apostrophe and a formula sign before it was exported cannot be told from one that got it.
        fc.pre(!/^'\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text))
        assert.equal(cellText(plain), text)
      },
    ),
  )
})

test('days are read in the order of the file, and days that never were are refused', () => {
  assert.equal(value('22.11.2026', column('day')), '2026-11-22')
  assert.equal(value('11/22/2026', column('day'), { ...settings, day_order: 'mdy' }), '2026-11-22')
  assert.equal(value('2026-11-22 10:00', column('day')), '2026-11-22')
  assert.equal(value('20261122', column('day')), '2026-11-22')
  assert.equal(value('1.2.27', column('day')), '2027-02-01')
  assert.equal(value('31.02.2024', column('day')), null)
  assert.equal(value('3/2027', column('month')), '2027-03')
})

test('a day with points has its month in the middle, and one in the wrong order is told how the file is read', () => {
  const mdy = { ...settings, day_order: 'mdy' as const }
  assert.equal(value('31.12.2026', column('day'), mdy), '2026-12-31')
  assert.equal(value('1.2.2026', column('day'), mdy), '2026-02-01')
  for (const [text, how, first] of [
    ['31/12/2026', mdy, 'month'],
    ['12/31/2026', settings, 'day'],
  ] as const) {
    const read = readCell(text, column('day'), how)
    assert.ok('problem' in read)
    assert.deepEqual([read.code, read.values], [`${first}_first`, { text }])
    assert.match(read.problem, new RegExp(`no day where the ${first} comes first`))
  }
  assert.equal('code' in readCell('31/31/2026', column('day'), mdy) && 'no_day', 'no_day')
  assert.deepEqual(
    guessSettings([['12/31/2026'], ['31.12.2026'], ['01.12.2026']], ';').day_order,
    'mdy',
    'days with points say nothing of those without',
  )
})

test('what a spreadsheet could not reckon is no value', () => {
  for (const text of ['#N/A', '#DIV/0!', '#REF!', '#NAME?', '#VALUE!', '#NUM!', '#NULL!', '#NV', '#BEZUG!', '#WERT!'])
    for (const kind of ['text', 'country', 'list'] as const) {
      const read = readCell(text, column(kind), settings)
      assert.deepEqual('code' in read && [read.code, read.values], ['cell_error', { text }], `${text} as ${kind}`)
    }
  assert.equal(value('#1 Systems', column('text')), '#1 Systems')
})

test('countries by code and by their names in many languages, flags and choices by their words', () => {
  for (const [text, code] of [
    ['de', 'DE'],
    ['Österreich', 'AT'],
    ['United States of America', 'US'],
    ['UK', 'GB'],
    ['Suisse', 'CH'],
    ['Nederland', 'NL'],
    ['ZZ', null],
    ['Atlantis', null],
  ] as const)
    assert.equal(value(text, column('country')), code, text)
  assert.deepEqual([value('Ja', column('flag')), value('0', column('flag')), value('maybe', column('flag'))], [true, false, null])
  assert.deepEqual(value('Händler; MSP', column('list', { choices: { reseller: ['haendler', 'händler'], msp: [] } })), [
    'reseller',
    'msp',
  ])
  assert.equal(readDecimal('1.234', ','), '1234')
})

const fields = (kind: string, header: string[], ...sample: string[][]) => {
  const importable = KINDS.get(kind)
  assert.ok(importable)
  return guessMapping(header, sample, importable).map(({ field }) => field)
}

test('columns of usual exports find their fields', () => {
  assert.deepEqual(
    fields(
      'accounts',
      ['Account ID', 'Account Name', 'Billing Country', 'Website', 'Industry', 'Parent Account ID'],
      ['1', 'A', 'DE', 'a.example', 'x', '2'],
    ),
    ['external_id', 'name', 'country', 'domain', 'segment', 'parent_external_id'],
  )
  assert.deepEqual(
    fields(
      'opportunities',
      ['Opportunity Name', 'Account Name', 'Amount', 'Amount Currency', 'Close Date', 'Stage'],
      ['A', 'B', '1,200.00', 'EUR', '2026-11-22', 'x'],
    ),
    ['name', 'account_name', 'amount_minor', 'currency', 'expected_close_on', 'stage'],
  )
  assert.deepEqual(fields('partners', ['Firma', 'Land', 'Partnerart', 'Stufe'], ['A', 'DE', 'Händler', 'Gold']), [
    'legal_name',
    'country',
    'tracks',
    'tier',
  ])
})

test('a column that says nothing fills nothing', () => {
  assert.deepEqual(fields('accounts', ['Name', 'xyzzy'], ['A', '1']), ['name', null])
  // A word that only joins others makes no two headings alike.
  assert.deepEqual(fields('deals', ['Registered on'], ['2026-11-02']), [null])
})

test('what makes a whole file unreadable has its words in each language', () => {
  const told = globSync('modules/imports/table/*.ts').flatMap((path) => [
    ...readFileSync(path, 'utf8').matchAll(/'(The (?:file|workbook) [^']+)'/g),
  ])
  const sentences = told
    .map(([, sentence = '']) => sentence)
    .filter((one) => !/too many texts|too much text|document type|a text or tag/.test(one))
  assert.ok(sentences.length > 15)
  for (const sentence of sentences) {
    const code = problemCode(sentence) ?? sentence
    assert.ok(code in en.problem && code in de.problem, code)
  }
})

test('how days and amounts are written is told from cells that leave no doubt', () => {
  assert.equal(guessSettings([['11/22/2026']], ',').day_order, 'mdy')
  assert.equal(guessSettings([['22/11/2026']], ',').day_order, 'dmy')
  assert.equal(guessSettings([['22.11.2026', '1.234,50']], ';').decimal, ',')
  assert.equal(guessSettings([['1,234.50']], ';').decimal, '.')
})
