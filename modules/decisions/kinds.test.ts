import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { USUAL_TABLE } from '../deals/usual-table.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const draft = (body: object) =>
  w.as('vera').decisions.draft({ kind: 'deals.review', title: 'Rules', body: JSON.parse(JSON.stringify(body)) })
const filledBy = (from: string) => ({
  ...USUAL_TABLE,
  fields: USUAL_TABLE.fields.map((field) => (field.name === 'country' ? { ...field, from } : field)),
})
const [row] = USUAL_TABLE.rows

test('a table that waits for its own outcome or for one that is not there is refused with the circle or the name', async () => {
  for (const [body, told] of [
    [filledBy('deals.review'), /use each other in a circle: deals\.review → deals\.review; let one of them stand alone/],
    [filledBy('moonphase'), /body\.fields\.10\.from: there is no table 'moonphase'/],
  ] as const) {
    const error = await refusal(draft(body))
    assert.deepEqual([error.code, told.test(error.message)], ['invalid', true], error.message)
  }
})

test('a document with what it does not know, or without what it needs, names the place and what there is', async () => {
  const when = (rule: object) => ({ ...USUAL_TABLE, rows: [{ ...row, when: { combinator: 'and', rules: [rule] } }] })
  const { rows: _, ...without } = USUAL_TABLE
  for (const [body, told] of [
    [
      when({ field: 'moonphase', operator: '=', value: 1 }),
      /body\.rows\.0\.when\.rules\.0\.field: there is no field 'moonphase'/,
    ],
    [when({ field: 'country', operator: 'near', value: 'DE' }), /'near' is no operator for a text; use = !=/],
    [{ ...USUAL_TABLE, fromage: 1 }, /body\.fromage: is not a field/],
    [without, /body\.rows: is missing/],
  ] as const) {
    const error = await refusal(draft(body))
    assert.deepEqual([error.code, told.test(error.message)], ['invalid', true], error.message)
  }
})
