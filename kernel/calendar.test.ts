import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  addCalendarDays,
  addWorkingDays,
  addWorkingMinutes,
  hasHolidays,
  isWorkingDay,
  localDate,
  startOfDay,
  workingMinutesBetween,
} from './calendar.ts'
import { addDays, WorkCalendar } from './dates.ts'

const office = (zone: string, over: Partial<WorkCalendar> = {}): WorkCalendar =>
  WorkCalendar.parse({ zone, week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: null, ...over })
const worksAt = (calendar: WorkCalendar, minute: string): boolean =>
  workingMinutesBetween(calendar, minute, new Date(Date.parse(minute) + 60_000).toISOString()) === 1
const berlin = office('Europe/Berlin', { holidays: 'DE' })
const riyadh = office('Asia/Riyadh', { week: [7, 1, 2, 3, 4], holidays: 'SA' })
const tokyo = office('Asia/Tokyo', { holidays: 'JP' })
const ZONES = [
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Asia/Riyadh',
  'Asia/Tokyo',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'America/St_Johns',
]

// Each row is a day of a change: zone, date, length of the local day in hours, first instant. From the IANA tables, by hand.
const CHANGES: [zone: string, date: string, hours: number, starts_at: string][] = [
  ['Australia/Lord_Howe', '2026-04-05', 24.5, '2026-04-04T13:00:00.000Z'],
  ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-10-03T13:30:00.000Z'],
  ['Pacific/Apia', '2011-12-29', 24, '2011-12-29T10:00:00.000Z'],
  ['Pacific/Apia', '2011-12-30', 0, '2011-12-30T10:00:00.000Z'],
  ['Pacific/Apia', '2011-12-31', 24, '2011-12-30T10:00:00.000Z'],
  ['Pacific/Apia', '2021-04-04', 25, '2021-04-03T10:00:00.000Z'],
  ['Asia/Kathmandu', '2026-03-29', 24, '2026-03-28T18:15:00.000Z'],
  ['Africa/Casablanca', '2026-02-15', 25, '2026-02-14T23:00:00.000Z'],
  ['Africa/Casablanca', '2026-03-22', 23, '2026-03-22T00:00:00.000Z'],
  ['America/New_York', '2026-03-08', 23, '2026-03-08T05:00:00.000Z'],
  ['America/New_York', '2026-11-01', 25, '2026-11-01T04:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29', 23, '2026-03-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25', 25, '2026-10-24T22:00:00.000Z'],
  ['Europe/London', '2026-03-29', 23, '2026-03-29T00:00:00.000Z'],
  ['Europe/London', '2026-10-25', 25, '2026-10-24T23:00:00.000Z'],
  ['Asia/Riyadh', '2026-03-29', 24, '2026-03-28T21:00:00.000Z'],
  ['Asia/Tokyo', '2024-02-29', 24, '2024-02-28T15:00:00.000Z'],
  ['Australia/Sydney', '2026-04-05', 25, '2026-04-04T13:00:00.000Z'],
  ['Australia/Sydney', '2026-10-04', 23, '2026-10-03T14:00:00.000Z'],
  // Midnight itself was skipped in São Paulo: the day began at one o'clock.
  ['America/Sao_Paulo', '2018-11-04', 23, '2018-11-04T03:00:00.000Z'],
  ['America/Sao_Paulo', '2018-02-17', 25, '2018-02-17T02:00:00.000Z'],
  ['America/St_Johns', '2026-03-08', 23, '2026-03-08T03:30:00.000Z'],
  ['America/St_Johns', '2026-11-01', 25, '2026-11-01T02:30:00.000Z'],
]

