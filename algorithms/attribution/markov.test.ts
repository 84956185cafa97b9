import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createChannels } from './channels.ts'
import { markov } from './credit-markov.ts'
import { chainOf } from './markov-chain.ts'
import { countPaths, createCounts, type MarkovOrder } from './markov-counts.ts'
import { encodePaths, type PathRow } from './path-block.ts'
import { type GroupedPath, groupedPaths } from './random-paths.ts'
import * as removal from './removal-effects.ts'
import { creditPaths } from './tally.ts'

interface Fraction {
  n: bigint
  d: bigint
}
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
const fraction = (n: bigint, d: bigint): Fraction => {
  const g = gcd(n, d) || 1n
  return d < 0n ? { n: -n / g, d: -d / g } : { n: n / g, d: d / g }
}
const minus = (a: Fraction, b: Fraction) => fraction(a.n * b.d - b.n * a.d, a.d * b.d)
const times = (a: Fraction, b: Fraction) => fraction(a.n * b.n, a.d * b.d)
const over = (a: Fraction, b: Fraction) => fraction(a.n * b.d, a.d * b.n)
const ZERO = fraction(0n, 1n)
const ONE = fraction(1n, 1n)

type Moves = Map<string, Map<string, bigint>>

/** The chain as the definition says, self-loops and all: state = the last `order` touches; counts of moves between state names. */
function definition(rows: readonly GroupedPath[], order: number, withNulls: boolean): Moves {
  const moves: Moves = new Map()
  const add = (from: string, to: string, weight: bigint) => {
    const row = moves.get(from) ?? new Map<string, bigint>()
    row.set(to, (row.get(to) ?? 0n) + weight)
    moves.set(from, row)
  }
  for (const { path, conversions, nulls } of rows) {
    const c = BigInt(conversions)
    const n = withNulls ? BigInt(nulls) : 0n
    if (c + n === 0n) continue
    let state = 'start'
    for (let i = 0; i < path.length; i++) {
      const next = path.slice(Math.max(0, i + 1 - order), i + 1).join('>')
      add(state, next, c + n)
      state = next
    }
    if (c > 0n) add(state, '(conversion)', c)
    if (n > 0n) add(state, '(null)', n)
  }
  return moves
}

/** P(conversion) with every entry to `removed` sent to null, by Gauss elimination in exact fractions. */
function conversionProbability(moves: Moves, removed: string | null): Fraction {
  const states = [...moves.keys()]
  const place = new Map(states.map((state, i) => [state, i]))
  const system = states.map((state, i) => {
    const out = moves.get(state) ?? new Map<string, bigint>()
    const total = [...out.values()].reduce((sum, weight) => sum + weight, 0n)
    const row = states.map((_, j) => (i === j ? ONE : ZERO))
    let right = ZERO
    for (const [to, weight] of out) {
      const p = fraction(weight, total)
      if (to === '(conversion)') right = p
      else if (to !== '(null)' && to.split('>').at(-1) !== removed)
        row[place.get(to) ?? 0] = minus(row[place.get(to) ?? 0] ?? ZERO, p)
    }
    return [...row, right]
  })
  const n = states.length
  for (let k = 0; k < n; k++) {
    const best = system.findIndex((row, i) => i >= k && row[k]?.n !== 0n)
    ;[system[k], system[best]] = [system[best] ?? [], system[k] ?? []]
    const pivot = system[k] ?? []
    for (let i = 0; i < n; i++) {
      const row = system[i] ?? []
      if (i === k || row[k]?.n === 0n) continue
      const factor = over(row[k] ?? ZERO, pivot[k] ?? ONE)
      for (let j = k; j <= n; j++) row[j] = minus(row[j] ?? ZERO, times(factor, pivot[j] ?? ZERO))
    }
  }
  const at = place.get('start') ?? 0
  return over(system[at]?.[n] ?? ZERO, system[at]?.[at] ?? ONE)
}

function exactEffects(rows: readonly GroupedPath[], order: number, withNulls: boolean): Map<string, number> {
  const moves = definition(rows, order, withNulls)
  const all = conversionProbability(moves, null)
  const effects = new Map<string, number>()
  for (const channel of new Set(rows.flatMap(({ path }) => path))) {
    const effect = minus(ONE, over(conversionProbability(moves, channel), all))
    effects.set(channel, Number(effect.n) / Number(effect.d))
  }
  return effects
}

