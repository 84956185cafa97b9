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
    { path: 'count', message: 'must be a number' },
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

test('what is wrong with a field is told in plain words, with what it takes', () => {
  const told_of = (schema: z.ZodType, value: unknown) => told(z.strictObject({ f: schema }), { f: value })
  const cases: [z.ZodType, unknown, string][] = [
    [z.string().min(1), '', 'must not be empty'],
    [z.string().min(12), 'short', 'must have at least 12 characters'],
    [z.string().max(3), 'long', 'must have at most 3 characters'],
    [z.string().length(2), 'long', 'must have exactly 2 characters'],
    [z.array(z.string()).min(1), [], 'must have at least 1 entry'],
    [z.array(z.string()).max(2), ['a', 'b', 'c'], 'must have at most 2 entries'],
    [z.number().min(1), 0, 'must be at least 1'],
    [z.number().positive(), 0, 'must be above 0'],
    [z.number().max(5), 6, 'must be at most 5'],
    [z.number().int(), 1.5, 'must be a whole number'],
    [z.number().int(), 1e300, 'must be at most 9007199254740991'],
    [z.number().multipleOf(5), 7, 'must be a multiple of 5'],
    [z.coerce.number(), 'many', 'must be a number'],
    [z.string(), 7, 'must be a text'],
    [z.boolean(), 'yes', 'must be true or false'],
    [z.array(z.string()), 'a', 'must be a list'],
    [z.strictObject({}), 'a', 'must be an object'],
    [z.record(z.string(), z.number()), [], 'must be an object'],
    [z.enum(['web', 'all']), 'boss', 'must be one of web, all'],
    [z.enum(['web', 'all']), undefined, 'is missing'],
    [z.literal('web'), 'boss', 'must be web'],
    [z.email(), 'carl', 'must be a mail address as name@example.com'],
    [z.uuid(), '7', 'must be an id as 0199a0b2-4c3d-7e5f-8a6b-7c8d9e0f1a2b'],
    [z.url(), 'here', 'must be an address as https://example.com'],
    [z.iso.date(), 'today', 'must be a day as 2026-11-22'],
    [z.string().regex(/^a+$/), 'b', 'must have the form ^a+$'],
    [z.union([z.boolean(), z.enum(['true', 'false'])]), 'yes', 'must be true or false, or must be one of true, false'],
  ]
  for (const [schema, value, message] of cases) assert.deepEqual(told_of(schema, value), [{ path: 'f', message }])
})

test('where a field may be of several shapes, the mistake is told in the one that it comes nearest to', () => {
  const Leaf = z.strictObject({ field: z.string(), is: z.number() })
  const Tree: z.ZodType = z.lazy(() => z.union([z.strictObject({ all: z.array(Tree) }), Leaf]))
  const [a, b] = [z.strictObject({ type: z.literal('a') }), z.strictObject({ type: z.literal('b') })]
  const by_type = z.strictObject({ one: z.discriminatedUnion('type', [a, b]) })
  assert.deepEqual(told(z.strictObject({ when: Tree }), { when: { all: [{ field: 'x', is: 'y' }] } }), [
    { path: 'when.all.0.is', message: 'must be a number' },
  ])
  assert.deepEqual(told(z.strictObject({ when: Tree }), { when: { field: 'x', is: 1, was: 2 } }), [
    { path: 'when.was', message: 'is not a field of this request' },
  ])
  assert.deepEqual(told(by_type, { one: { type: 'c' } }), [{ path: 'one.type', message: 'must be one of a, b' }])
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
