// What bench `api` is held to. The goals were set on another machine, and the same machine differs by half within an hour; so each is
// held against what node:http and pg alone (`api-floor.ts`) do in the same run, as it was there (docs/adr/0010).

/** Requests a second of the floor where the goals were set, and the goals there. */
const THERE = {
  floor: { list: 3472, read: 10_913, create: 3017 },
  per_s: { list: 1400, read: 2500, create: 900 },
}
const P99_MS = { list_32: 40, create_32: 50, mix_32_list: 40, mix_32_create: 50, mix_32_dashboard: 150 }
const MEMORY_MB = { memory_idle: 150, memory_after: 230 }

export interface Gate {
  name: string
  /** The middle of the rounds: neighbours slow a machine for seconds, which says nothing of the product. */
  figure: number
  all: number[]
  aim: number
  holds: boolean
}

/** The middle value; of an even number the larger of the two. */
export const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function gate(name: string, all: number[], aim: number, isGood: (figure: number) => boolean): Gate {
  const figure = middleOf(all)
  return { name, figure, all, aim, holds: isGood(figure) }
}
const atLeast = (name: string, all: number[], aim: number): Gate => gate(name, all, aim, (figure) => figure >= aim)
const atMost = (name: string, all: number[], aim: number): Gate => gate(name, all, aim, (figure) => figure <= aim)
const round = (value: number): number => Number(value.toFixed(2))

/** A 99th percentile as it would be where the goals were set, by the floor of the same round. */
function scaled(name: string, figures: Record<string, number>): number[] {
  const millis = figures[`${name}_p99_ms`]
  if (millis === undefined) return []
  const floor = name.includes('create') ? 'create_rows' : 'list'
  const there = floor === 'list' ? THERE.floor.list : THERE.floor.create
  const here = figures[`floor_${floor}${name.startsWith('mix') ? '_after_mix' : ''}_per_s`] ?? there
  return [round((millis * here) / there)]
}

/** The gates of those loads that were measured; milliseconds are told as they would be where the goals were set. */
export function gatesOf(once: Record<string, number>, rounds: readonly Record<string, number>[]): Gate[] {
  const share = (name: string, operation: keyof typeof THERE.per_s) =>
    atLeast(
      `${name}_of_floor`,
      rounds.flatMap((one) => one[`${name}_of_floor`] ?? []),
      round(THERE.per_s[operation] / THERE.floor[operation]),
    )
  const gates = [share('list', 'list'), share('read', 'read'), share('create_rows', 'create')]
  for (const [name, aim] of Object.entries(P99_MS)) {
    const all = rounds.flatMap((one) => scaled(name, one))
    gates.push(atMost(`${name}_p99_ms, where the goals were set`, all, aim))
  }
  for (const [name, aim] of Object.entries(MEMORY_MB)) gates.push(atMost(`${name}_mb`, [once[`${name}_mb`] ?? 0], aim))
  return gates.filter(({ all }) => all.length > 0)
}
