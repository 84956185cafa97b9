import * as z from 'zod'

const DAY = 86_400_000
// Asking the runtime takes a quarter of a millisecond, and every calendar that is read asks.
const zones = new Set<string>()

/** An IANA zone that this runtime knows, as `Europe/Berlin`. */
export const Zone = z
  .string()
  .max(64)
  .refine(isZone, 'is not a time zone; give an IANA name such as Europe/Berlin')
  .meta({ examples: ['Europe/Berlin'] })

/** When somebody works: weekdays 1 (Monday) to 7, local hours (`to` before `from` ends the next morning), holidays by ISO 3166 code. */
export const WorkCalendar = z
  .strictObject({
    zone: Zone,
    week: z.array(z.int().min(1).max(7)).min(1).max(7),
    from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, 00:00 to 23:59'),
    to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day, 00:00 to 24:00'),
    holidays: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]{1,5}){0,2}$/, 'must be a country with an optional state, as DE or DE-BY')
      .nullable(),
    extra_days_off: z.array(z.iso.date()).max(1000).optional(),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from `from`; round the clock is 00:00 to 24:00' })
export type WorkCalendar = z.output<typeof WorkCalendar>

/** How a firm cuts its year; the fields after `pattern` matter to week patterns, except `named_after`. */
export const FiscalCalendar = z.strictObject({
  starts_on_month: z.int().min(1).max(12).default(1),
  pattern: z.enum(['calendar', '4-4-5', '4-5-4', '5-4-4']).default('calendar'),
  ends_on_weekday: z.int().min(1).max(7).default(6),
  ends: z.enum(['last', 'nearest']).default('last'),
  extra_week_in: z.int().min(1).max(12).default(12),
  named_after: z.enum(['start', 'end']).default('end'),
})
export type FiscalCalendar = z.output<typeof FiscalCalendar>

export interface FiscalPeriod {
  year: number
  quarter: number
  period: number
  starts_on: string
  ends_on: string
}

export interface FiscalYear {
  year: number
  starts_on: string
  ends_on: string
  /** 52 or 53 for week patterns, null for months. */
  weeks: number | null
  quarters: Omit<FiscalPeriod, 'period'>[]
  periods: FiscalPeriod[]
}

/** Does this runtime know the IANA zone? */
export function isZone(zone: string): boolean {
  if (zones.has(zone)) return true
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
    if (known && zones.size < 2000) zones.add(zone)
    return known
  } catch {
    return false
  }
}

/** Days since 1970-01-01 of a plain date; a date that does not exist is an error. */
export function dayNumber(date: string): number {
  const millis = Date.parse(`${date}T00:00:00Z`)
  if (!(date.length === 10 && dateOf(millis / DAY) === date)) throw new RangeError(`'${date}' is not a date; give YYYY-MM-DD`)
  return millis / DAY
}

/** The plain date of a day number. */
export function dateOf(day: number): string {
  return Number.isFinite(day) ? new Date(day * DAY).toISOString().slice(0, 10) : ''
}

/** ISO weekday of a day number: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days)
}

/** Whole days from `a` to `b`. */
export function daysBetween(a: string, b: string): number {
  return dayNumber(b) - dayNumber(a)
}

/** The same day `months` later, or the last day of a shorter month. */
export function addMonths(date: string, months: number): string {
  const day = new Date(dayNumber(date) * DAY)
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1)
  const days = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate()
  return dateOf(first / DAY + Math.min(day.getUTCDate(), days) - 1)
}

/** The fiscal year with this name, or the one that holds this date. */
export function fiscalYear(calendar: FiscalCalendar, at: number | string): FiscalYear {
  const shift = calendar.named_after === 'end' && calendar.starts_on_month > 1 ? 1 : 0
  const opens = typeof at === 'number' ? at - shift : openingYear(calendar, at)
  const year = opens + shift
  const start = firstDay(calendar, opens)
  const end = firstDay(calendar, opens + 1) - 1
  const weeks = calendar.pattern === 'calendar' ? null : (end - start + 1) / 7
  const periods: FiscalPeriod[] = []
  let from = start
  for (let i = 0; i < 12; i += 1) {
    const next = weeks === null ? dayNumber(addMonths(dateOf(start), i + 1)) : from + 7 * weeksIn(calendar, i, weeks)
    periods.push({ year, quarter: Math.floor(i / 3) + 1, period: i + 1, starts_on: dateOf(from), ends_on: dateOf(next - 1) })
    from = next
  }
  const quarters = [1, 2, 3, 4].map((quarter) => {
    const own = periods.filter((p) => p.quarter === quarter)
    return { year, quarter, starts_on: own[0]?.starts_on ?? '', ends_on: own[2]?.ends_on ?? '' }
  })
  return { year, starts_on: dateOf(start), ends_on: dateOf(end), weeks, quarters, periods }
}

/** The year, quarter and period that hold a date. */
export function fiscalPeriod(calendar: FiscalCalendar, date: string): FiscalPeriod {
  const period = fiscalYear(calendar, date).periods.find((p) => p.ends_on >= date)
  if (!period) throw new RangeError(`'${date}' is not a date; give YYYY-MM-DD`)
  return period
}

function weeksIn(calendar: FiscalCalendar, index: number, weeks: number): number {
  return Number(calendar.pattern.split('-')[index % 3]) + (weeks === 53 && index + 1 === calendar.extra_week_in ? 1 : 0)
}

function openingYear(calendar: FiscalCalendar, date: string): number {
  const day = dayNumber(date)
  let year = Number(date.slice(0, 4)) + 1
  while (day < firstDay(calendar, year)) year -= 1
  return year
}

// A 52/53-week year ends on a fixed weekday: the last one of the closing month, or the one nearest to that month's end.
function firstDay(calendar: FiscalCalendar, year: number): number {
  const first = Date.UTC(year, calendar.starts_on_month - 1, 1) / DAY
  if (calendar.pattern === 'calendar') return first
  const ahead = (calendar.ends_on_weekday - weekdayOf(first - 1) + 7) % 7
  return first + (ahead === 0 || (calendar.ends === 'nearest' && ahead <= 3) ? ahead : ahead - 7)
}
