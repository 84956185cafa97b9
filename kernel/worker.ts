import { sql } from 'kysely'
import { sweepClocks, tenantsWithDueClocks } from './clocks.ts'
import { forgetKeys } from './idempotency.ts'
import type { Failed, Work } from './jobs.ts'
import type { Log } from './log.ts'
import type { JobCtx } from './module.ts'
import { DELIVER, type Delivery, deliver, relayTenant, tenantsWithOutbox } from './relay.ts'
import { asSystem, type House, refusalOf, tenantsOf } from './run.ts'

export interface Worker {
  stop: () => Promise<void>
  /** Lets no clock or listener run while `work` does. */
  pause: (work: () => Promise<void>) => Promise<void>
}

/** Runs one job of the queue by its name. */
export async function runJob(house: House, http: JobCtx['http'], { tenant_id, job: name, ref }: Work, log: Log): Promise<void> {
  if (name === DELIVER) return deliver(house, tenant_id, ref as unknown as Delivery)
  const job = house.modules.flatMap((module) => module.jobs).find((one) => one.name === name)
  if (!job) throw new Error(`There is no job ${name}`)
  const tx: JobCtx['tx'] = (work, actor) =>
    asSystem(house, tenant_id, work, { actor, plans_anew: true }).catch((error: unknown) => {
      throw refusalOf(error, house.refusals) ?? error
    })
  await job.run({ tenant_id, http, log, files: house.files, tx }, ref)
}

// A connection refused at several addresses says so only in its parts.
const said = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(said).join('; ') : error instanceof Error ? error.message : String(error)

/** Keeps a job that failed for the last time, once, for a person to replay or to dismiss. */
async function park(house: House, { tenant_id, id, job, ref, error, tries }: Failed): Promise<void> {
  const reason = said(error).slice(0, 2000)
  await asSystem(house, tenant_id, async (ctx) => {
    await sql`insert into parked_jobs (tenant_id, id, job, ref, reason, tries, parked_at)
      values (${tenant_id}, ${id}, ${job}, ${JSON.stringify(ref)}::jsonb, ${reason}, ${tries}, ${ctx.now})
      on conflict do nothing`.execute(ctx.db)
  })
}

/** One round of what is due by the database: outboxes, then clocks. Returns how much there was. */
async function round(house: House, queued: boolean): Promise<number> {
  let done = 0
  for (const tenant_id of await tenantsWithOutbox(house)) {
    const { taken, deliveries } = await relayTenant(house, tenant_id, queued)
    for (const delivery of deliveries) await deliver(house, tenant_id, delivery)
    done += taken
  }
  for (const tenant_id of await tenantsWithDueClocks(house)) done += await sweepClocks(house, tenant_id)
  return done
}

/** Works until nothing is due: what the demo and the tests call instead of waiting. */
export async function settle(house: House): Promise<void> {
  for (let rounds = 0; rounds < 1000; rounds += 1) if ((await round(house, false)) === 0) return
  throw new Error('The world does not come to rest: a listener or clock keeps setting itself off')
}

/** The moment of the next clock of any tenant, or null. */
export async function nextDeadline(house: House): Promise<string | null> {
  const tenants = await tenantsOf(house, () => sql`select tenant_id from clock_due limit 1000`)
  let next: string | null = null
  for (const tenant_id of tenants) {
    const due_at = await asSystem(house, tenant_id, async (ctx) => {
      const { rows } = await sql<{ due_at: string | null }>`select min(due_at) as due_at from clocks
        where tenant_id = ${tenant_id} and fired_at is null and ended_at is null`.execute(ctx.db)
      return rows[0]?.due_at ?? null
    })
    if (due_at && (next === null || due_at < next)) next = due_at
  }
  return next
}

/** Lets the simulated time pass, from deadline to deadline, so that each clock fires at its own moment; for the demo and the tests. */
export async function passTime(house: House, millis: number, rest: () => Promise<void> = () => settle(house)): Promise<void> {
  const { offset } = house.database
  const target = offset.millis + millis
  for (;;) {
    const next = await nextDeadline(house)
    const jump = next === null ? Number.POSITIVE_INFINITY : Math.ceil(Date.parse(next) - Date.now())
    if (jump >= target) break
    offset.millis = Math.max(offset.millis, jump)
    await rest()
  }
  offset.millis = target
  await rest()
}

const IDLE_MILLIS = 150
const HOUR = 3_600_000

async function forgetOldKeys(house: House): Promise<void> {
  const tenants = await tenantsOf(house, (now) => sql`select app.tenants_with_old_keys(${now}) as tenant_id`)
  for (const tenant_id of tenants) await asSystem(house, tenant_id, forgetKeys)
}

/** The background of the product: relay, clocks and jobs, until stopped. Several may run at once. */
export async function startWorker(house: House, http: JobCtx['http'], log: Log): Promise<Worker> {
  let running = true
  let paused = false
  let current: Promise<number> = Promise.resolve(0)
  let wake: () => void = () => {}
  let cleaned = 0
  await house.queue.work(
    (work) => runJob(house, http, work, log),
    async (failed) => {
      log.warn('A job failed', { job: failed.job, error: failed.error, last: failed.last })
      if (failed.last) await park(house, failed)
    },
  )
  const failed = (error: unknown) => {
    log.error('A round of the worker failed; it goes on', { error })
    return 0
  }
  const idle = () =>
    new Promise<void>((resolve) => {
      wake = resolve
      setTimeout(resolve, IDLE_MILLIS)
    })
  const loop = (async () => {
    while (running) {
      current = paused ? Promise.resolve(0) : round(house, true).catch(failed)
      const done = await current
      if (Date.now() - cleaned > HOUR) {
        cleaned = Date.now()
        await forgetOldKeys(house).catch((error: unknown) => log.error('Old keys could not be forgotten', { error }))
      }
      if (done === 0 && running) await idle()
    }
  })()
  return {
    stop: async () => {
      running = false
      wake()
      await loop
    },
    pause: async (work) => {
      paused = true
      try {
        await current
        await work()
      } finally {
        paused = false
      }
    },
  }
}
