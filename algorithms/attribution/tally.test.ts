import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createChannels } from './channels.ts'
import { encodePaths } from './path-block.ts'
import { CHANNELS, type GroupedPath, groupedPath, groupedPaths } from './random-paths.ts'
import { type ChannelCredit, createTally, creditPaths, type PathModel } from './tally.ts'

const MODELS: PathModel[] = [
  { model: 'first' },
  { model: 'last' },
  { model: 'last-non-direct', direct: ['A', 'C'] },
  { model: 'linear' },
  { model: 'position' },
  { model: 'position', weights: [10, 60, 30] },
  { model: 'time-decay' },
  { model: 'time-decay', half_life: 0.5 },
  { model: 'markov' },
  { model: 'markov', order: 2, nulls: 'ignore' },
  { model: 'markov', order: 3 },
  { model: 'shapley' },
]

const sum = (rows: readonly { conversions: number; value: number }[], field: 'conversions' | 'value') =>
  rows.reduce((total, row) => total + row[field], 0)
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

function assertSame(left: readonly ChannelCredit[], right: readonly ChannelCredit[]): void {
  const sorted = (credits: readonly ChannelCredit[]) => [...credits].sort((a, b) => (a.channel < b.channel ? -1 : 1))
  assert.deepEqual(
    sorted(left).map(({ channel }) => channel),
    sorted(right).map(({ channel }) => channel),
  )
  const other = sorted(right)
  sorted(left).forEach((credit, i) => {
    assert.ok(
      near(credit.conversions, other[i]?.conversions ?? Number.NaN),
      `${credit.channel}: ${credit.conversions} ${other[i]?.conversions}`,
    )
    assert.ok(near(credit.value, other[i]?.value ?? Number.NaN), `${credit.channel}: ${credit.value} ${other[i]?.value}`)
  })
}

/** The weights of a path's touches straight from the definitions. */
function weightsByDefinition(path: readonly string[], spec: PathModel): number[] {
  const n = path.length
  if (spec.model === 'first') return path.map((_, i) => (i === 0 ? 1 : 0))
  if (spec.model === 'last') return path.map((_, i) => (i === n - 1 ? 1 : 0))
  if (spec.model === 'linear') return path.map(() => 1 / n)
  if (spec.model === 'position') {
    const [a, b, c] = (spec.weights ?? [40, 20, 40]).map((weight) => weight / 100) as [number, number, number]
    if (n <= 2) return path.map(() => 1 / n)
    return path.map((_, i) => (i === 0 ? a : i === n - 1 ? c : b / (n - 2)))
  }
  if (spec.model === 'time-decay') {
    const raw = path.map((_, i) => 2 ** (-(n - 1 - i) / (spec.half_life ?? 7)))
    const total = raw.reduce((x, y) => x + y, 0)
    return raw.map((weight) => weight / total)
  }
  if (spec.model === 'last-non-direct') {
    const at = path.findLastIndex((touch) => !spec.direct.includes(touch))
    return path.map((_, i) => (i === (at === -1 ? n - 1 : at) ? 1 : 0))
  }
  throw new Error('no weights per touch')
}

