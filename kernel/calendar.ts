import { createRequire } from 'node:module'
import { IANAZone } from 'luxon'
import { addDays, dateOf, dayNumber, type WorkCalendar, weekdayOf } from './dates.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const YEARS_AHEAD = 30
const CALENDARS_KEPT = 1000
// Asking for an offset takes as long as a statement. Since 1972 zones change on quarters of an hour only.
const ZONES_CHANGE = 15 * MINUTE
const OFFSETS_KEPT = 10_000
const require = createRequire(import.meta.url)

/** The working time of one calendar in one local year, as milliseconds; `before[i]` is what lies in the intervals before `i`. */
interface WorkYear {
  starts: number[]
  ends: number[]
  before: number[]
  total: number
  days: Set<number>
}

const yearsByCalendar = new Map<string, Map<number, WorkYear>>()
const offsets = new Map<string, number>()
const closings = new Map<string, [day: number, closes_at: number][]>()

/**
 * The instant after so many working minutes (fractions count to the millisecond, negative goes back). A deadline that fills a day
 * ends with that day, not with the next morning. Zero is `from` itself.
 */
export function addWorkingMinutes(calendar: WorkCalendar, from: string, minutes: number): string {
  const start = millisOf(from)
  let left = Math.round(Math.abs(minutes) * MINUTE)
  if (!Number.isFinite(left)) throw new RangeError(`minutes is ${minutes}; give a number`)
  if (left === 0) return new Date(start).toISOString()
  const forward = minutes > 0
  return seek(calendar, start, forward ? 1 : -1, (year) => {
    const done = workedBefore(year, start)
    const target = forward ? done + left : done - left
    if (forward ? target > year.total : target < 0) {
      left -= forward ? year.total - done : done
      return null
    }
    const i = forward ? firstAfter(year.before, target - 1) - 1 : firstAfter(year.before, target) - 1
    return (year.starts[i] ?? 0) + target - (year.before[i] ?? 0)
  })
}

/** Working minutes from `a` to `b`, exact to the millisecond; negative when `b` is earlier. */
export function workingMinutesBetween(calendar: WorkCalendar, a: string, b: string): number {
  const [from, to] = [millisOf(a), millisOf(b)]
  if (to < from) return -workingMinutesBetween(calendar, b, a)
  let sum = 0
  for (let year = yearAt(from - 2 * DAY); year <= yearAt(to + DAY); year += 1) {
    const work = workYear(calendar, year)
    sum += workedBefore(work, to) - workedBefore(work, from)
  }
  return sum / MINUTE
}

/** Has this local date any working time? */
export function isWorkingDay(calendar: WorkCalendar, date: string): boolean {
  return workYear(calendar, Number(date.slice(0, 4))).days.has(dayNumber(date))
}

/** The nth working day after (or before) a date; an instant keeps its local time. Zero changes nothing. */
export function addWorkingDays(calendar: WorkCalendar, at: string, days: number): string {
  const isInstant = at.length > 10
  let date = isInstant ? localDate(calendar.zone, at) : at
  const first = date
  for (let left = Math.abs(days), walked = 0; left > 0; walked += 1) {
    if (walked > YEARS_AHEAD * 366) throw new RangeError('the calendar has too few working days ahead')
    date = addDays(date, Math.sign(days))
    if (isWorkingDay(calendar, date)) left -= 1
  }
  return isInstant ? addCalendarDays(calendar.zone, at, dayNumber(date) - dayNumber(first)) : date
}

/** The same local time so many days later; where the clocks skip that time, the moment they do. */
export function addCalendarDays(zone: string, at: string, days: number): string {
  const millis = millisOf(at)
  if (days === 0) return new Date(millis).toISOString()
  return new Date(instantOf(zone, millis + offsetOf(zone, millis) + days * DAY)).toISOString()
}

/** The local date of an instant. */
export function localDate(zone: string, at: string): string {
  const millis = millisOf(at)
  return dateOf(Math.floor((millis + offsetOf(zone, millis)) / DAY))
}

/** The first instant of a local date. */
export function startOfDay(zone: string, date: string): string {
  return new Date(instantOf(zone, dayNumber(date) * DAY)).toISOString()
}

/** Is there a holiday table for this code, as `DE`, `DE-BY`? A region is checked with this before it is stored. */
export function hasHolidays(code: string): boolean {
  const [country = '', state, region] = code.split('-')
  const book = holidayBook()
  if (!book.getCountries()[country]) return false
  if (state && !book.getStates(country)?.[state]) return false
  return !(state && region) || Boolean(book.getRegions(country, state)?.[region])
}

function seek(calendar: WorkCalendar, from: number, step: 1 | -1, find: (year: WorkYear) => number | null): string {
  const first = yearAt(from - step * 2 * DAY)
  for (let year = first; Math.abs(year - first) <= YEARS_AHEAD; year += step) {
    const found = find(workYear(calendar, year))
    if (found !== null) return new Date(found).toISOString()
  }
  throw new RangeError(`the calendar has too little working time within ${YEARS_AHEAD} years`)
}

function workedBefore(year: WorkYear, at: number): number {
  const i = firstAfter(year.ends, at)
  return i < year.starts.length ? (year.before[i] ?? 0) + Math.max(0, at - (year.starts[i] ?? 0)) : year.total
}

