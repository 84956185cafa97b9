/** A stored timer as the API gives it. */
export interface Clock {
  /** Null while it rests with the other side. */
  due_at: string | null
  started_at?: string | null
  /** Minutes left in the holder's working calendar, where the server counted them. */
  left_minutes?: number | null
}

export interface Left {
  /** 0 empty to 1 full. */
  share: number
  heat: 'calm' | 'soon' | 'now' | 'paused'
  unit: 'minutes' | 'hours' | 'days'
  count: number
  isLate: boolean
  /** Whether `count` is working time; lateness is always told by the wall. */
  isWorking: boolean
}

const HOUR = 60
const DAY = 24 * HOUR
const TWO_WORKING_DAYS = 16 * HOUR

function worded(minutes: number, isWorking: boolean): Pick<Left, 'unit' | 'count'> {
  const whole = Math.abs(minutes)
  if (whole < HOUR) return { unit: 'minutes', count: Math.max(1, Math.floor(whole)) }
  // Working time is told in hours up to three working days of eight hours.
  if (isWorking && whole < 24 * HOUR) return { unit: 'hours', count: Math.floor(whole / HOUR) }
  if (isWorking) return { unit: 'days', count: Math.floor(whole / (8 * HOUR)) }
  if (whole < 2 * DAY) return { unit: 'hours', count: Math.floor(whole / HOUR) }
  return { unit: 'days', count: Math.floor(whole / DAY) }
}

/** What the ring shows of a clock at one moment. */
export function leftOf(clock: Clock, now: number): Left {
  const isWorking = typeof clock.left_minutes === 'number'
  const end = clock.due_at ? new Date(clock.due_at).getTime() : null
  const start = clock.started_at ? new Date(clock.started_at).getTime() : (end ?? now) - 7 * DAY * 60_000
  const minutes = clock.left_minutes ?? ((end ?? now) - now) / 60_000
  const isLate = end !== null && (end < now || minutes < 0)
  const wall = end === null ? minutes / TWO_WORKING_DAYS : (end - now) / Math.max(1, end - start)
  const share = isLate ? 0 : Math.min(1, Math.max(0, wall))
  const near = isWorking ? 4 * HOUR : DAY
  const heat = end === null ? 'paused' : isLate || minutes < near / 2 ? 'now' : minutes <= near || share < 0.25 ? 'soon' : 'calm'
  return {
    share,
    heat,
    isLate,
    isWorking: isWorking && !isLate,
    ...worded(isLate && end ? (now - end) / 60_000 : minutes, isWorking && !isLate),
  }
}
