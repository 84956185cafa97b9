import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type DisclosureRules, disclose } from './disclosure.ts'
import { commonRows, createPair, type ProbeBudget, type SideName, updatePair } from './keyed-pair.ts'
import { pairKey, tokeniser } from './keyed-tokens.ts'

const secret = new Uint8Array(32).fill(9)
const tokens = await tokeniser(await pairKey(secret, 'nordwind', 'brightpath'), 'domain')
const free: ProbeBudget = { limit: 1e9, spent: 0 }
const rowsFrom = (from: number, n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => from + i)

function pairOf(left: string[], right: string[]) {
  const pair = createPair(4)
  updatePair(pair, 'left', { add: { tokens: tokens(left), rows: rowsFrom(0, left.length) } }, free)
  updatePair(pair, 'right', { add: { tokens: tokens(right), rows: rowsFrom(100, right.length) } }, free)
  return pair
}

test('a sequence of changes keeps the overlap equal to the plain intersection, and its deltas add up', () => {
  const someKey = fc.constantFrom(...Array.from({ length: 30 }, (_, i) => `k${i}`))
  const step = fc.record({ side: fc.constantFrom<SideName>('left', 'right'), toggle: fc.uniqueArray(someKey, { maxLength: 12 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const pair = createPair(2)
      const plain = { left: new Map<string, number>(), right: new Map<string, number>() }
      const running = new Set<string>()
      let next = 0
      for (const { side, toggle } of steps) {
        const remove = toggle.filter((key) => plain[side].has(key))
        const add = toggle.filter((key) => !plain[side].has(key))
        const delta = updatePair(
          pair,
          side,
          { add: { tokens: tokens(add), rows: rowsFrom(next, add.length) }, remove: tokens(remove) },
          free,
        )
        for (const key of remove) plain[side].delete(key)
        for (const key of add) plain[side].set(key, next++)
        for (let i = 0; i < delta.vanished.length; i += 2)
          assert.ok(running.delete(`${delta.vanished[i]}-${delta.vanished[i + 1]}`))
        for (let i = 0; i < delta.appeared.length; i += 2) running.add(`${delta.appeared[i]}-${delta.appeared[i + 1]}`)
      }
      const expected = [...plain.left]
        .filter(([key]) => plain.right.has(key))
        .map(([key, row]) => `${row}-${plain.right.get(key)}`)
      const rows = commonRows(pair)
      const found = Array.from({ length: pair.common }, (_, i) => `${rows[2 * i]}-${rows[2 * i + 1]}`)
      assert.deepEqual(found.toSorted(), expected.toSorted())
      assert.deepEqual([...running].toSorted(), expected.toSorted())
    }),
    { numRuns: 300 },
  )
})

test('tokens differ by pair, by kind and by secret, and do not depend on the order of the parties', async () => {
  const other = await tokeniser(await pairKey(secret, 'nordwind', 'rivka'), 'domain')
  const same = await tokeniser(await pairKey(secret, 'brightpath', 'nordwind'), 'domain')
  const kind = await tokeniser(await pairKey(secret, 'nordwind', 'brightpath'), 'email')
  const host = await tokeniser(await pairKey(new Uint8Array(32), 'nordwind', 'brightpath'), 'domain')
  assert.deepEqual(same(['acme.com']), tokens(['acme.com']))
  for (const stranger of [other, kind, host]) assert.notDeepEqual(stranger(['acme.com']), tokens(['acme.com']))
  await assert.rejects(pairKey(new Uint8Array(8), 'a', 'b'), /host secret has 8 bytes; it needs 32/)
  await assert.rejects(pairKey(secret, 'a', 'a'), /a pair needs two parties/)
})

test('ten thousand probes reveal nothing beyond the budget of new names, and known names are free', () => {
  const pair = pairOf(['a', 'b', 'c'], [])
  const budget: ProbeBudget = { limit: 2, spent: 0 }
  const probe = (keys: string[]) =>
    updatePair(pair, 'right', { add: { tokens: tokens(keys), rows: rowsFrom(0, keys.length) } }, budget)
  assert.throws(
    () => probe(Array.from({ length: 10_000 }, (_, i) => `guess${i}`)),
    /10000 names are new; the probe budget has 2 of 2 left/,
  )
  assert.deepEqual([pair.common, pair.right.size], [0, 0])
  budget.spent = probe(['a', 'zzz']).spent
  updatePair(pair, 'right', { remove: tokens(['a']) }, budget)
  assert.equal(probe(['a']).spent, 2)
  assert.throws(() => probe(['b']), /probe budget has 0 of 2 left/)
  assert.equal(pair.common, 1)
})

test('a change that does not fit the list is refused whole, naming the key', () => {
  const pair = pairOf(['a', 'b'], ['b', 'c'])
  const add = (keys: string[], rows = rowsFrom(7, keys.length)) =>
    updatePair(pair, 'right', { add: { tokens: tokens(keys), rows } }, free)
  assert.throws(() => add(['x', 'c']), /added key 2 is in the right list already, as row 101/)
  assert.throws(() => add(['x', 'y', 'x']), /added key 3 repeats added key 1/)
  assert.throws(() => add(['x'], rowsFrom(0, 2)), /2 rows came with 1 keys/)
  assert.throws(() => add(['x'], rowsFrom(-1, 1)), /row -1 of added key 1 is below 0/)
  assert.throws(() => updatePair(pair, 'left', { remove: tokens(['a', 'c']) }, free), /removed key 2 is not in the left list/)
  assert.throws(() => updatePair(pair, 'left', { remove: tokens(['a', 'a']) }, free), /removed key 2 is named twice/)
  assert.throws(() => tokens(['ok', 'x'.repeat(1_000_000)]), /key 2 has 1000000 characters/)
  assert.deepEqual([pair.left.size, pair.right.size, pair.common], [2, 2, 1])
  const moved = updatePair(pair, 'right', { add: { tokens: tokens(['b']), rows: rowsFrom(55, 1) }, remove: tokens(['b']) }, free)
  assert.deepEqual(
    [[...moved.vanished], [...moved.appeared]],
    [
      [1, 100],
      [1, 55],
    ],
  )
})

test('a view holds the fields the owner shares at the level it chose, and nothing else', () => {
  const pair = pairOf(['a', 'b', 'c'], ['b', 'c', 'd'])
  const records = {
    100: { name: 'B', secret: 's1' },
    101: { name: 'C', secret: 's2' },
    102: { name: 'D', secret: 's3' },
  } as const
  const read = (row: number, field: string): unknown => Object.entries(records[row as 100]).find(([name]) => name === field)?.[1]
  const see = (level: 'hidden' | 'count' | 'overlap' | 'all', change: Partial<DisclosureRules> = {}) =>
    disclose(
      pair,
      'left',
      { left: { level: 'count', fields: [] }, right: { level, fields: ['name'] }, min_intersection: 0, min_list: 1, ...change },
      read,
    )
  assert.deepEqual(see('hidden'), { count: null, below: null, overlap: null, others: null })
  assert.deepEqual(see('count'), { count: 2, below: null, overlap: null, others: null })
  const shared = [
    { own_row: 1, fields: { name: 'B' } },
    { own_row: 2, fields: { name: 'C' } },
  ]
  assert.deepEqual(see('overlap'), { count: 2, below: null, overlap: shared, others: null })
  assert.deepEqual(see('all').others, [{ own_row: null, fields: { name: 'D' } }])
  assert.deepEqual(see('overlap', { min_intersection: 3 }), { count: null, below: 3, overlap: null, others: null })
  assert.deepEqual(see('overlap', { left: { level: 'hidden', fields: [] } }).count, null)
  assert.throws(() => see('count', { min_list: 4 }), /the left list has 3 keys; at least 4/)
  assert.ok(!JSON.stringify(see('all')).includes('s1'))
})
