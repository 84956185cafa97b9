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
  figure: number
  aim: number
  holds: boolean
}

const atLeast = (name: string, figure: number, aim: number): Gate => ({ name, figure, aim, holds: figure >= aim })
const atMost = (name: string, figure: number, aim: number): Gate => ({ name, figure, aim, holds: figure <= aim })
const round = (value: number): number => Number(value.toFixed(2))

/** The gates of those loads that were measured; milliseconds are told as they would be where the goals were set. */
export function gatesOf(figures: Record<string, number>): Gate[] {
  const gates: Gate[] = []
  const share = (name: string, operation: keyof typeof THERE.per_s) => {
    const reached = figures[`${name}_of_floor`]
    if (reached !== undefined)
      gates.push(atLeast(`${name}_of_floor`, reached, round(THERE.per_s[operation] / THERE.floor[operation])))
  }
  share('list', 'list')
  share('read', 'read')
  share('create_rows', 'create')
  for (const [name, aim] of Object.entries(P99_MS)) {
    const floor = name.includes('create') ? 'create_rows' : 'list'
    const there = floor === 'list' ? THERE.floor.list : THERE.floor.create
    const slower = (figures[`floor_${floor}${name.startsWith('mix') ? '_after_mix' : ''}_per_s`] ?? there) / there
    const millis = figures[`${name}_p99_ms`]
    if (millis !== undefined) gates.push(atMost(`${name}_p99_ms, where the goals were set`, round(millis * slower), aim))
  }
  for (const [name, aim] of Object.entries(MEMORY_MB)) {
    const megabytes = figures[`${name}_mb`]
    if (megabytes !== undefined) gates.push(atMost(`${name}_mb`, megabytes, aim))
  }
  return gates
}