test('days of a change have their true length in twelve zones, and round-the-clock work measures exactly that', () => {
  assert.deepEqual([...new Set(CHANGES.map(([zone]) => zone))].toSorted(), ZONES.toSorted())
  for (const [zone, date, hours, starts_at] of CHANGES) {
    const start = startOfDay(zone, date)
    const end = startOfDay(zone, addDays(date, 1))
    const last = new Date(Date.parse(end) - 1).toISOString()
    assert.equal(start, starts_at, `${zone} ${date}`)
    assert.equal((Date.parse(end) - Date.parse(start)) / 3_600_000, hours, `${zone} ${date}`)
    if (hours > 0) assert.deepEqual([localDate(zone, start), localDate(zone, last)], [date, date])
    const always = office(zone, { week: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' })
    assert.equal(workingMinutesBetween(always, start, end), hours * 60)
  }
})

test('an office day stays eight hours on both sides of every change, at the same local time', () => {
  for (const [zone, date] of CHANGES.filter(([zone]) => zone !== 'Pacific/Apia')) {
    const daily = office(zone, { week: [1, 2, 3, 4, 5, 6, 7] })
    const before = addCalendarDays(zone, startOfDay(zone, date), -1)
    for (let day = 0; day < 3; day += 1) {
      const start = addWorkingMinutes(daily, before, day * 480 + 1)
      const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(new Date(start))
      assert.equal(local, '09:01', `${zone} ${date} +${day}`)
    }
    assert.equal(workingMinutesBetween(daily, startOfDay(zone, date), startOfDay(zone, addDays(date, 1))), 480)
  }
})

const hours = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1440 }))
  .filter(([from, to]) => (to - from + 1440) % 1440 >= 240)
  .map(([from, to]) => ({ from: clock(from), to: clock(to) }))
const anyCalendar = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    week: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hours,
    holidays: fc.constantFrom('DE', 'DE-BY', 'JP', 'SA', 'US', 'IS', null),
  })
  .map(({ hours: { from, to }, ...rest }): WorkCalendar => ({ ...rest, from, to }))
