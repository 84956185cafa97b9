import { addWorkingMinutes, isWorkingDay, localDate, startOfDay } from '../kernel/calendar.ts'
import { addDays, type WorkCalendar } from '../kernel/dates.ts'
import type { Ctx } from '../kernel/module.ts'
import type { CastTools } from './cast.ts'

/** One line of the story: it does something, then yields the moment at which it goes on; its first yield is where it begins. */
export type Thread = AsyncGenerator<string, void, void>

/** What `story` of each room gets, beside what its cast has. */
export interface StoryTools extends CastTools {
  /** The moment at which the story is over and visitors enter. */
  end: string
  /** The same numbers in each telling; every name has a row of its own. */
  random: (name: string) => Random
  /** Works in an ecosystem as its system, as an import does: for set-wise saves. */
  inside: <T>(ecosystem: string, work: (ctx: Ctx) => Promise<T>) => Promise<T>
}

export type Story = (tools: StoryTools) => Thread[]

export interface Random {
  /** From 0 up to 1. */
  next: () => number
  /** A whole number, both ends included. */
  int: (from: number, to: number) => number
  pick: <T>(list: readonly T[]) => T
  shuffled: <T>(list: readonly T[]) => T[]
}

/** A small seeded source of numbers (mulberry32 over a hash of the seed). */
export function seededRandom(seed: string): Random {
  let state = 2_166_136_261
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 16_777_619)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int: Random['int'] = (from, to) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    pick: <T>(list: readonly T[]): T => {
      const one = list[int(0, list.length - 1)]
      if (one === undefined) throw new RangeError('Nothing to pick from')
      return one
    },
    shuffled: (list) => {
      const out = [...list]
      for (let i = out.length - 1; i > 0; i -= 1) {
        const j = int(0, i)
        ;[out[i], out[j]] = [out[j] as (typeof out)[number], out[i] as (typeof out)[number]]
      }
      return out
    },
  }
}

/** The day so many days before the end, or the working day before that one. */
export function dayBefore(calendar: WorkCalendar, end: string, days: number): string {
  let day = addDays(localDate(calendar.zone, end), -days)
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1)
  return day
}

/** A moment in the working hours of that day: `share` is 0 at their beginning and 1 at their end. */
export function momentOf(calendar: WorkCalendar, day: string, share: number): string {
  return addWorkingMinutes(calendar, startOfDay(calendar.zone, day), 1 + Math.round(share * 470))
}

/** Minutes of work later; negative is earlier. */
export const workedLater = (calendar: WorkCalendar, at: string, hours: number): string =>
  addWorkingMinutes(calendar, at, Math.round(hours * 60))

/** The same moment so many days later. */
export const daysLater = (at: string, days: number): string => new Date(Date.parse(at) + days * 86_400_000).toISOString()