function effectsOf(rows: readonly PathRow[], order: MarkovOrder, nulls: 'include' | 'ignore'): Map<string, number> {
  const channels = createChannels()
  const model = markov({ order, nulls })
  model.add(encodePaths(rows, channels), 1)
  const effects = model.effects()
  return new Map(channels.names.map((name, c) => [name, effects[c] ?? Number.NaN]))
}

for (const order of [1, 2, 3] as const) {
  for (const nulls of ['include', 'ignore'] as const) {
    test(`removal effects of order ${order}, nulls ${nulls}, equal those of exact fractions`, () => {
      fc.assert(
        fc.property(groupedPaths, (rows) => {
          const exact = exactEffects(rows, order, nulls === 'include')
          for (const [channel, effect] of effectsOf(rows, order, nulls)) {
            assert.ok(
              Math.abs(effect - (exact.get(channel) ?? Number.NaN)) < 1e-12,
              `${channel}: ${effect} ${exact.get(channel)}`,
            )
          }
        }),
        { numRuns: 60 },
      )
    })
  }
}

test('propagation for large chains agrees with the direct solution', () => {
  fc.assert(
    fc.property(groupedPaths, fc.constantFrom<MarkovOrder>(1, 2, 3), (rows, order) => {
      const channels = createChannels()
      const counts = createCounts(order)
      countPaths(counts, encodePaths(rows, channels), 1, true)
      const chain = chainOf(counts)
      const direct = removal.removalEffects(chain, channels.names.length)
      const flowed = removal.removalEffects(chain, channels.names.length, 0)
      direct.forEach((effect, c) => assert.ok(Math.abs(effect - (flowed[c] ?? Number.NaN)) < 1e-12))
    }),
    { numRuns: 100 },
  )
})

test('a chain that hardly ever ends keeps full precision', () => {
  // A and B hand over to each other a billion times for each conversion; C converts one path in a million on its own.
  const rows = [
    { path: ['A', 'B', 'A', 'B', 'A', 'B'], conversions: 1, nulls: 0 },
    { path: ['A', 'B', 'A', 'B', 'A', 'B', 'A', 'B', 'C'], conversions: 1, nulls: 1e12 },
    { path: ['B', 'A', 'A', 'A', 'C', 'C'], conversions: 3, nulls: 1e9 },
  ]
  const exact = exactEffects(
    rows.map((row) => ({ ...row, value: 0 })),
    1,
    true,
  )
  for (const [channel, effect] of effectsOf(rows, 1, 'include')) {
    const expected = exact.get(channel) ?? Number.NaN
    assert.ok(Math.abs(effect - expected) <= 1e-13 * expected, `${channel}: ${effect} instead of ${expected}`)
  }
})

test('with memory of whole paths the removal effect is the share of conversions that met the channel', () => {
  fc.assert(
    fc.property(groupedPaths, (rows) => {
      const short = rows.map((row) => ({ ...row, path: row.path.slice(0, 3), nulls: 0 }))
      const total = short.reduce((sum, { conversions }) => sum + conversions, 0)
      for (const [channel, effect] of effectsOf(short, 3, 'include')) {
        const met = short.reduce((sum, { path, conversions }) => (path.includes(channel) ? sum + conversions : sum), 0)
        assert.ok(Math.abs(effect - met / total) < 1e-12)
      }
    }),
  )
})

test('repeating a touch changes no first-order credit', () => {
  fc.assert(
    fc.property(groupedPaths, (rows) => {
      const doubled = rows.map((row) => ({ ...row, path: row.path.flatMap((touch) => [touch, touch]) }))
      const once = creditPaths(rows, { model: 'markov' })
      creditPaths(doubled, { model: 'markov' }).forEach((credit, i) =>
        assert.ok(Math.abs(credit.conversions - (once[i]?.conversions ?? Number.NaN)) < 1e-9),
      )
    }),
  )
})

test('a channel met only on the way to null gets nothing, and nothing converting gives zeros', () => {
  const rows = [
    { path: ['A'], conversions: 2, nulls: 1 },
    { path: ['A', 'Z'], conversions: 0, nulls: 5 },
  ]
  assert.deepEqual(creditPaths(rows, { model: 'markov' }), [
    { channel: 'A', conversions: 2, value: 0 },
    { channel: 'Z', conversions: 0, value: 0 },
  ])
  assert.deepEqual(creditPaths([{ path: ['A'], conversions: 0, nulls: 3 }], { model: 'markov' }), [
    { channel: 'A', conversions: 0, value: 0 },
  ])
  assert.throws(() => creditPaths([{ path: ['A'], conversions: 0, value: 9 }], { model: 'markov' }), /value but no conversion/)
})
