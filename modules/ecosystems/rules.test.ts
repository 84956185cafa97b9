import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addDays, dayNumber, weekdayOf } from '../../kernel/dates.ts'
import { FiscalCalendar, fiscalPeriod, fiscalYear, isOutside, territories } from './rules.ts'

const bounds = (calendar: FiscalCalendar, year: number) => {
  const { starts_on, ends_on, weeks } = fiscalYear(calendar, year)
  return [starts_on, ends_on, weeks]
}
// The 4-5-4 retail calendar: closes on the Saturday nearest to 31 January, named after the year in which it opens.
const retail = FiscalCalendar.parse({ starts_on_month: 2, pattern: '4-5-4', ends: 'nearest', named_after: 'start' })
// A maker of telephones: closes on the last Saturday of September, the extra week falls into the first quarter.
const september = FiscalCalendar.parse({ starts_on_month: 10, pattern: '4-4-5', extra_week_in: 3 })
const february = FiscalCalendar.parse({ starts_on_month: 2 })

test('published 53-week years come out as published', () => {
  assert.deepEqual(bounds(retail, 2012), ['2012-01-29', '2013-02-02', 53])
  assert.deepEqual(bounds(retail, 2017), ['2017-01-29', '2018-02-03', 53])
  assert.deepEqual(bounds(retail, 2022), ['2022-01-30', '2023-01-28', 52])
  assert.deepEqual(bounds(retail, 2023), ['2023-01-29', '2024-02-03', 53])
  assert.deepEqual(bounds(retail, 2024), ['2024-02-04', '2025-02-01', 52])
  assert.deepEqual(bounds(september, 2017), ['2016-09-25', '2017-09-30', 53])
  assert.deepEqual(bounds(september, 2023), ['2022-09-25', '2023-09-30', 53])
  assert.deepEqual(bounds(september, 2024), ['2023-10-01', '2024-09-28', 52])
  assert.deepEqual(
    fiscalYear(september, 2023).quarters.map((quarter) => quarter.ends_on),
    ['2022-12-31', '2023-04-01', '2023-07-01', '2023-09-30'],
  )
  // Nearest to 31 December: the year can open in the December before its name.
  const december = FiscalCalendar.parse({ pattern: '5-4-4', ends: 'nearest' })
  assert.deepEqual(bounds(december, 2024), ['2023-12-31', '2024-12-28', 52])
  assert.equal(fiscalPeriod(december, '2023-12-31').year, 2024)
  assert.equal(fiscalPeriod(december, '2026-01-03').year, 2025)
  assert.equal(fiscalYear(retail, 2023).periods.at(-1)?.starts_on, '2023-12-31')
})

test('month years: February to January, April to March, January to December', () => {
  assert.deepEqual(bounds(february, 2027), ['2026-02-01', '2027-01-31', null])
  assert.deepEqual(bounds(FiscalCalendar.parse({ starts_on_month: 4, named_after: 'start' }), 2026), [
    '2026-04-01',
    '2027-03-31',
    null,
  ])
  assert.deepEqual(bounds(FiscalCalendar.parse({}), 2028), ['2028-01-01', '2028-12-31', null])
  const { year, quarter, period, starts_on, ends_on } = fiscalPeriod(february, '2028-01-31')
  assert.deepEqual([year, quarter, period, starts_on, ends_on], [2028, 4, 12, '2028-01-01', '2028-01-31'])
  assert.equal(fiscalYear(february, 2028).quarters[0]?.ends_on, '2027-04-30')
  assert.equal(fiscalPeriod(FiscalCalendar.parse({}), '2028-02-29').ends_on, '2028-02-29')
})

