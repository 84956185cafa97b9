import * as z from 'zod'

const DAY = 86_400_000
// Asking the runtime takes a quarter of a millisecond, and every calendar that is read asks.
const zones = new Set<string>()

/** An IANA zone that this runtime knows, as `Europe/Berlin`. */
const Zone = z
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

/** Does this runtime know the IANA zone? */
function isZone(zone: string): boolean {
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

/** A moment as PostgreSQL writes it, `2026-11-22 09:30:00.5+00`, as ISO text with its microseconds. */
export const isoOf = (text: string): string => {
  const at = text.indexOf('+')
  return `${text.slice(0, 10)}T${text.slice(11, at < 0 ? undefined : at)}Z`
}

/** How far another clock is ahead of ours, in milliseconds: none, as long as its time lies between asking (`sent`) and hearing. */
export function aheadOf(told: string, sent: number): number {
  const [at, heard] = [Date.parse(told), Date.now()]
  return at < sent ? at - sent : at > heard ? at - heard : 0
}

/** Moves an ISO time by whole milliseconds, keeping its microseconds. */
export function shift(at: string, millis: number): string {
  if (millis === 0) return at
  const fraction = /\.(\d+)Z$/.exec(at)?.[1] ?? ''
  const moved = new Date(Date.parse(at) + millis).toISOString()
  return fraction.length > 3 ? `${moved.slice(0, -1)}${fraction.slice(3)}Z` : moved
}