/** Index of the first value above `at` in an ascending list. */
function firstAfter(values: number[], at: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}

function workYear(calendar: WorkCalendar, year: number): WorkYear {
  const { zone, week, from, to, holidays, extra_days_off } = calendar
  const key = `${zone} ${week} ${from} ${to} ${holidays} ${extra_days_off ?? ''}`
  let years = yearsByCalendar.get(key)
  if (!years) {
    for (const oldest of yearsByCalendar.size >= CALENDARS_KEPT ? yearsByCalendar.keys().take(1) : [])
      yearsByCalendar.delete(oldest)
    years = new Map()
    yearsByCalendar.set(key, years)
  }
  let found = years.get(year)
  if (!found) {
    found = buildYear(calendar, year)
    years.set(year, found)
  }
  return found
}

function buildYear(calendar: WorkCalendar, year: number): WorkYear {
  const opens = minutesOf(calendar.from)
  const closes = minutesOf(calendar.to) + (calendar.to <= calendar.from ? 1440 : 0)
  const closed = new Map<number, number>()
  // The year before as well: a holiday of several days may begin in December.
  if (calendar.holidays)
    for (const y of [year - 1, year])
      for (const [day, at] of closingsOf(calendar.holidays, y)) closed.set(day, Math.min(at, closed.get(day) ?? at))
  for (const date of calendar.extra_days_off ?? []) closed.set(dayNumber(date), 0)
  const work: WorkYear = { starts: [], ends: [], before: [], total: 0, days: new Set() }
  const end = Date.UTC(year + 1, 0, 1) / DAY
  for (let day = Date.UTC(year, 0, 1) / DAY; day < end; day += 1) {
    if (!calendar.week.includes(weekdayOf(day))) continue
    const from = instantOf(calendar.zone, day * DAY + opens * MINUTE)
    const to = instantOf(calendar.zone, day * DAY + Math.min(closes, closed.get(day) ?? closes) * MINUTE)
    if (to <= from) continue
    work.starts.push(from)
    work.ends.push(to)
    work.before.push(work.total)
    work.days.add(day)
    work.total += to - from
  }
  return work
}

/** Public holidays that begin in a year: day number, and the minute of the day when work stops (0: no work at all). */
function closingsOf(code: string, year: number): [day: number, closes_at: number][] {
  const key = `${code} ${year}`
  let found = closings.get(key)
  if (!found) {
    if (!hasHolidays(code))
      throw new RangeError(`there is no holiday table for '${code}'; give a country with an optional state, as DE or DE-BY`)
    found = []
    for (const { date, start, end } of holidayBook(...code.split('-')).getHolidays(year)) {
      const first = dayNumber(date.slice(0, 10))
      const closes_at = minutesOf(date.slice(11, 16))
      // A day of a daylight-saving change has 23 hours and some tables end in the afternoon: count whole days.
      const days = Math.max(1, Math.floor((end.getTime() - start.getTime()) / DAY + 0.1))
      for (let i = 0; i < days; i += 1) found.push([first + i, i === 0 ? closes_at : 0])
    }
    closings.set(key, found)
  }
  return found
}

// Loaded at first use: the tables of two hundred countries cost 100 ms and 10 MB.
function holidayBook(country?: string, state?: string, region?: string) {
  // A cast because require() is untyped; it hands out the class that the package's types call its default export.
  const Holidays = require('date-holidays') as typeof import('date-holidays').default
  const book = new Holidays({ types: ['public'] })
  if (country) book.init(country, state, region, { types: ['public'] })
  return book
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function yearAt(millis: number): number {
  return new Date(millis).getUTCFullYear()
}

function millisOf(at: string): number {
  const millis = /\d[T ]\d.*(Z|[+-]\d\d(:?\d\d)?)$/.test(at) ? Date.parse(at) : Number.NaN
  if (Number.isNaN(millis)) throw new RangeError(`'${at}' is not an instant; give ISO 8601 with Z, as 2026-02-01T09:00:00Z`)
  return millis
}

function offsetOf(zone: string, millis: number): number {
  const key = `${zone} ${Math.floor(millis / ZONES_CHANGE)}`
  const kept = offsets.get(key)
  if (kept !== undefined) return kept
  const offset = IANAZone.create(zone).offset(millis)
  if (Number.isNaN(offset)) throw new RangeError(`'${zone}' is not a time zone; give an IANA name such as Europe/Berlin`)
  if (offsets.size >= OFFSETS_KEPT) offsets.clear()
  offsets.set(key, offset * MINUTE)
  return offset * MINUTE
}

/**
 * The instant of a local time (milliseconds as if it were UTC). Read twice a year it is the first of the two, skipped it is the
 * moment of the change: so later local times never give earlier instants, and days tile without gap or overlap.
 */
function instantOf(zone: string, local: number): number {
  const early = local - offsetOf(zone, local - DAY)
  const late = local - offsetOf(zone, local + DAY)
  if (early === late) return early
  const valid = [early, late].filter((millis) => millis + offsetOf(zone, millis) === local)
  if (valid.length > 0) return Math.min(...valid)
  let [low, high] = [Math.min(early, late), Math.max(early, late)]
  const before = offsetOf(zone, low)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetOf(zone, middle) === before) low = middle
    else high = middle
  }
  return high
}
