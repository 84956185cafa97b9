import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as z from 'zod'
import { cutBy, schemaFor } from '../../kernel/audience.ts'
import { innerOnly, routesOf } from '../../kernel/contract.ts'
import { contracts } from '../../modules/contract.ts'
import { arbitraryOf } from './arbitrary.ts'
import { byDepth } from './depth.ts'

const CASES = byDepth(20, 300)
// A day of work ends at another hour than it begins.
const HOURS = { from: ['09:00'], to: ['17:30'] }
const text = (value: unknown): string => JSON.stringify(value)

/** The same value with fields that no schema names, in every object of it. */
function withStrangers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withStrangers)
  if (typeof value !== 'object' || value === null) return value
  return { stranger: 'secret', ...Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withStrangers(part)])) }
}

test('What is cut for an audience is what its schema parses, on every route', () => {
  for (const { name, output } of routesOf(contracts)) {
    if (output.def.type === 'void') continue
    for (const audience of ['inner', 'outer'] as const) {
      const schema = schemaFor(output, audience)
      const cut = cutBy(schema)
      let compared = 0
      fc.assert(
        fc.property(arbitraryOf(output, { pools: HOURS }), (value) => {
          // What is stored was parsed when it came in: its texts are trimmed already.
          const { data: stored } = output.safeParse(value)
          if (stored === undefined) return
          for (const sent of [stored, withStrangers(stored)]) {
            // A record takes any name, and may refuse what a stranger holds.
            const parsed = schema.safeParse(sent)
            assert.ok(parsed.success || sent !== stored)
            if (!parsed.success) continue
            assert.equal(text(cut(sent)), text(parsed.data), `${name} ${audience}`)
            compared += 1
          }
        }),
        { numRuns: CASES },
      )
      assert.ok(compared > 0, `${name} ${audience}: no answer was compared`)
    }
  }
})

const Row = z.object({ name: z.string(), count: z.int().nullable(), note: innerOnly(z.string()) })

test('A cut leaves out what the audience may not see and what nobody declared', () => {
  const row = { name: 'a', count: null, note: 'for us', stranger: 1 }
  assert.deepEqual(cutBy(schemaFor(Row, 'outer'))(row), { name: 'a', count: null })
  assert.deepEqual(cutBy(schemaFor(Row, 'inner'))(row), { name: 'a', count: null, note: 'for us' })
})

test('A value of another type is refused by the name of its field', () => {
  for (const wrong of [{ name: 1, count: 1 }, { name: 'a', count: '1' }, { name: 'a', count: Number.NaN }, null, [], 'a'])
    assert.throws(() => cutBy(schemaFor(z.object({ rows: z.array(Row) }), 'outer'))({ rows: [wrong] }), /"rows",\s+0/)
})
