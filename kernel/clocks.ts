import { sql } from 'kysely'
import { addWorkingMinutes, workingMinutesBetween } from './calendar.ts'
import type { Audience } from './contract.ts'
import type { WorkCalendar } from './dates.ts'
import type { Ctx, DueClock } from './module.ts'
import { asSystem, type House, tenantsOf } from './run.ts'
import { type Insert, insertLater } from './statements.ts'

export interface NewClock {
  name: string
  subject_type: string
  subject_id: string
  party_id: string | null
  /** Whose move it is. */
  ball: Audience
  holder_id?: string | null
  /** The holder's working hours; without one the clock runs day and night. */
  calendar?: WorkCalendar | null
  /** Minutes of the calendar until it is due, or the moment itself. */
  minutes?: number
  due_at?: string
}

const plusMinutes = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
const dueAfter = (calendar: WorkCalendar | null, from: string, minutes: number) =>
  calendar ? addWorkingMinutes(calendar, from, minutes) : plusMinutes(from, minutes)

const SWEPT_MINUTES = 1

/**
 * Tells the sweeper, who asks only this small table, of a clock. Nobody is looked at less than once a minute, so only a clock that
 * is due before that moves its tenant forward; the row's lock would make all starts of a tenant wait for one another.
 */
async function announce(ctx: Ctx, due_at: string): Promise<void> {
  const { tenant_id } = ctx
  const next_at = plusMinutes(ctx.now, SWEPT_MINUTES)
  if (Date.parse(due_at) > Date.parse(next_at)) insertLater(ctx, 'clock_due', [{ tenant_id, next_at }], { clash: 'stays' })
  else
    await sql`insert into clock_due (tenant_id, next_at) values (${tenant_id}, ${due_at})
      on conflict (tenant_id) do update set next_at = least(clock_due.next_at, excluded.next_at)`.execute(ctx.db)
}

/** Starts a clock; one that runs under the same name for the same subject is replaced. */
export async function startClock(ctx: Ctx, clock: NewClock): Promise<StartedClock> {
  await endClock(ctx, clock)
  const [started] = await startClocks(ctx, [clock])
  if (!started) throw new Error('A clock was not started')
  return started
}

/** A clock that was started. */
export type StartedClock = Omit<NewClock, 'minutes'> & {
  id: string
  holder_id: string | null
  calendar: WorkCalendar | null
  due_at: string
}

/** Starts a clock unless one runs under the same name for the same subject, whoever else does so at this moment. */
export async function ensureClock(ctx: Ctx, clock: NewClock): Promise<void> {
  await startClocks(ctx, [clock], 'stays')
}

/** Starts clocks of subjects that were made just now. */
export async function startClocks(
  ctx: Ctx,
  clocks: readonly NewClock[],
  clash: Insert['clash'] = 'fails',
): Promise<StartedClock[]> {
  const rows = clocks.map(({ calendar = null, minutes = 0, due_at, holder_id = null, ...clock }) => ({
    ...clock,
    id: ctx.id(),
    holder_id,
    calendar,
    due_at: due_at ?? dueAfter(calendar, ctx.now, minutes),
  }))
  const [first] = rows
  if (!first) return []
  const soonest = rows.reduce((least, { due_at }) => (Date.parse(due_at) < Date.parse(least) ? due_at : least), first.due_at)
  const { tenant_id, now: started_at } = ctx
  insertLater(
    ctx,
    'clocks',
    // The calendar is stored as it is; its type is the kernel's own.
    rows.map((row) => ({ ...row, tenant_id, started_at, calendar: row.calendar as never })),
    { clash },
  )
  await announce(ctx, soonest)
  return rows
}

export interface ClockName {
  name: string
  subject_type: string
  subject_id: string
}

const running = (
  ctx: Ctx,
  { name, subject_type, subject_id }: ClockName,
) => sql`tenant_id = ${ctx.tenant_id} and subject_type = ${subject_type}
  and subject_id = ${subject_id} and name = ${name} and fired_at is null and ended_at is null`

/** Whole minutes left of a clock in the working time of its calendar; null for one that runs day and night. */
export function minutesLeft(now: string, due_at: string | null, calendar: WorkCalendar | null): number | null {
  if (due_at === null || calendar === null) return null
  return Math.floor(workingMinutesBetween(calendar, now, due_at))
}

/** Ends a clock without firing it; nothing happens when none runs. */
export async function endClock(ctx: Ctx, clock: ClockName): Promise<void> {
  await sql`update clocks set ended_at = ${ctx.now} where ${running(ctx, clock)}`.execute(ctx.db)
}

/** Ends several clocks of one subject. */
export async function endClocks(
  ctx: Ctx,
  { subject_type, subject_id }: Omit<ClockName, 'name'>,
  names: readonly string[],
): Promise<void> {
  await sql`update clocks set ended_at = ${ctx.now} where tenant_id = ${ctx.tenant_id} and subject_type = ${subject_type} and subject_id = ${subject_id}
    and name = any(${names}::text[]) and fired_at is null and ended_at is null`.execute(ctx.db)
}

