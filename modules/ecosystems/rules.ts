import * as z from 'zod'
import { dateOf, dayNumber, weekdayOf } from '../../kernel/dates.ts'

const DAY = 86_400_000

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

interface FiscalPeriod {
  year: number
  quarter: number
  period: number
  starts_on: string
  ends_on: string
}

interface FiscalYear {
  year: number
  starts_on: string
  ends_on: string
  /** 52 or 53 for week patterns, null for months. */
  weeks: number | null
  quarters: Omit<FiscalPeriod, 'period'>[]
  periods: FiscalPeriod[]
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
    const next = weeks === null ? monthDay(opens, calendar.starts_on_month + i + 1) : from + 7 * weeksIn(calendar, i, weeks)
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

/** The first day of a month; the thirteenth is the next year's January. */
function monthDay(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / DAY
}

// A 52/53-week year ends on a fixed weekday: the last one of the closing month, or the one nearest to that month's end.
function firstDay(calendar: FiscalCalendar, year: number): number {
  const first = monthDay(year, calendar.starts_on_month)
  if (calendar.pattern === 'calendar') return first
  const ahead = (calendar.ends_on_weekday - weekdayOf(first - 1) + 7) % 7
  return first + (ahead === 0 || (calendar.ends === 'nearest' && ahead <= 3) ? ahead : ahead - 7)
}

interface Area {
  code: string
  parent_code: string | null
  countries: readonly string[]
  state: string
}

/**
 * Where the partners of each region are at home: its own countries and those below it, else those of the next region above that has
 * some of its own. Empty where the countries are not all said, so that nobody is told of a border that nobody drew.
 */
export function territories(areas: readonly Area[]): Map<string, string[]> {
  const byCode = new Map(areas.map((area) => [area.code, area]))
  const below = Map.groupBy(areas, ({ parent_code }) => parent_code)
  const under = (area: Area): readonly Area[] => below.get(area.code) ?? []
  const isSaid = (area: Area): boolean => {
    const parts = under(area).filter(({ state }) => state === 'active')
    return area.countries.length > 0 || (parts.length > 0 && parts.every(isSaid))
  }
  const covered = (area: Area): string[] => [...area.countries, ...under(area).flatMap(covered)]
  const home = (area: Area | undefined): Area | undefined =>
    area === undefined || area.countries.length > 0 ? area : home(byCode.get(area.parent_code ?? ''))
  return new Map(
    areas.map((area) => {
      const from = isSaid(area) ? area : home(area)
      return [area.code, from ? covered(from).sort() : []]
    }),
  )
}

/** Whether a country lies outside a territory; null where that is not said. */
export const isOutside = (territory: readonly string[] | null, country: string): boolean | null =>
  territory === null || territory.length === 0 ? null : !territory.includes(country)
