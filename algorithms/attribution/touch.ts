import { badInput } from './bad-input.ts'

/** One touch of an opportunity: evidence that a channel (a partner, a campaign) took part. */
export interface Touch {
  touch_id: string
  channel: string
  /** What happened: registration, referral, intro, joint_meeting, demo, … */
  type: string
  /** The stage the touch brought about or fell into; null when unknown. */
  stage: string | null
  /** ISO 8601 time with zone. */
  at: string
  /** Largest share of the partner pool this touch may take, 0 … 1. */
  cap?: number
  /** Set when something outside (a dispute, a missing confirmation) bars the touch: the reason in words. */
  barred?: string
}

/** Which touches may be credited. Absent rules do not apply. */
export interface Eligibility {
  /** First and last moment, ISO 8601 with zone, both included. */
  from?: string
  until?: string
  types?: readonly string[]
  channels?: readonly string[]
  /** Counts touches of the same channel, type and UTC day once (the earliest). */
  once_a_day?: boolean
}

export interface Excluded {
  touch_id: string
  because: string
}

const ZONED = /(Z|[+-]\d\d:?\d\d)$/

/** Milliseconds since 1970 of an ISO time. Throws bad input naming the touch. */
function timeOf(at: string, what: string): number {
  const time = Date.parse(at)
  if (Number.isNaN(time) || !ZONED.test(at))
    throw badInput(`${what}: "${at}" is no ISO 8601 time with a zone, as in 2026-03-01T09:30:00Z`)
  return time
}

/** A touch with its parsed time. */
export interface TimedTouch {
  touch: Touch
  time: number
}

/** Weight of a touch under a model and the sentence that says why. */
export interface Weighed {
  weight: number
  because: string
}

/** Oldest first; at the same moment by id, so that the order of the input never matters. */
function inOrder(touches: readonly Touch[]): TimedTouch[] {
  const ids = new Set<string>()
  const timed = touches.map((touch) => {
    if (ids.has(touch.touch_id)) throw badInput(`touch ${touch.touch_id} is given twice`)
    ids.add(touch.touch_id)
    if (touch.cap !== undefined && !(touch.cap >= 0 && touch.cap <= 1))
      throw badInput(`touch ${touch.touch_id}: cap ${touch.cap} is not between 0 and 1`)
    return { touch, time: timeOf(touch.at, `touch ${touch.touch_id}`) }
  })
  return timed.sort((a, b) => a.time - b.time || (a.touch.touch_id < b.touch.touch_id ? -1 : 1))
}

function bar(touch: Touch, time: number, rules: Eligibility): string | null {
  if (touch.barred !== undefined) return touch.barred
  if (rules.from !== undefined && time < timeOf(rules.from, 'eligibility.from'))
    return `before the window, which opens ${rules.from}`
  if (rules.until !== undefined && time > timeOf(rules.until, 'eligibility.until'))
    return `after the window, which closes ${rules.until}`
  if (rules.types && !rules.types.includes(touch.type)) return `touches of type ${touch.type} are not credited`
  if (rules.channels && !rules.channels.includes(touch.channel)) return `${touch.channel} is not eligible`
  return null
}

/** Parts the touches into eligible ones, oldest first, and excluded ones with the reason. Throws bad input on ids, times and caps. */
export function eligibleTouches(touches: readonly Touch[], rules: Eligibility): { eligible: TimedTouch[]; excluded: Excluded[] } {
  const eligible: TimedTouch[] = []
  const excluded: Excluded[] = []
  const days = new Map<string, string>()
  for (const timed of inOrder(touches)) {
    const { touch, time } = timed
    const day = JSON.stringify([touch.channel, touch.type, Math.floor(time / 86_400_000)])
    const earlier = rules.once_a_day ? days.get(day) : undefined
    const because = bar(touch, time, rules) ?? (earlier === undefined ? null : `repeats touch ${earlier} of the same day`)
    if (because !== null) excluded.push({ touch_id: touch.touch_id, because })
    else {
      days.set(day, touch.touch_id)
      eligible.push(timed)
    }
  }
  return { eligible, excluded }
}
