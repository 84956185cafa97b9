import { CompiledQuery, sql } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { Refusal } from './errors.ts'
import type { Log } from './log.ts'
import { JOBS_SCHEMA } from './migrate.ts'
import type { Ctx, Pending } from './module.ts'

const QUEUE = 'work'
/** Where the queue itself lays a job that ended without its worker's word. */
const DEAD = 'dead'

export interface Work {
  tenant_id: string
  job: string
  ref: Record<string, unknown>
}

export interface Failed extends Work {
  /** The job's id in the queue. */
  id: string
  /** How often it was tried by now. */
  tries: number
  /** Whether this was the last try. */
  last: boolean
  error: unknown
}

export interface Queue {
  /** Stores jobs in the transaction of `ctx`: none of them runs unless it commits. */
  send: (ctx: Ctx, jobs: Pending['jobs']) => Promise<void>
  /** Works jobs off, several at once; a throw means another try later, `failed` hears of each, of the last perhaps twice. */
  work: (run: (work: Work) => Promise<void>, failed: (failed: Failed) => Promise<void>) => Promise<void>
  close: () => Promise<void>
}

const RETRIES = 5
/** Twice in this time a worker says that it is still at its job; after so long a silence the job is tried anew. */
const HEARTBEAT_SECONDS = 60

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
  const limits = { retryLimit: RETRIES, retryDelay: 2, retryBackoff: true, expireInSeconds: 900, deleteAfterSeconds: 86_400 }
  for (const name of [DEAD, QUEUE]) await boss.createQueue(name, limits)
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
      await boss.send(
        QUEUE,
        { tenant_id: ctx.tenant_id, job, ref },
        { db, deadLetter: DEAD, heartbeatSeconds: HEARTBEAT_SECONDS, ...(after ? { startAfter: after } : {}) },
      )
    }
  }

  const work: Queue['work'] = async (run, failed) => {
    const boss = await open()
    const polling = { batchSize: 1, localConcurrency: 4, pollingIntervalSeconds: 0.5, includeMetadata: true } as const
    await boss.work(QUEUE, polling, async (tasks: JobWithMetadata<Work>[]) => {
      for (const { id, data, retryCount } of tasks)
        await run(data).catch(async (error: unknown) => {
          const last = retryCount >= RETRIES
          await failed({ ...data, id, error, tries: retryCount + 1, last })
          // What was heard of for the last time is settled; only what nobody could tell of goes among the dead.
          if (!last) throw error
        })
    })
    await boss.work(DEAD, { pollingIntervalSeconds: 5, includeMetadata: true }, async (tasks: JobWithMetadata<Work>[]) => {
      for (const { id, data, sourceId, sourceRetryCount } of tasks) {
        const error = new Error('The worker stopped while doing this, or it took longer than 15 minutes')
        await failed({ ...data, id: sourceId ?? id, error, tries: (sourceRetryCount ?? 0) + 1, last: true })
      }
    })
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
