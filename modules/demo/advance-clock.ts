import { sql } from 'kysely'
import { addWorkingMinutes } from '../../kernel/calendar.ts'
import { asSystem, type House } from '../../kernel/run.ts'
import { nextDeadline, passTime } from '../../kernel/worker.ts'
import { MERIDIAN_REGIONS } from '../ecosystems/demo.ts'
import { keepOffset } from './keep-offset.ts'

export type Step = 'hour' | 'day' | 'deadline'

const HOUR = 60
const DAY = 86_400_000

/** The world's time. */
export const worldNow = (house: House): string => new Date(Date.now() + house.database.offset.millis).toISOString()

async function until(house: House, by: Step): Promise<string> {
  const now = worldNow(house)
  if (by === 'day') return new Date(Date.parse(now) + DAY).toISOString()
  if (by === 'deadline') return (await nextDeadline(house)) ?? now
  // An hour of work where the host sits: at night and on a weekend it leads into the next morning.
  const home = MERIDIAN_REGIONS.find((one) => one.code === 'NL')
  if (!home) throw new Error('There is no region NL')
  return addWorkingMinutes(home.calendar, now, HOUR)
}

async function countFired(house: House, from: string, to: string): Promise<number> {
  const tenants = await house.database.tx(
    { tenant_id: null, parties: [], actor_id: null },
    { read_only: true },
    async ({ db }) => {
      const { rows } = await sql<{ tenant_id: string }>`select tenant_id from clock_due limit 1000`.execute(db)
      return rows.map((row) => row.tenant_id)
    },
  )
  let fired = 0
  for (const tenant_id of tenants)
    fired += await asSystem(house, tenant_id, async (ctx) => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from clocks
        where tenant_id = ${tenant_id} and fired_at > ${from} and fired_at <= ${to}`.execute(ctx.db)
      return rows[0]?.count ?? 0
    })
  return fired
}

/** Advances the world's time through the worker's own code, and keeps it for the next start. */
export async function advanceClock(house: House, by: Step): Promise<{ now: string; fired: number }> {
  const from = worldNow(house)
  const to = await until(house, by)
  await passTime(house, Math.max(0, Date.parse(to) - Date.parse(worldNow(house)) + 1))
  await keepOffset(house, house.database.offset.millis, true)
  const now = worldNow(house)
  return { now, fired: await countFired(house, from, now) }
}
