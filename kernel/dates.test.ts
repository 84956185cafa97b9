import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, dayNumber, WorkCalendar, weekdayOf } from './dates.ts'

test('plain dates: leap days, weekdays, and no date that does not exist', () => {
  assert.equal(addDays('2028-02-28', 1), '2028-02-29')
  assert.equal(addDays('2026-12-31', -364), '2026-01-01')
  assert.deepEqual(
    ['2026-11-22', '2026-11-23', '1969-12-28', '1970-01-01'].map((date) => weekdayOf(dayNumber(date))),
    [7, 1, 7, 4],
  )
  for (const bad of ['2026-02-30', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00:00Z']) {
    assert.throws(() => dayNumber(bad), /is not a date; give YYYY-MM-DD/, bad)
  }
})

test('a work calendar is refused by field', () => {
  const good = {
    zone: 'Asia/Riyadh',
    week: [7, 1, 2, 3, 4],
    from: '08:30',
    to: '24:00',
    holidays: 'SA',
    extra_days_off: ['2026-02-22'],
  }
  assert.deepEqual(WorkCalendar.parse(good), good)
  for (const [field, value] of Object.entries({
    zone: 'Riyadh',
    week: [0],
    from: '24:00',
    to: '08:30',
    holidays: 'Saudi',
    extra_days_off: ['x'],
  })) {
    const { error } = WorkCalendar.safeParse({ ...good, [field]: value })
    assert.equal(error?.issues[0]?.path[0], field)
  }
})
