import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import { Refusal } from './errors.ts'
import { parseInput } from './run.ts'

const Order = z.strictObject({
  title: z.string(),
  count: z.number(),
  lines: z.array(z.strictObject({ sku: z.string() })),
  by: z.strictObject({ name: z.string() }).optional(),
})

function told(schema: z.ZodType, value: unknown): unknown {
  try {
    return parseInput(schema, value)
  } catch (error) {
    assert.ok(error instanceof Refusal)
    assert.equal(error.code, 'invalid')
    return error.details.issues
  }
}

test('what reads well is given as it was read', () => {
  const order = { title: 'Pumps', count: 2, lines: [{ sku: 'A-1' }] }
  assert.deepEqual(told(Order, order), order)
})

test('a field that was left out is missing, at every depth; one of another kind is told what it should be', () => {
  assert.deepEqual(told(Order, { count: null, lines: [{ sku: 'A-1' }, {}], by: {} }), [
    { path: 'title', message: 'is missing' },
    { path: 'count', message: 'Invalid input: expected number, received null' },
    { path: 'lines.1.sku', message: 'is missing' },
    { path: 'by.name', message: 'is missing' },
  ])
  assert.deepEqual(told(Order, { title: 'Pumps', count: 2 }), [{ path: 'lines', message: 'is missing' }])
  assert.deepEqual(told(Order, undefined), [{ path: '', message: 'is missing' }])
})

test('it does not hang on the words of the library: a number read from nothing, and words of our own', () => {
  assert.deepEqual(told(z.strictObject({ limit: z.coerce.number() }), {}), [{ path: 'limit', message: 'is missing' }])
  const own = z.strictObject({ name: z.string({ error: 'Bitte angeben' }) })
  assert.deepEqual(told(own, {}), [{ path: 'name', message: 'is missing' }])
  const needed = z
    .strictObject({ name: z.string().optional() })
    .refine(({ name }) => name, { path: ['name'], error: 'is needed here' })
  assert.deepEqual(told(needed, {}), [{ path: 'name', message: 'is needed here' }], 'a rule of ours keeps its words')
})

test('a field that the request does not have is named with its whole path', () => {
  assert.deepEqual(told(Order, { title: 'Pumps', count: 2, lines: [{ sku: 'A-1', skew: 1 }], note: '' }), [
    { path: 'lines.0.skew', message: 'is not a field of this request' },
    { path: 'note', message: 'is not a field of this request' },
  ])
})

test('a text that no database can store is named by its field', () => {
  const lines = [{ sku: 'A-1' }, { sku: 'A\0' }]
  const message = 'holds a character that cannot be stored (as NUL): remove it'
  assert.deepEqual(told(Order, { title: 'Pumps', count: 2, lines }), [{ path: 'lines', message }])
  assert.deepEqual(told(Order, { title: '\ud800', count: 2, lines: [] }), [{ path: 'title', message }])
  assert.deepEqual(told(z.record(z.string(), z.unknown()), { 'a\0': 1 }), [{ path: 'a\0', message }])
  const order = { title: String.raw`as \u0000 in \\ud800 a text`, count: 2, lines: [] }
  assert.deepEqual(told(Order, order), order)
})
