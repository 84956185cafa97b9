import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PgBoss } from 'pg-boss'
import { openQueue } from '../../kernel/jobs.ts'
import { silent } from '../../kernel/log.ts'
import { JOBS_SCHEMA } from '../../kernel/migrate.ts'
import { asSystem } from '../../kernel/run.ts'
import { startWorker, type Worker } from '../../kernel/worker.ts'
import { startChild } from '../../test/child.ts'
import { type World, world } from '../../test/harness.ts'

let w: World
let worker: Worker | undefined
/** What looks after jobs that nobody works on any more; a worker's own does it each minute. */
let keeper: PgBoss
before(async () => {
  w = await world({ queue: (url) => openQueue(url, silent, { worker: true }) })
  const connectionString = w.database.owner_url
  keeper = new PgBoss({ connectionString, schema: JOBS_SCHEMA, migrate: false, supervise: false, monitorIntervalSeconds: 1 })
  await keeper.start()
})
after(async () => {
  await worker?.stop()
  await keeper.stop({ graceful: false })
  await w.close()
})

async function until<T>(seen: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 200; i += 1) {
    const found = await seen()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  assert.fail('it did not happen')
}

/** A process that takes the job and is killed while it does it, as by a machine without memory. */
async function killedAtWork(url: string): Promise<void> {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
  const code = `
    const { openQueue } = await import(${at('../../kernel/jobs.ts')})
    const { silent } = await import(${at('../../kernel/log.ts')})
    const queue = openQueue(${JSON.stringify(url)}, silent, { worker: true })
    await queue.work(async () => process.kill(process.pid, 'SIGKILL'), async () => {})`
  const child = startChild(['--input-type=module', '-e', code])
  const tooLong = setTimeout(() => child.process.kill('SIGTERM'), 60_000)
  const { said } = await child.ended
  clearTimeout(tooLong)
  assert.equal(child.process.signalCode, 'SIGKILL', said)
}

test('a job whose worker is killed at each try is noticed within minutes, parked after the last, once, and can be replayed', async () => {
  const { ecosystems } = w.as('vera')
  await asSystem(w.house, w.tenants.meridian, async (ctx) => ctx.enqueue('nobody.knows', { which: 1 }))
  const job = async () =>
    (await w.owner<{ state: string; retry_count: number }>("select state, retry_count from pgboss.job where name = 'work'"))[0]
  // A minute without a sign of life, long before the quarter of an hour after which any job is given up.
  const expire = async () => {
    await w.owner("update pgboss.job set heartbeat_on = now() - interval '61 seconds' where name = 'work' and state = 'active'")
    await keeper.supervise('work')
  }
  // Four of its six tries are behind it.
  await w.owner("update pgboss.job set retry_count = 4 where name = 'work'")
  await killedAtWork(w.database.roles.app_url)
  assert.deepEqual(await job(), { state: 'active', retry_count: 4 })
  await until(async () => {
    await expire()
    return (await job())?.state === 'retry' ? true : undefined
  })
  await w.owner("update pgboss.job set start_after = now() where name = 'work'")
  await killedAtWork(w.database.roles.app_url)
  assert.deepEqual(await job(), { state: 'active', retry_count: 5 })
  assert.deepEqual((await ecosystems.parked_jobs()).items, [])

  worker = await startWorker(w.house, fetch, silent)
  const parked = await until(async () => {
    await expire()
    return (await ecosystems.parked_jobs()).items[0]
  })
  assert.deepEqual([parked.job, parked.cause, parked.tries], ['nobody.knows', 'stopped', 6])
  assert.match(parked.reason, /^The worker stopped while doing this/)

  // The worker that parks may die as well before it has said that it did.
  const settled = async () => {
    const [dead] = await w.owner<{ state: string }>("select state from pgboss.job where name = 'dead'")
    return dead?.state === 'completed' ? true : undefined
  }
  await until(settled)
  await w.owner("update pgboss.job set state = 'retry', completed_on = null, start_after = now() where name = 'dead'")
  await until(settled)
  assert.equal((await w.owner('select from parked_jobs')).length, 1)

  await ecosystems.replay_job({ id: parked.id })
  const [again] = await w.owner<{ ref: unknown }>("select data->'ref' as ref from pgboss.job where name = 'work' and id <> $1", [
    parked.id,
  ])
  assert.deepEqual(again?.ref, { which: 1 })
})