test('years, quarters and periods tile the days for every kind of calendar, and every day finds its own', () => {
  const calendar = fc.record({
    starts_on_month: fc.integer({ min: 1, max: 12 }),
    pattern: fc.constantFrom('calendar', '4-4-5', '4-5-4', '5-4-4'),
    ends_on_weekday: fc.integer({ min: 1, max: 7 }),
    ends: fc.constantFrom('last', 'nearest'),
    extra_week_in: fc.integer({ min: 1, max: 12 }),
    named_after: fc.constantFrom('start', 'end'),
  })
  fc.assert(
    fc.property(calendar, fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2060-12-31') }), (raw, day) => {
      const rules = FiscalCalendar.parse(raw)
      const date = addDays('1970-01-01', day)
      const year = fiscalYear(rules, date)
      assert.deepEqual(fiscalYear(rules, year.year), year, 'by date and by name agree')
      assert.ok(year.starts_on <= date && date <= year.ends_on)
      assert.equal(fiscalYear(rules, year.year + 1).starts_on, addDays(year.ends_on, 1))
      for (const parts of [year.periods, year.quarters]) {
        assert.deepEqual([parts[0]?.starts_on, parts.at(-1)?.ends_on], [year.starts_on, year.ends_on])
        for (const [i, part] of parts.slice(1).entries()) assert.equal(part.starts_on, addDays(parts[i]?.ends_on ?? '', 1))
      }
      if (rules.pattern !== 'calendar') {
        assert.ok(year.weeks === 52 || year.weeks === 53)
        assert.equal(weekdayOf(dayNumber(year.ends_on)), rules.ends_on_weekday)
        const weeks = year.periods.map((period) => (dayNumber(period.ends_on) - dayNumber(period.starts_on) + 1) / 7)
        const long = weeks.filter((count, i) => count !== Number(rules.pattern.split('-')[i % 3])).length
        assert.equal(long, year.weeks - 52)
      }
      const found = fiscalPeriod(rules, date)
      assert.ok(found.starts_on <= date && date <= found.ends_on)
    }),
    { numRuns: 2000, endOnFailure: true },
  )
})

const area = (code: string, parent_code: string | null, countries: string, state = 'active') => ({
  code,
  parent_code,
  countries: countries.split(' ').filter(Boolean),
  state,
})

test('a territory is what a region says and all below it; one that says nothing lies in the one above', () => {
  const drawn = territories([area('EMEA', null, 'FR NL'), area('DE', 'EMEA', 'DE'), area('BY', 'DE', ''), area('SE', 'EMEA', '')])
  assert.deepEqual(Object.fromEntries(drawn), { EMEA: ['DE', 'FR', 'NL'], DE: ['DE'], BY: ['DE'], SE: ['DE', 'FR', 'NL'] })
})

test('a border that is drawn on one side only is none: Sweden and Europe say nothing here, whatever Germany says', () => {
  const drawn = territories([area('EMEA', null, ''), area('DE', 'EMEA', 'DE'), area('SE', 'EMEA', '')])
  assert.deepEqual(Object.fromEntries(drawn), { EMEA: [], DE: ['DE'], SE: [] })
  const retired = territories([area('EMEA', null, ''), area('DE', 'EMEA', 'DE'), area('SE', 'EMEA', '', 'retired')])
  assert.deepEqual(retired.get('EMEA'), ['DE'])
})

test('outside is told of a country that a drawn territory lacks, and of nothing else', () => {
  assert.deepEqual(
    [isOutside(['DE'], 'FR'), isOutside(['DE'], 'DE'), isOutside([], 'FR'), isOutside(null, 'FR')],
    [true, false, null, null],
  )
})

test('whatever the tree, no region has a country twice, its own countries are its home, and what is below lies within what is above', () => {
  const tree = fc
    .array(fc.record({ up: fc.nat(), countries: fc.uniqueArray(fc.integer({ min: 65, max: 90 }), { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((rows) => {
      const taken = new Set<number>()
      return rows.map(({ up, countries }, i) => {
        const own = countries.filter((one) => !taken.has(one) && taken.add(one))
        return area(`r${i}`, i === 0 ? null : `r${up % i}`, own.map((one) => `X${String.fromCharCode(one)}`).join(' '))
      })
    })
  fc.assert(
    fc.property(tree, (areas) => {
      const drawn = territories(areas)
      for (const { code, parent_code, countries } of areas) {
        const own = drawn.get(code) ?? []
        assert.equal(new Set(own).size, own.length)
        for (const country of countries) assert.equal(isOutside(own, country), false)
        const above = drawn.get(parent_code ?? '') ?? []
        if (above.length > 0) assert.ok(own.every((country) => above.includes(country)))
      }
    }),
  )
})
