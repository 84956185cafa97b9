import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const rowsOf = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i},${prefix} Works ${i} Limited,DE,${prefix.toLowerCase()}${i}.example`)

/** Seconds that an import of so many accounts runs, its closing count of duplicates included. */
async function secondsOf(prefix: string, count: number): Promise<number> {
  const api = w.as('vera').imports
  const text = `Account ID,Name,Country,Website\n${rowsOf(prefix, count).join('\n')}\n`
  const { id } = await api.upload({ kind: 'accounts', name: `${prefix}.csv`, file: new Uint8Array(Buffer.from(text)) })
  await w.settle()
  const started = performance.now()
  await api.run({ id })
  await w.settle()
  const seconds = (performance.now() - started) / 1000
  const done = await api.get({ id })
  assert.deepEqual([done.state, done.created, done.report?.duplicates], ['done', count, 0])
  return seconds
}

// The database knows nothing yet of tables that were filled a moment ago: this is when a plan is most easily a bad one.
test('the time of an import of accounts grows with its rows and not with their square', async () => {
  const few = await secondsOf('Alderney', 1500)
  const many = await secondsOf('Birchwood', 9000)
  assert.ok(many < 12 * few + 2, `1,500 rows took ${few.toFixed(1)} s, six times as many ${many.toFixed(1)} s`)
})