/** Stops the time of a clock, as while the ball is with the other side; what was left is kept in the minutes of its calendar. */
export async function pauseClock(ctx: Ctx, clock: ClockName): Promise<void> {
  const { rows } = await sql<{
    id: string
    due_at: string
    calendar: WorkCalendar | null
  }>`select id, due_at, calendar from clocks
    where ${running(ctx, clock)} and paused_at is null for update`.execute(ctx.db)
  for (const { id, due_at, calendar } of rows) {
    const minutes = calendar
      ? workingMinutesBetween(calendar, ctx.now, due_at)
      : (Date.parse(due_at) - Date.parse(ctx.now)) / 60_000
    await sql`update clocks set paused_at = ${ctx.now}, left_minutes = ${Math.max(0, Math.ceil(minutes))}, due_at = null
      where tenant_id = ${ctx.tenant_id} and id = ${id}`.execute(ctx.db)
  }
}

/** Lets a paused clock run on with what was left. */
export async function resumeClock(ctx: Ctx, clock: ClockName): Promise<void> {
  const { rows } = await sql<{
    id: string
    left_minutes: number
    calendar: WorkCalendar | null
  }>`select id, left_minutes, calendar from clocks
    where ${running(ctx, clock)} and paused_at is not null for update`.execute(ctx.db)
  for (const { id, left_minutes, calendar } of rows) {
    const due_at = dueAfter(calendar, ctx.now, left_minutes)
    await sql`update clocks set paused_at = null, left_minutes = null, due_at = ${due_at} where tenant_id = ${ctx.tenant_id} and id = ${id}`.execute(
      ctx.db,
    )
    await announce(ctx, due_at)
  }
}

/** Passes the running clocks of a leaving holder to another: all, or those of one party. */
export async function passClocks(ctx: Ctx, from: string, to: string | null, party_id?: string): Promise<void> {
  const of = party_id === undefined ? sql`` : sql` and party_id = ${party_id}`
  await sql`update clocks set holder_id = ${to} where tenant_id = ${ctx.tenant_id} and holder_id = ${from}${of} and fired_at is null and ended_at is null`.execute(
    ctx.db,
  )
}

/** Gives the running clocks of one party to another, as when two become one. */
export async function moveClocks(ctx: Ctx, from: string, to: string): Promise<void> {
  await sql`update clocks set party_id = ${to} where tenant_id = ${ctx.tenant_id} and party_id = ${from} and fired_at is null and ended_at is null`.execute(
    ctx.db,
  )
}

/** Tenants with a clock that is due by `now`. */
export const tenantsWithDueClocks = (house: House): Promise<string[]> =>
  tenantsOf(house, (now) => sql`select tenant_id from clock_due where next_at <= ${now} limit 200`)

// A clock whose handler fails must not hold back the others: it is tried again after this long.
const AGAIN_MINUTES = 5

async function fireOne(house: House, tenant_id: string): Promise<boolean> {
  const handlers = house.modules.flatMap((module) => module.clocks)
  let taken: DueClock | undefined
  try {
    return await asSystem(house, tenant_id, async (ctx) => {
      const { rows } = await sql<DueClock>`select id, name, subject_type, subject_id, party_id, due_at from clocks
        where tenant_id = ${tenant_id} and due_at <= ${ctx.now} and fired_at is null and ended_at is null
        order by due_at, id limit 1 for update skip locked`.execute(ctx.db)
      taken = rows[0]
      if (!taken) return false
      const handler = handlers.find((one) => one.name === taken?.name)
      if (!handler) throw new Error(`No module handles the clock ${taken.name}`)
      await sql`update clocks set fired_at = ${ctx.now} where tenant_id = ${tenant_id} and id = ${taken.id}`.execute(ctx.db)
      await handler.due(ctx, taken)
      return true
    })
  } catch (error) {
    if (!taken) throw error
    const { id, name } = taken
    await asSystem(house, tenant_id, async (ctx) => {
      ctx.log.error('A clock could not fire; it is tried again', { clock: name, error })
      await sql`update clocks set due_at = ${plusMinutes(ctx.now, AGAIN_MINUTES)} where tenant_id = ${tenant_id} and id = ${id} and fired_at is null`.execute(
        ctx.db,
      )
    })
    return true
  }
}

/** Fires what is due in a tenant, each clock in a transaction of its own, and notes when the next one is. */
export async function sweepClocks(house: House, tenant_id: string): Promise<number> {
  let fired = 0
  while (await fireOne(house, tenant_id)) fired += 1
  await asSystem(house, tenant_id, async (ctx) => {
    // A clock started in a transaction still open is not seen here: so nobody is looked at less than once a minute.
    await sql`update clock_due set next_at = least(${plusMinutes(ctx.now, SWEPT_MINUTES)}::timestamptz, (select min(due_at) from clocks
      where tenant_id = ${tenant_id} and fired_at is null and ended_at is null and due_at is not null))
      where tenant_id = ${tenant_id}`.execute(ctx.db)
  })
  return fired
}
