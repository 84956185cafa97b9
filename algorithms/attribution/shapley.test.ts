import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { CHANNELS, type GroupedPath, groupedPaths } from './random-paths.ts'
import { type Game, shapleyValue } from './shapley-value.ts'
import { creditPaths } from './tally.ts'

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

/** The value by its first definition: the mean marginal contribution over all orders. */
function overAllOrders(players: readonly string[], worth: (coalition: ReadonlySet<string>) => number): Map<string, number> {
  const orders = permutations(players)
  const sums = new Map(players.map((player) => [player, 0]))
  for (const order of orders) {
    const coalition = new Set<string>()
    for (const player of order) {
      const before = worth(coalition)
      coalition.add(player)
      sums.set(player, (sums.get(player) ?? 0) + (worth(coalition) - before) / orders.length)
    }
  }
  return sums
}

const within = (rows: readonly GroupedPath[], field: 'conversions' | 'value') => (coalition: ReadonlySet<string>) =>
  rows.reduce((sum, row) => (row.path.every((touch) => coalition.has(touch)) ? sum + row[field] : sum), 0)

test('Shapley credits of paths equal the mean over all orders of channels', () => {
  fc.assert(
    fc.property(groupedPaths, (rows) => {
      const players = [...new Set(rows.flatMap(({ path }) => path))]
      const conversions = overAllOrders(players, within(rows, 'conversions'))
      const values = overAllOrders(players, within(rows, 'value'))
      for (const credit of creditPaths(rows, { model: 'shapley' })) {
        assert.ok(Math.abs(credit.conversions - (conversions.get(credit.channel) ?? Number.NaN)) < 1e-9)
        assert.ok(Math.abs(credit.value - (values.get(credit.channel) ?? Number.NaN)) < 1e-6)
      }
    }),
    { numRuns: 40 },
  )
})

test('the subset formula equals the mean over all orders for any game', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 32, maxLength: 32 }), (worths) => {
      const number = (coalition: ReadonlySet<string>) =>
        CHANNELS.reduce((mask, name, i) => (coalition.has(name) ? mask + 2 ** i : mask), 0)
      const brute = overAllOrders(CHANNELS, (coalition) => worths[number(coalition)] ?? 0)
      const exact = shapleyValue(5, (members) => worths[members.reduce((mask, member, i) => mask + member * 2 ** i, 0)] ?? 0)
      assert.equal(exact.method, 'exact')
      exact.values.forEach((value, i) => assert.ok(Math.abs(value - (brute.get(CHANNELS[i] ?? '') ?? Number.NaN)) < 1e-9))
    }),
    { numRuns: 40 },
  )
})

// The closed form of Littlechild and Owen for the airport game makes the truth known beyond any exact enumeration.
function airport(players: number): { game: Game; truth: number[] } {
  const costs = Array.from({ length: players }, (_, i) => (i + 1) ** 1.5)
  let paid = 0
  const truth = costs.map((cost, i) => {
    paid += (cost - (costs[i - 1] ?? 0)) / (players - i)
    return paid
  })
  return { game: (members) => costs.reduce((most, cost, i) => (members[i] === 1 && cost > most ? cost : most), 0), truth }
}

test('twenty players are solved exactly', () => {
  const { game, truth } = airport(20)
  const { method, values, coalitions_valued } = shapleyValue(20, game)
  assert.equal(method, 'exact')
  assert.equal(coalitions_valued, 2 ** 20)
  values.forEach((value, i) => assert.ok(Math.abs(value - (truth[i] ?? Number.NaN)) < 1e-9))
})

test('above twenty players samples stay within their error bounds, sum to the worth of all and repeat with the seed', () => {
  const { game, truth } = airport(30)
  let missed = 0
  for (let seed = 1; seed <= 10; seed++) {
    const result = shapleyValue(30, game, { pairs: 300, seed })
    assert.equal(result.method, 'sampled')
    assert.ok(Math.abs(result.values.reduce((a, b) => a + b, 0) - 30 ** 1.5) < 1e-9)
    missed += truth.filter(
      (value, i) => Math.abs(value - (result.values[i] ?? Number.NaN)) > (result.error_bounds[i] ?? 0),
    ).length
  }
  // 300 intervals at 95 %: the mean number of misses is at most 15.
  assert.ok(missed <= 15, `${missed} of 300 intervals miss`)
  assert.deepEqual(shapleyValue(30, game, { pairs: 50, seed: 4 }), shapleyValue(30, game, { pairs: 50, seed: 4 }))
})

test('a known range of marginals gives bounds that hold for any sample size and shrink with it', () => {
  const { game, truth } = airport(24)
  const range = 24 ** 1.5
  const few = shapleyValue(24, game, { pairs: 20, marginal_range: range })
  const many = shapleyValue(24, game, { pairs: 2000, marginal_range: range })
  truth.forEach((value, i) => assert.ok(Math.abs(value - (many.values[i] ?? Number.NaN)) <= (many.error_bounds[i] ?? 0)))
  many.error_bounds.forEach((bound, i) => assert.ok(bound < (few.error_bounds[i] ?? 0) / 5))
})

test('impossible options are refused with their value', () => {
  assert.throws(() => shapleyValue(0, () => 0), /0 players/)
  assert.throws(() => shapleyValue(25, () => 0, { pairs: 1 }), /1 pairs/)
  assert.throws(() => shapleyValue(25, () => 0, { confidence: 1 }), /confidence 1/)
})