for (const spec of MODELS) {
  const name = JSON.stringify(spec)

  test(`credits sum to the conversions and the value: ${name}`, () => {
    fc.assert(
      fc.property(groupedPaths, (rows) => {
        const credits = creditPaths(rows, spec)
        assert.ok(near(sum(credits, 'conversions'), sum(rows, 'conversions')))
        assert.ok(near(sum(credits, 'value'), sum(rows, 'value')))
        assert.ok(credits.every(({ conversions, value }) => conversions >= 0 && value >= 0))
      }),
    )
  })

  test(`renaming channels renames the credits, and the order of rows does not matter: ${name}`, () => {
    fc.assert(
      fc.property(groupedPaths, fc.shuffledSubarray(CHANNELS, { minLength: CHANNELS.length }), (rows, shuffled) => {
        const rename = (channel: string) => shuffled[CHANNELS.indexOf(channel)] ?? ''
        const renamed = rows.map((row) => ({ ...row, path: row.path.map(rename) })).reverse()
        const model = spec.model === 'last-non-direct' ? { ...spec, direct: spec.direct.map(rename) } : spec
        assertSame(
          creditPaths(renamed, model),
          creditPaths(rows, spec).map((credit) => ({ ...credit, channel: rename(credit.channel) })),
        )
      }),
    )
  })

  test(`splitting rows changes nothing: ${name}`, () => {
    fc.assert(
      fc.property(groupedPaths, fc.nat(9), (rows, part) => {
        const split = rows.flatMap((row) => {
          const c = Math.min(part, row.conversions)
          const n = Math.min(part, row.nulls)
          return [
            { path: row.path, conversions: c, value: row.value / 4, nulls: n },
            { path: row.path, conversions: row.conversions - c, value: (row.value * 3) / 4, nulls: row.nulls - n },
          ]
        })
        assertSame(creditPaths(split, spec), creditPaths(rows, spec))
      }),
    )
  })

  test(`a channel without a converting path gets nothing: ${name}`, () => {
    fc.assert(
      fc.property(groupedPaths, groupedPath, (rows, stray) => {
        const path = [...stray.path, 'Z']
        const credits = creditPaths([...rows, { path, conversions: 0, value: 0, nulls: 3 }], spec)
        const absent = credits.find(({ channel }) => channel === 'Z')
        assert.deepEqual(absent, { channel: 'Z', conversions: 0, value: 0 })
        assert.ok(!creditPaths(rows, spec).some(({ channel }) => channel === 'Z'))
      }),
    )
  })

  test(`taking paths out again leaves the credits of the others: ${name}`, () => {
    fc.assert(
      fc.property(groupedPaths, fc.array(groupedPath, { maxLength: 6 }), (kept, gone) => {
        const channels = createChannels(CHANNELS)
        const tally = createTally(spec, channels)
        tally.add(encodePaths(kept, channels))
        tally.add(encodePaths(gone, channels))
        tally.remove(encodePaths(gone, channels))
        assertSame(tally.credits(), creditPaths(kept, spec))
      }),
    )
  })

  if (spec.model === 'markov' || spec.model === 'shapley') continue
  test(`credits equal the definition path by path: ${name}`, () => {
    fc.assert(
      fc.property(groupedPaths, (rows) => {
        const credits = new Map<string, ChannelCredit>()
        for (const { path, conversions, value } of rows) {
          weightsByDefinition(path, spec).forEach((weight, i) => {
            const channel = path[i] ?? ''
            const sofar = credits.get(channel) ?? { channel, conversions: 0, value: 0 }
            credits.set(channel, {
              channel,
              conversions: sofar.conversions + weight * conversions,
              value: sofar.value + weight * value,
            })
          })
        }
        assertSame(creditPaths(rows, spec), [...credits.values()])
      }),
    )
  })
}

test('evenly timed touches decay by days as they do by steps', () => {
  fc.assert(
    fc.property(groupedPaths, fc.integer({ min: -1000, max: 1000 }), (rows, origin) => {
      const timed = rows.map((row) => ({ ...row, days: row.path.map((_, i) => origin + i) }))
      assertSame(
        creditPaths(timed, { model: 'time-decay', half_life: 3 }),
        creditPaths(rows, { model: 'time-decay', half_life: 3 }),
      )
    }),
  )
})

test('a path object that cannot be credited is refused with its row and column', () => {
  const refused = (row: Partial<GroupedPath> & { days?: number[] }, message: RegExp) => {
    assert.throws(() => creditPaths([{ path: ['A'] }, { path: ['A', 'B'], ...row }], { model: 'linear' }), message)
  }
  refused({ path: [] }, /^BadInput: row 2, column path: a path without touches/)
  refused({ path: ['A', ' '] }, /a touch has no name/)
  refused({ path: ['A', 'x'.repeat(1_000_000)] }, /a channel name of 1,000,000 characters; at most 1,000/)
  refused({ conversions: -1 }, /row 2, column conversions: -1/)
  refused({ nulls: Number.NaN }, /row 2, column nulls: NaN/)
  refused({ days: [1, 2] }, /row 2, column days: give the times of every path or of none/)
  assert.throws(
    () => creditPaths([{ path: ['A', 'B'], days: [2, 1] }], { model: 'linear' }),
    /row 1, column days: time 2 is before time 1/,
  )
  assert.throws(() => creditPaths([], { model: 'position', weights: [0, 0, 0] }), /position weights 0,0,0/)
  assert.throws(() => creditPaths([], { model: 'time-decay', half_life: 0 }), /half-life 0/)
})
