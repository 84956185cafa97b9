/** Microseconds since 1970 of a moment as the database tells it, which leaves out zeros at its end. */
export const microsOf = (at: string): number =>
  Date.parse(`${at.slice(0, 19)}Z`) * 1000 + Number((/\.(\d+)/.exec(at)?.[1] ?? '').padEnd(6, '0').slice(0, 6))

/** A moment moved by so many microseconds. */
export function plusMicros(at: string, micros: number): string {
  const whole = microsOf(at) + micros
  return `${new Date(Math.floor(whole / 1000)).toISOString().slice(0, 23)}${String(whole % 1000).padStart(3, '0')}Z`
}