const instant = fc
  .date({ min: new Date('2009-01-01'), max: new Date('2034-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

test('adding and measuring are inverse, forwards and backwards, for any hours in twelve zones', () => {
  const minutes = fc.oneof(fc.integer({ min: -5000, max: 5000 }), fc.constantFrom(-480, 0, 0.5, 1, 480, 960, 2400))
  fc.assert(
    fc.property(anyCalendar, instant, minutes, (calendar, from, amount) => {
      assert.equal(workingMinutesBetween(calendar, from, addWorkingMinutes(calendar, from, amount)), amount)
    }),
    { numRuns: 250, endOnFailure: true },
  )
})

test('steps add up, time never runs back, and measuring splits anywhere', () => {
  const part = fc.integer({ min: 0, max: 5000 })
  fc.assert(
    fc.property(anyCalendar, instant, part, part, (calendar, from, a, b) => {
      const middle = addWorkingMinutes(calendar, from, a)
      const end = addWorkingMinutes(calendar, middle, b)
      if (a > 0 && b > 0) assert.equal(end, addWorkingMinutes(calendar, from, a + b))
      assert.ok(from <= middle && middle <= end)
      const sum = workingMinutesBetween(calendar, from, middle) + workingMinutesBetween(calendar, middle, end)
      assert.equal(sum, workingMinutesBetween(calendar, from, end))
      const just = new Date(Date.parse(end) - 1).toISOString()
      if (b > 0) assert.equal(workingMinutesBetween(calendar, just, end), 1 / 60_000, 'a deadline fills working time to its end')
    }),
    { numRuns: 150, endOnFailure: true },
  )
})

test('minute by minute, working time is what the wall clock and the week say', () => {
  const shape = fc.tuple(
    fc.constantFrom(...CHANGES),
    fc.integer({ min: -2880, max: 2880 }),
    fc.constantFrom('09:00', '08:45', '13:15'),
  )
  fc.assert(
    fc.property(shape, ([[zone, date], minutes, from]) => {
      const calendar = office(zone, { from, to: '17:00' })
      const at = new Date(Date.parse(startOfDay(zone, date)) + minutes * 60_000)
      const parts = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        weekday: 'short',

        hour: '2-digit',
        minute: '2-digit',
      })
      const [weekday = '', time = ''] = parts.format(at).split(/,? /)
      const expected = !['Sat', 'Sun'].includes(weekday) && time >= from && time < '17:00'
      assert.equal(worksAt(calendar, at.toISOString()), expected, `${zone} ${at.toISOString()} ${weekday} ${time}`)
    }),
    { numRuns: 2000, endOnFailure: true },
  )
})

test('sixteen working hours skip the weekend and Easter in Berlin, and end with the day they fill', () => {
  assert.equal(addWorkingMinutes(berlin, '2026-04-02T13:00:00Z', 960), '2026-04-08T13:00:00.000Z')
  assert.equal(addWorkingMinutes(berlin, '2026-04-02T07:00:00Z', 480), '2026-04-02T15:00:00.000Z')
  assert.equal(addWorkingMinutes(berlin, '2026-04-07T07:00:00Z', -480), '2026-04-02T07:00:00.000Z')
  assert.equal(addWorkingMinutes(berlin, '2026-04-03T10:00:00Z', 1), '2026-04-07T07:01:00.000Z')
  assert.deepEqual([worksAt(berlin, '2026-04-02T14:59:00Z'), worksAt(berlin, '2026-04-02T15:00:00Z')], [true, false])
  // Thursday before the change of 29 March: five in the afternoon in winter, then nine in summer.
  assert.equal(addWorkingMinutes(berlin, '2026-03-27T15:59:00Z', 2), '2026-03-30T07:01:00.000Z')
})

test('moving holidays: Easter, Corpus Christi in one state, Eid, the equinoxes, substitute days', () => {
  const closed = (calendar: WorkCalendar, dates: string[]) => dates.filter((date) => !isWorkingDay(calendar, date))
  const easter = ['2024-04-01', '2025-04-21', '2026-04-06', '2027-03-29']
  assert.deepEqual(closed(berlin, easter), easter)
  assert.equal(isWorkingDay(berlin, '2026-06-04'), true)
  assert.equal(isWorkingDay({ ...berlin, holidays: 'DE-BY' }, '2026-06-04'), false)
  // Eid al-Fitr 2026 runs Thursday 19 to Sunday 22 March; Friday and Saturday are the weekend, Sunday is a working day again a week on.
  const eid = ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22']
  assert.deepEqual(closed(riyadh, [...eid, '2026-03-23', '2026-03-29']), eid)
  assert.equal(isWorkingDay({ ...riyadh, holidays: null }, '2026-03-22'), true)
  // Vernal equinox on 20 March but on 21 March in 2027 and (Sunday, so Monday) 2023-03-21; the day between two holidays of 2026.
  const japan = ['2026-03-20', '2027-03-22', '2023-03-21', '2026-09-21', '2026-09-22', '2026-09-23', '2026-11-23']
  assert.deepEqual(closed(tokyo, japan), japan)
  assert.equal(addWorkingDays(tokyo, '2026-11-20', 3), '2026-11-26')
  assert.equal(addWorkingDays({ ...tokyo, holidays: null }, '2026-11-20', 3), '2026-11-25')
})

test('a holiday that starts at one o’clock leaves the morning; one that begins in December reaches January', () => {
  const reykjavik = office('Atlantic/Reykjavik', { holidays: 'IS' })
  assert.equal(workingMinutesBetween(reykjavik, '2026-12-24T00:00:00Z', '2026-12-25T00:00:00Z'), 240)
  const mbabane = office('Africa/Mbabane', { week: [1, 2, 3, 4, 5, 6, 7], holidays: 'SZ' })
  assert.deepEqual(
    ['2026-12-27', '2026-12-28', '2027-01-02', '2027-01-03'].map((date) => isWorkingDay(mbabane, date)),
    [true, false, false, true],
  )
})

test('a feast of three days stays three days when the clocks change on its first', () => {
  const sarajevo = office('Europe/Sarajevo', { holidays: 'BA' })
  const feast = ['2025-03-28', '2025-03-31', '2025-04-01', '2025-04-02']
  assert.deepEqual(
    feast.map((date) => isWorkingDay(sarajevo, date)),
    [true, false, false, true],
  )
})

test('a Sunday-to-Thursday week, own days off, and a night shift that belongs to the evening it began', () => {
  assert.equal(addWorkingMinutes(riyadh, '2026-11-19T13:00:00Z', 120), '2026-11-22T07:00:00.000Z')
  const inventory = { ...berlin, extra_days_off: ['2026-11-23'] }
  assert.equal(addWorkingDays(inventory, '2026-11-20', 1), '2026-11-24')
  const night = office('Europe/Berlin', { from: '22:00', to: '06:00' })
  assert.equal(worksAt(night, '2026-11-21T04:59:00Z'), true, 'Friday night runs into Saturday')
  assert.equal(worksAt(night, '2026-11-22T23:00:00Z'), false, 'Sunday night does not begin')
  assert.equal(workingMinutesBetween(night, '2026-03-27T12:00:00Z', '2026-03-28T12:00:00Z'), 480)
  assert.equal(workingMinutesBetween({ ...night, week: [6] }, '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'), 420)
})

test('days keep their local time; a skipped time becomes the moment of the change', () => {
  assert.equal(addCalendarDays('Europe/Berlin', '2026-03-28T01:30:00Z', 1), '2026-03-29T01:00:00.000Z')
  assert.equal(addCalendarDays('Europe/Berlin', '2026-10-24T00:30:00Z', 1), '2026-10-25T00:30:00.000Z')
  assert.equal(addCalendarDays('Europe/Berlin', '2026-10-25T01:30:00Z', 0), '2026-10-25T01:30:00.000Z')
  assert.equal(addCalendarDays('America/New_York', '2026-01-15T14:00:00.123456Z', 90), '2026-04-15T13:00:00.123Z')
  assert.equal(addWorkingDays(berlin, '2026-03-26T16:30:00Z', 2), '2026-03-30T15:30:00.000Z')
  assert.equal(addWorkingDays(berlin, '2026-03-28', -1), '2026-03-27')
  assert.equal(addWorkingDays(berlin, '2026-03-28', 0), '2026-03-28')
  assert.equal(localDate('Pacific/Apia', '2026-01-01T11:00:00Z'), '2026-01-02')
  assert.equal(localDate('America/St_Johns', '2026-01-01T03:29:00Z'), '2025-12-31')
})

test('what cannot be reckoned is refused with the reason', () => {
  assert.throws(() => addWorkingMinutes(berlin, '2026-02-01', 1), /'2026-02-01' is not an instant; give ISO 8601 with Z/)
  assert.throws(() => addWorkingMinutes(berlin, '2026-02-01T09:00:00', 1), /is not an instant/)
  assert.throws(() => addWorkingMinutes(berlin, '2026-02-01T09:00:00Z', Number.NaN), /minutes is NaN/)
  assert.throws(() => addWorkingMinutes(berlin, '2026-02-01T09:00:00Z', 1e8), /too little working time within 30 years/)
  assert.throws(() => isWorkingDay({ ...berlin, holidays: 'XX' }, '2026-01-01'), /no holiday table for 'XX'/)
  assert.throws(() => localDate('Mars/Base', '2026-01-01T00:00:00Z'), /'Mars\/Base' is not a time zone/)
  assert.throws(() => isWorkingDay(berlin, '2026-02-30'), /'2026-02-30' is not a date/)
  assert.deepEqual(['DE', 'DE-BY', 'GB-ENG', 'DE-XX', 'XX', 'SA'].map(hasHolidays), [true, true, true, false, false, true])
})

test('thousands of deadlines per second', () => {
  const from = Date.parse('2026-01-01T00:00:00Z')
  addWorkingMinutes(berlin, '2026-01-01T00:00:00Z', 960)
  const began = performance.now()
  for (let i = 0; i < 20_000; i += 1) addWorkingMinutes(berlin, new Date(from + i * 1_000_000).toISOString(), 960)
  const rate = 20_000 / ((performance.now() - began) / 1000)
  assert.ok(rate > 20_000, `${Math.round(rate)} a second`)
})
