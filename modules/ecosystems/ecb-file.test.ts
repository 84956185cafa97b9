import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from '../../kernel/money.ts'
import { crossRate } from './cross-rate.ts'
import { parseEcbFile } from './ecb-file.ts'

// Invented figures in the bank's own format.
const DAY = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<gesmes:Sender>
		<gesmes:name>European Central Bank</gesmes:name>
	</gesmes:Sender>
	<Cube>
		<Cube time='2026-11-20'>
			<Cube currency='USD' rate='1.0810'/>
			<Cube currency='JPY' rate='162.40'/>
			<Cube currency='IDR' rate='17012.35'/>
		</Cube>
	</Cube>
</gesmes:Envelope>`
const HISTORY = DAY.replace(
  '\t</Cube>\n</gesmes',
  `\t\t<Cube time="2026-11-19"><Cube currency="USD" rate="1.0795"/><Cube currency="JPY" rate="161.95"/></Cube>\n\t</Cube>\n</gesmes`,
)
const CSV_HISTORY = `Date,USD,JPY,BGN,CYP,
2026-11-20,1.0810,162.40,N/A,N/A,
2007-12-31,1.4721,164.93,1.9558,0.585274,
`
const CSV_DAY = 'Date, USD, JPY, \n20 November 2026, 1.0810, 162.40, \n'

test('the daily and the historic XML give one row a day and currency, digits as printed', () => {
  assert.deepEqual(parseEcbFile(DAY), [
    { on: '2026-11-20', currency: 'USD', rate: '1.0810' },
    { on: '2026-11-20', currency: 'JPY', rate: '162.40' },
    { on: '2026-11-20', currency: 'IDR', rate: '17012.35' },
  ])
  const rows = parseEcbFile(HISTORY)
  assert.equal(rows.length, 5)
  assert.deepEqual(rows.at(-1), { on: '2026-11-19', currency: 'JPY', rate: '161.95' })
})

test('both CSV forms are read; what the bank did not fix gives no row', () => {
  assert.deepEqual(
    parseEcbFile(`\ufeff${CSV_HISTORY.replaceAll('\n', '\r\n')}`).map(({ on, currency, rate }) => `${on} ${currency} ${rate}`),
    [
      '2026-11-20 USD 1.0810',
      '2026-11-20 JPY 162.40',
      '2007-12-31 USD 1.4721',
      '2007-12-31 JPY 164.93',
      '2007-12-31 BGN 1.9558',
      '2007-12-31 CYP 0.585274',
    ],
  )
  assert.deepEqual(parseEcbFile(CSV_DAY), parseEcbFile(DAY).slice(0, 2))
})

test('the rows convert money through the euro', () => {
  const rates = Object.fromEntries(parseEcbFile(DAY).map(({ currency, rate }) => [currency, rate]))
  assert.equal(convert(108_100, 'USD', 'JPY', crossRate(rates, 'USD', 'JPY')), 162_400)
})

test('another kind of file is refused with the place and the remedy', () => {
  for (const [text, message] of [
    ['', /first line must be "Date,USD,JPY/],
    ['PK\u0003\u0004xx', /unzip it/],
    ['name;domain\nNordwind;nordwind.example', /first line must be/],
    ['Date,USD,JPY,\n', /holds no rates/],
    ['<html><body>Not found</body></html>', /no eurofxref file/],
    ['<gesmes:Envelope><Cube>', /XML cannot be read/],
    [DAY.replace('1.0810', '1,0810'), /day 2026-11-20: the rate of USD is '1,0810'/],
    [DAY.replace("rate='1.0810'", "rate='0.0'"), /the rate of USD is '0.0', not a decimal above zero/],
    [DAY.replace('2026-11-20', '2026-11-31'), /'2026-11-31' is not a date/],
    [DAY.replace("'JPY'", "'USD'"), /USD has two rates on 2026-11-20/],
    [CSV_HISTORY.replace('1.4721,', ''), /line 3 has 5 cells, the first line has 6/],
    [CSV_DAY.replace('November', 'Novembre'), /line 2: '20 Novembre 2026' is not a date/],
    ['Date,USD\n"2026-11-20,1.08', /CSV cannot be read/],
  ] as const) {
    assert.throws(() => parseEcbFile(text), { name: 'Refusal', code: 'invalid', message }, text.slice(0, 60))
  }
})

test('entities are not expanded', () => {
  const bomb = DAY.replace('?>', '?><!DOCTYPE x [<!ENTITY a "1.5">]>').replace('1.0810', '&a;')
  assert.throws(() => parseEcbFile(bomb), /the rate of USD is '&a;'|cannot be read/)
})
