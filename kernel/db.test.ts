import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshDatabase, type TestDatabase } from '../test/database.ts'
import { type Database, openDatabase, type Tx } from './db.ts'

const NOBODY = { tenant_id: null, parties: [], actor_id: null }

let made: TestDatabase
let database: Database
before(async () => {
  made = await freshDatabase()
  database = await openDatabase(made.roles.app_url, { max: 3, readers: 1 })
})
after(async () => {
  await database.close()
  await made.drop()
})

/** A transaction that stays open until it is let go. */
function held(read_only: boolean) {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const done = database.tx(NOBODY, { read_only }, async (_: Tx) => {
    begin()
    await released
  })
  const waits = () => Promise.race([begun.then(() => false), new Promise<boolean>((tell) => setTimeout(() => tell(true), 200))])
  return { begun, waits, release, done }
}

test('who stores leaves a connection to those who read, and goes on in the order of coming', async () => {
  const [first, second, third, fourth] = [held(false), held(false), held(false), held(false)]
  await Promise.all([first.begun, second.begun])
  assert.equal(await third.waits(), true)
  const reader = held(true)
  // The reader has a connection of its own, and waits for nobody.
  await reader.begun
  first.release()
  await Promise.all([first.done, third.begun])
  assert.equal(await fourth.waits(), true)
  for (const one of [second, third, fourth, reader]) one.release()
  await Promise.all([second, third, fourth, reader].map(({ done }) => done))
  assert.deepEqual([database.stats().idle, database.stats().waiting], [database.stats().total, 0])
})

test('a transaction that fails gives its turn back', async () => {
  for (let i = 0; i < 5; i += 1)
    await assert.rejects(
      database.tx(NOBODY, {}, async () => {
        throw new Error('as planned')
      }),
      /as planned/,
    )
  const [one, other] = [held(false), held(false)]
  await Promise.all([one.begun, other.begun])
  one.release()
  other.release()
  await Promise.all([one.done, other.done])
})
