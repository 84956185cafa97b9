import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openFiles } from '../../kernel/files.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Queue } from '../../kernel/jobs.ts'
import { silent } from '../../kernel/log.ts'
import type { House } from '../../kernel/run.ts'
import { startWorker } from '../../kernel/worker.ts'
import { type World, world } from '../../test/harness.ts'
import { inlineQueue, runJobs } from '../../test/inline-queue.ts'
import { refusal } from '../../test/refusal.ts'
import { causeOf, plainReason } from './plain-reason.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const vera = () => w.as('vera').ecosystems

type Work = Parameters<Parameters<Queue['work']>[0]>[0]

/** How the worker runs a job, and what it does with one that failed. */
async function handlersOf(house: House): Promise<Parameters<Queue['work']>> {
  let handlers: Parameters<Queue['work']> | undefined
  const queue: Queue = { ...inlineQueue, work: async (...both) => void (handlers = both) }
  const worker = await startWorker({ ...house, queue }, fetch, silent)
  await worker.stop()
  assert.ok(handlers)
  return handlers
}

/** Works on one job as the worker does until it is given up. */
async function giveUp(house: House, work: Work, tries = 3): Promise<void> {
  const [run, failed] = await handlersOf(house)
  const id = uuidv7()
  for (let left = tries - 1; left >= 0; left -= 1) {
    const error: unknown = await run(work).then(
      () => assert.fail('the job did not fail'),
      (thrown: unknown) => thrown,
    )
    await failed({ ...work, id, error, tries: tries - left, last: left === 0 })
  }
}

test('work that failed for good is seen by its host alone, goes back once, and runs', async () => {
  assert.deepEqual((await vera().parked_jobs()).items, [])
  const folder = await mkdtemp(join(tmpdir(), 'rialto-away-'))
  const away = openFiles({ data_dir: folder, s3_url: 'http://S3RVER:S3RVER@127.0.0.1:9/rialto' })
  const file = new Uint8Array(Buffer.from('name\nParked Works\n'))
  const { id: import_id } = await w.as('vera').imports.upload({ kind: 'accounts', name: 'parked.csv', file })
  await w.owner('delete from testing.jobs')
  await giveUp({ ...w.house, files: away }, { tenant_id: w.tenants.meridian, job: 'imports.read', ref: { import_id } })
  await rm(folder, { recursive: true })

  const { items } = await vera().parked_jobs()
  const [parked] = items
  assert.ok(parked && items.length === 1)
  assert.deepEqual([parked.job, parked.cause, parked.tries], ['imports.read', 'files', 3])
  assert.match(parked.reason, /file store/)
  assert.doesNotMatch(JSON.stringify(items), new RegExp(`${import_id}|S3RVER`))

  const otto = w.as('otto', 'kestrel').ecosystems
  assert.deepEqual((await otto.parked_jobs()).items, [])
  assert.equal((await refusal(otto.replay_job({ id: parked.id }))).code, 'not_found')
  assert.equal((await refusal(otto.dismiss_job({ id: parked.id }))).code, 'not_found')
  for (const name of ['carl', 'pat'] as const) {
    assert.equal((await refusal(w.as(name).ecosystems.parked_jobs())).code, 'forbidden')
    assert.equal((await refusal(w.as(name).ecosystems.replay_job({ id: parked.id }))).code, 'forbidden')
    assert.equal((await refusal(w.as(name).ecosystems.dismiss_job({ id: parked.id }))).code, 'forbidden')
  }

  assert.equal((await w.as('vera').imports.get({ id: import_id })).state, 'reading')
  const both = await Promise.allSettled([vera().replay_job({ id: parked.id }), vera().replay_job({ id: parked.id })])
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await refusal(vera().replay_job({ id: parked.id }))).code, 'conflict')
  assert.equal((await refusal(vera().dismiss_job({ id: parked.id }))).code, 'conflict')
  assert.deepEqual((await vera().parked_jobs()).items, [])
  assert.equal(await runJobs(w.house, [w.tenants.meridian]), 1)
  assert.equal((await w.as('vera').imports.get({ id: import_id })).state, 'mapping')
  const audits = await w.owner('select from audits where route = $1 and subject_id = $2 and actor_id is not null', [
    'ecosystems.replay_job',
    parked.id,
  ])
  assert.equal(audits.length, 1)
})

