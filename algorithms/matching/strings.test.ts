import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ColumnRule, countAgreements, pairsByColumn, type Row } from './compare-columns.ts'
import { jaro, jaroWinkler, levenshtein, levenshteinSimilarity } from './strings.ts'

test('Jaro and Jaro-Winkler give the published values', () => {
  const near = (value: number, expected: number) => assert.ok(Math.abs(value - expected) < 5e-4, `${value} for ${expected}`)
  near(jaro('MARTHA', 'MARHTA'), 0.9444)
  near(jaro('DWAYNE', 'DUANE'), 0.8222)
  near(jaro('DIXON', 'DICKSONX'), 0.7667)
  near(jaroWinkler('MARTHA', 'MARHTA'), 0.9611)
  near(jaroWinkler('DWAYNE', 'DUANE'), 0.84)
  near(jaroWinkler('DIXON', 'DICKSONX'), 0.8133)
  assert.equal(jaroWinkler('', 'a'), 0)
  assert.equal(levenshtein('kitten', 'sitting'), 3)
  assert.equal(levenshteinSimilarity('', ''), 0)
})

function plainEdits(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] ?? []
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
  }
  return at(a.length, b.length)
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 })

test('edits equal the plain table, and both measures are symmetric and at most 1', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(levenshtein(a, b), plainEdits(a, b))
      assert.ok(Math.abs(jaroWinkler(a, b) - jaroWinkler(b, a)) < 1e-12)
      assert.ok(jaroWinkler(a, b) <= 1 && (a === '' || jaroWinkler(a, a) === 1))
    }),
    { numRuns: 2000 },
  )
})

test('passing over hopeless pairs changes no agreement', () => {
  const rows = (values: string[]): Row[] => values.map((value) => ({ x: value }))
  fc.assert(
    fc.property(word, word, fc.constantFrom(0.5, 0.7, 0.85, 0.95), (a, b, threshold) => {
      for (const [method, measure] of [
        ['jaro_winkler', jaroWinkler],
        ['levenshtein', levenshteinSimilarity],
      ] as const) {
        const rule: ColumnRule = { column: 'x', method, threshold }
        const [sum] = countAgreements(rows([a]), rows([b]), { lefts: Uint32Array.of(0), rights: Uint32Array.of(0) }, [rule])
        assert.equal(sum, a !== '' && b !== '' && (a === b || measure(a, b) >= threshold) ? 1 : 0)
      }
    }),
    { numRuns: 2000 },
  )
})

test('blocking pairs equal values and leaves missing ones alone', () => {
  const { lefts, rights } = pairsByColumn([{ x: 'a' }, { x: '' }, { x: 'b' }], [{ x: 'a' }, { x: 'a' }, { x: '' }], 'x')
  assert.deepEqual(
    [[...lefts], [...rights]],
    [
      [0, 0],
      [0, 1],
    ],
  )
})
