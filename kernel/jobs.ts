import { CompiledQuery, sql } from 'kysely'
import type { Job as BossJob, PgBoss } from 'pg-boss'
import { Refusal } from './errors.ts'
import type { Log } from './log.ts'
import { JOBS_SCHEMA } from './migrate.ts'
import type { Ctx, Pending } from './module.ts'

const QUEUE = 'work'

export interface Work {
  tenant_id: string
  job: string
  ref: Record<string, unknown>
}

export interface Failed extends Work {
  /** How often it was tried by now. */
  tries: number
  /** Whether this was the last try. */
  last: boolean
  error: unknown
}

export interface Queue {
  /** Stores jobs in the transaction of `ctx`: none of them runs unless it commits. */
  send: (ctx: Ctx, jobs: Pending['jobs']) => Promise<void>
  /** Works jobs off, several at once; a throw means another try later, `failed` hears of each. */
  work: (run: (work: Work) => Promise<void>, failed: (failed: Failed) => Promise<void>) => Promise<void>
  close: () => Promise<void>
}

const RETRIES = 5

async function startBoss(url: string, log: Log, worker: boolean): Promise<PgBoss> {
  const library = await import('pg-boss')
  const boss = new library.PgBoss({
    connectionString: url,
    schema: JOBS_SCHEMA,
    migrate: false,
    createSchema: false,
    max: worker ? 3 : 1,
    supervise: worker,
    schedule: false,
  })
  boss.on('error', (error) => log.error('The job queue reports an error', { error }))
  await boss.start()
  await boss.createQueue(QUEUE, {
    retryLimit: RETRIES,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: 900,
    deleteAfterSeconds: 86_400,
  })
  return boss
}

/** The job queue in the database: pg-boss, one queue, payload only a tenant and a reference. It is read and started at its first use. */
export function openQueue(url: string, log: Log, options: { worker: boolean }): Queue {
  let started: Promise<PgBoss> | undefined
  const open = (): Promise<PgBoss> => {
    started ??= startBoss(url, log, options.worker).catch((error: unknown) => {
      started = undefined
      throw error
    })
    return started
  }

  const send: Queue['send'] = async (ctx, jobs) => {
    const db = {
      executeSql: async (text: string, values: unknown[] = []) => ({
        rows: (await ctx.db.executeQuery(CompiledQuery.raw(text, values))).rows,
      }),
    }
    if (jobs.length === 0) return
    const boss = await open()
    for (const { job, ref, after } of jobs) {
      await boss.send(QUEUE, { tenant_id: ctx.tenant_id, job, ref }, { db, ...(after ? { startAfter: after } : {}) })
    }
  }

  const work: Queue['work'] = async (run, failed) => {
    const one = async (task: BossJob<Work> & { retryCount?: number }) => {
      await run(task.data).catch(async (error: unknown) => {
        const retries = task.retryCount ?? 0
        await failed({ ...task.data, error, tries: retries + 1, last: retries >= RETRIES })
        throw error
      })
    }
    const boss = await open()
    await boss.work<Work>(
      QUEUE,
      { batchSize: 1, localConcurrency: 4, pollingIntervalSeconds: 0.5, includeMetadata: true },
      async ([task]) => {
        if (task) await one(task)
      },
    )
  }

  return { send, work, close: async () => (await started)?.stop({ graceful: true, timeout: 5000 }) }
}

/** Marks parked work as settled in one way, once, and gives what it was. */
async function settleParked(ctx: Ctx, id: string, as: 'replayed_at' | 'dismissed_at'): Promise<Pick<Work, 'job' | 'ref'>> {
  const { rows } = await sql<Pick<Work, 'job' | 'ref'> & { replayed_at: string | null; dismissed_at: string | null }>`select
    job, ref, replayed_at, dismissed_at from parked_jobs where tenant_id = ${ctx.tenant_id} and id = ${id} for update`.execute(
    ctx.db,
  )
  const [row] = rows
  if (!row) throw new Refusal('not_found', 'There is no parked work of this id')
  if (row.replayed_at)
    throw new Refusal('conflict', 'This work is back in the queue already; if it fails again it is parked anew')
  if (row.dismissed_at) throw new Refusal('conflict', 'This work was dismissed already and will not be done')
  await sql`update parked_jobs set ${sql.ref(as)} = ${ctx.now} where tenant_id = ${ctx.tenant_id} and id = ${id}`.execute(ctx.db)
  return row
}

/** Puts a parked job back into the queue of this transaction; its row is kept and marked, so that it goes back once. */
export async function replayParked(ctx: Ctx, id: string): Promise<void> {
  const { job, ref } = await settleParked(ctx, id, 'replayed_at')
  ctx.enqueue(job, ref)
}

/** Lets a parked job go: it is never done, and its row is kept. */
export async function dismissParked(ctx: Ctx, id: string): Promise<void> {
  await settleParked(ctx, id, 'dismissed_at')
}
