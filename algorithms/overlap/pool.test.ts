import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { POINT_BYTES, randomScalar } from './group.ts'
import { createPool, type Thread } from './pool.ts'
import { localPool } from './pool-local.ts'
import { nodePool } from './pool-node.ts'
import { emptyIndex, enterRecord, findRecord, indexRecords } from './record-index.ts'
import { randomOrder, reorder } from './shuffle.ts'

const prefix = new Uint8Array(64).fill(3)

test('worker threads do what the calling thread does, in order, and report every point once', async () => {
  const keys = Array.from({ length: 3000 }, (_, i) => `ключ ${i} 🌍`)
  const [scalar, again] = [randomScalar(), randomScalar()]
  const pool = nodePool(2)
  try {
    const seen: number[] = []
    const blinded = await pool.blindKeys(keys, prefix, scalar, (done, total) => seen.push(done, total))
    const here = await localPool().blindKeys(keys, prefix, scalar)
    assert.deepEqual(blinded, here)
    assert.deepEqual(
      seen.filter((_, i) => i % 2 === 0),
      seen.filter((_, i) => i % 2 === 0).toSorted((a, b) => a - b),
    )
    assert.deepEqual(seen.slice(-2), [3000, 3000])
    assert.deepEqual(await pool.blindPoints(blinded.points, again), await localPool().blindPoints(blinded.points, again))
    blinded.points.fill(255, 2500 * POINT_BYTES, 2501 * POINT_BYTES)
    assert.equal((await pool.blindPoints(blinded.points, again)).bad, 2500)
  } finally {
    pool.close()
  }
})

test('the death of a thread fails the work instead of leaving it waiting', async () => {
  let die: (error: Error) => void = () => {}
  const mute: Thread = {
    post: () => die(new Error('out of memory')),
    listen: (_, onDeath) => void (die = onDeath),
    close: () => {},
  }
  const pool = createPool([mute])
  await assert.rejects(pool.blindKeys(['a'], prefix, randomScalar()), /out of memory/)
  await assert.rejects(pool.blindKeys(['a'], prefix, randomScalar()), /out of memory/)
  assert.throws(() => createPool([]), /at least one thread/)
})

test('every order is equally likely, and reordering moves whole points', () => {
  const counts = new Map<string, number>()
  const draws = 24_000
  for (let i = 0; i < draws; i++) {
    const order = randomOrder(4).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  assert.equal(counts.size, 24)
  const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - draws / 24) ** 2 / (draws / 24), 0)
  // 23 degrees of freedom: 70 is exceeded by chance once in a million runs.
  assert.ok(chiSquare < 70, `chi square ${chiSquare}`)
  const points = Uint8Array.from({ length: 3 * POINT_BYTES }, (_, i) => Math.floor(i / POINT_BYTES))
  const moved = reorder(points, Uint32Array.of(2, 0, 1))
  assert.deepEqual([moved[0], moved[31], moved[32], moved[64]], [2, 2, 0, 1])
})

test('the index finds what a plain map finds, however the records collide', () => {
  const word = fc.integer({ min: 0, max: 3 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, word), { maxLength: 60 }),
      fc.array(fc.tuple(word, word), { maxLength: 20 }),
      (held, asked) => {
        const records = Uint32Array.from(held.flat())
        const plain = new Map<string, number>()
        let repeat = -1
        for (const [row, record] of held.entries()) {
          if (!plain.has(record.join())) plain.set(record.join(), row)
          else if (repeat < 0) repeat = row
        }
        const built = indexRecords(records, 2)
        assert.equal(built.repeat, repeat)
        const grown = emptyIndex(2, 1)
        const order = held.map((_, row) => enterRecord(grown, records, row))
        assert.equal(grown.count, plain.size)
        const questions = Uint32Array.from(asked.flat())
        for (const [row, record] of asked.entries()) {
          const first = plain.get(record.join()) ?? -1
          assert.equal(findRecord(built.index, questions, row), first)
          assert.equal(findRecord(grown, questions, row), first < 0 ? -1 : order[first])
        }
      },
    ),
  )
})