test('work that fails again is parked anew, and a long list is read in pages, newest first', async () => {
  const work = { tenant_id: w.tenants.meridian, job: 'nobody.knows', ref: {} }
  for (let i = 0; i < 3; i += 1) await giveUp(w.house, work, 1)
  const first = await vera().parked_jobs({ limit: 2 })
  const second = await vera().parked_jobs({ limit: 2, cursor: first.next ?? '' })
  const all = [...first.items, ...second.items]
  assert.deepEqual([all.length, second.next], [3, null])
  assert.deepEqual(
    all.map(({ id }) => id),
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  )
  assert.deepEqual([all[0]?.cause, all[0]?.reason], ['other', 'There is no job nobody.knows'])
  await vera().replay_job({ id: all[2]?.id ?? '' })
  assert.equal((await vera().parked_jobs()).items.length, 2)
  const [queued] = await w.owner<{ job: string }>('delete from testing.jobs returning job')
  assert.equal(queued?.job, 'nobody.knows')
  await giveUp(w.house, work, 1)
  assert.equal((await vera().parked_jobs()).items.length, 3)
})

test('work that is dismissed leaves the list, is never done, and says who let it go', async () => {
  const before = (await vera().parked_jobs()).items.length
  await giveUp(w.house, { tenant_id: w.tenants.meridian, job: 'nobody.needs', ref: {} }, 2)
  const [parked] = (await vera().parked_jobs({ q: 'nobody.needs' })).items
  assert.ok(parked)
  const { id, tries } = parked
  assert.equal(tries, 2)
  await vera().dismiss_job({ id })
  assert.equal((await vera().parked_jobs()).items.length, before)
  assert.equal((await w.owner("select from testing.jobs where job = 'nobody.needs'")).length, 0)
  for (const again of [vera().dismiss_job, vera().replay_job]) {
    const { code, message } = await refusal(again({ id }))
    assert.deepEqual([code, /dismissed already/.test(message)], ['conflict', true])
  }
  const audits = await w.owner<{ actor_id: string }>(
    "select actor_id from audits where route = 'ecosystems.dismiss_job' and subject_id = $1",
    [id],
  )
  assert.equal(audits.length, 1)
  assert.ok(audits[0]?.actor_id)
})

test('what failed at several addresses says so', async () => {
  const [, failed] = await handlersOf(w.house)
  const error = new AggregateError([new Error('connect ECONNREFUSED ::1:25'), new Error('connect ECONNREFUSED 127.0.0.1:25')])
  await failed({ tenant_id: w.tenants.meridian, id: uuidv7(), job: 'mail.send', ref: {}, error, tries: 6, last: true })
  const [parked] = (await vera().parked_jobs()).items
  assert.deepEqual(
    [parked?.cause, parked?.reason],
    ['no_answer', 'connect ECONNREFUSED ::1:25; connect ECONNREFUSED 127.0.0.1:25'],
  )
})

test('a reason keeps what helps and leaves out what opens doors', () => {
  const told: [string, ReturnType<typeof causeOf>, string][] = [
    ['connect ECONNREFUSED 10.0.0.7:25', 'no_answer', 'connect ECONNREFUSED 10.0.0.7:25'],
    ['Invalid login: 535 5.7.8 Error', 'no_access', 'Invalid login: 535 5.7.8 Error'],
    ['The file store does not answer', 'files', 'The file store does not answer'],
    ["ENOENT: no such file, open '/srv/rialto/data/x'", 'files', "ENOENT: no such file, open '…'"],
    ['no way to smtps://mailer:pa55@mx.example/x?key=1 today', 'other', 'no way to smtps://mx.example today'],
    ['The worker stopped while doing this', 'stopped', 'The worker stopped while doing this'],
    ['refused, password=hunter2 given', 'other', 'refused, password=… given'],
    ['Authorization: Bearer abc.def was refused', 'other', 'Authorization: … was refused'],
    ['link 0123456789abcdef0123456789abcdef01 is over\nat secret (line 2)', 'other', 'link … is over'],
    ['', 'other', ''],
  ]
  for (const [error, cause, reason] of told) assert.deepEqual([causeOf(error), plainReason(error)], [cause, reason])
  assert.equal(plainReason('word '.repeat(400)).length, 300)
})
