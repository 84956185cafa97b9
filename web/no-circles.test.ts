import assert from 'node:assert/strict'
import { test } from 'node:test'
import { circleIn } from './no-circles.ts'

const circle = (imports: Record<string, string[]>) => circleIn(new Map(Object.entries(imports)))

test('files that import one another are found, however long the way round is', () => {
  assert.equal(circle({ page: ['kit', 'words'], kit: ['react'], words: ['react'], react: [] }), null)
  assert.deepEqual(circle({ page: ['a'], a: ['b'], b: ['c', 'kit'], c: ['a'], kit: [] }), ['a', 'b', 'c'])
  assert.deepEqual(circle({ alone: ['alone'] }), ['alone'])
})
