import { sql } from 'kysely'
import { sweepClocks } from '../../kernel/clocks.ts'
import { idSource } from '../../kernel/module.ts'
import { asSystem, type House } from '../../kernel/run.ts'
import { seededRandom } from '../story.ts'

const DAY = 86_400_000
const iso = (millis: number) => new Date(millis).toISOString()

/** Makes ids of the story's time and a seeded random part, so that the same day gives the same world; returns the way back. */
export function seedIds(house: House, seed: string): () => void {
  const before = idSource.next
  const random = seededRandom(seed)
  let [last, count] = [0, 0]
  idSource.next = () => {
    const now = Date.parse(house.database.offset.at ?? '')
    if (now > last) [last, count] = [now, 0]
    else count += 1
    if (count > 0xfff) [last, count] = [last + 1, 0]
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
    const time = hex(last, 12)
    const [a, b, c] = [random.int(0, 0x3fff), random.int(0, 0xffffff), random.int(0, 0xffffff)]
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${hex(0x8000 | a, 4)}-${hex(b, 6)}${hex(c, 6)}`
  }
  return () => {
    idSource.next = before
  }
}

export interface StoryClock {
  /** Goes on to a moment; clocks that run out before it fire on the way, each at its own time. */
  goTo: (at: string) => Promise<void>
  fired: () => number
}

/** The clock of a story: it stands still while something happens, and goes from deadline to deadline between. */
export function storyClock(
  house: House,
  options: { start: string; tenants: () => string[]; daily: () => Promise<void> },
): StoryClock {
  const { offset } = house.database
  offset.at = options.start
  let horizon = Date.parse(options.start)
  let due: { at: number; tenant_id: string }[] = []
  let count = 0

  // Nobody's clock is due within the day that it starts, so one look a day sees them all.
  const look = async () => {
    due = []
    for (const tenant_id of options.tenants()) {
      const { rows } = await asSystem(house, tenant_id, (ctx) =>
        sql<{ due_at: string }>`select due_at from clocks where tenant_id = ${tenant_id} and fired_at is null and ended_at is null
          and due_at <= ${iso(horizon)} order by due_at`.execute(ctx.db),
      )
      due.push(...rows.map((row) => ({ at: Math.ceil(Date.parse(row.due_at)), tenant_id })))
    }
    due.sort((a, b) => a.at - b.at)
  }
  const fireUntil = async (at: number) => {
    for (let first = due[0]; first && first.at <= at; first = due[0]) {
      due.shift()
      offset.at = iso(Math.max(first.at, Date.parse(offset.at ?? '')))
      count += await sweepClocks(house, first.tenant_id)
    }
  }
  return {
    fired: () => count,
    goTo: async (to) => {
      const at = Date.parse(to)
      while (horizon < at) {
        await fireUntil(horizon)
        offset.at = iso(Math.max(horizon, Date.parse(offset.at ?? '')))
        await options.daily()
        horizon += DAY
        await look()
      }
      await fireUntil(at)
      offset.at = iso(Math.max(at, Date.parse(offset.at ?? '')))
    },
  }
}
