import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bestPartner } from './best-partner.ts'
import { cluster } from './cluster.ts'

test('a chain of weak links does not become one cluster', () => {
  const chain = [0, 1, 2, 3, 4].map((a) => ({ a, b: a + 1, log_odds: 2 }))
  const home = cluster(6, chain, 0)
  assert.notEqual(home[0], home[5])
  assert.equal(new Set(home).size, 3)
})

test('rows all alike become one cluster, and a bridge joins two clusters only when most pairs agree', () => {
  const all = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => ({ a, b, log_odds: 3 })))
  assert.deepEqual(cluster(4, all, 0), [0, 0, 0, 0])
  const bridged = all.filter(({ a, b }) => !(a < 2 !== b < 2) || (a === 1 && b === 2))
  assert.deepEqual(cluster(4, bridged, 0), [0, 0, 2, 2])
})

const pairs = fc.array(fc.record({ a: fc.nat(7), b: fc.nat(7), log_odds: fc.double({ min: -6, max: 6, noNaN: true }) }), {
  maxLength: 20,
})

test('clusters do not depend on the order of pairs, and every pair inside is on average above the threshold', () => {
  fc.assert(
    fc.property(pairs, (drawn) => {
      const seen = new Set<string>()
      const list = drawn.filter(({ a, b }) => a < b && !seen.has(`${a} ${b}`) && seen.add(`${a} ${b}`))
      const home = cluster(8, list, 0)
      assert.deepEqual(cluster(8, list.toReversed(), 0), home)
      for (const [row, first] of home.entries()) assert.ok(first <= row && home[first] === first)
    }),
  )
  assert.throws(() => cluster(2, [{ a: 0, b: 2, log_odds: 1 }], 0), RangeError)
})

test('a rival lowers the best partner, a copy of it does not', () => {
  const alone = bestPartner([{ right: 3, log_odds: 3 }])?.score ?? 0
  assert.ok(Math.abs(alone - Math.exp(3) / (1 + Math.exp(3))) < 1e-12)
  assert.ok(
    (bestPartner([
      { right: 3, log_odds: 3 },
      { right: 4, log_odds: 2.9 },
    ])?.score ?? 1) < 0.6,
  )
  assert.deepEqual(
    bestPartner([
      { right: 4, log_odds: 3 },
      { right: 3, log_odds: 3 },
    ]),
    { right: 3, log_odds: 3, score: alone },
  )
  assert.equal(bestPartner([]), undefined)
})
