import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field, Rule } from './conditions.ts'
import { checkRules, MAX_DEPTH, MAX_RULES, OPERATORS, operatorsFor, RuleGroup } from './conditions.ts'
import type { Facts } from './conditions-run.ts'
import { compileRules, explainRules } from './conditions-run.ts'

const fields: Field[] = [
  { name: 'country', type: 'choice', choices: ['DE', 'FR', 'US'] },
  { name: 'title', type: 'text' },
  { name: 'share', type: 'number' },
  { name: 'amount_minor', type: 'money' },
  { name: 'cap_minor', type: 'money' },
  { name: 'due_on', type: 'date' },
  { name: 'is_new', type: 'flag' },
  { name: 'skills', type: 'list' },
  { name: 'risk', type: 'number', audience: 'inner' },
]

const all = (...rules: RuleGroup['rules']): RuleGroup => ({ combinator: 'and', rules })
const holds = (field: string, operator: string, value: Rule['value'], facts: Facts) =>
  compileRules(all({ field, operator, value }), fields)(facts)
const wrong = (field: string, operator: string, value?: Rule['value'], more = {}) =>
  checkRules(all({ field, operator, ...(value === undefined ? {} : { value }), ...more }), fields)[0]

test('a missing fact makes no comparison true, not even a negative one; only null does', () => {
  for (const { type, name } of fields) {
    for (const operator of operatorsFor(type)) {
      const sample = { choice: 'DE', text: 'a', number: 1, money: 1, date: '2026-01-01', flag: true, list: 'a' }[type]
      const { takes } = OPERATORS[operator as keyof typeof OPERATORS]
      const value = takes === 'one' || takes === 'none' || typeof sample === 'boolean' ? sample : [sample, sample]
      assert.equal(holds(name, operator, value, {}), operator === 'null', `${name} ${operator} missing`)
      assert.equal(holds(name, operator, value, { [name]: null }), operator === 'null', `${name} ${operator} null`)
    }
  }
})

test('not turns the plain truth of a group around, so it holds where the fact is missing', () => {
  const inverted = compileRules(
    { combinator: 'and', not: true, rules: [{ field: 'country', operator: '=', value: 'DE' }] },
    fields,
  )
  assert.deepEqual([{ country: 'DE' }, { country: 'FR' }, {}].map(inverted), [false, true, true])
})

test('edges: both ends of between, an empty list, the leap day, empty text', () => {
  assert.equal(holds('amount_minor', 'between', [5, 7], { amount_minor: 5 }), true)
  assert.equal(holds('amount_minor', 'between', [5, 7], { amount_minor: 7 }), true)
  assert.equal(holds('amount_minor', 'notBetween', [5, 7], { amount_minor: 7 }), false)
  assert.equal(holds('skills', 'empty', null, { skills: [] }), true)
  assert.equal(holds('skills', 'containsNone', ['a'], { skills: [] }), true)
  assert.equal(holds('skills', 'containsAll', ['a', 'b'], { skills: ['b', 'c', 'a'] }), true)
  assert.equal(holds('due_on', '>', '2024-02-28', { due_on: '2024-02-29' }), true)
  assert.equal(holds('title', '=', '', { title: '' }), true)
  assert.equal(compileRules({ combinator: 'or', rules: [] }, fields)({}), true)
})

test('a field can be compared with another of its type', () => {
  const rule: Rule = { field: 'amount_minor', operator: '<=', value: 'cap_minor', valueSource: 'field' }
  const explain = explainRules(all(rule), fields)
  assert.deepEqual(explain({ amount_minor: 5, cap_minor: 9 }), {
    hit: true,
    comparisons: [
      { field: 'amount_minor', operator: '<=', value: 9, value_field: 'cap_minor', seen: 5, hit: true, audience: 'outer' },
    ],
  })
  assert.equal(explain({ amount_minor: 5 }).hit, false)
  assert.match(wrong('amount_minor', '<', 'share', { valueSource: 'field' })?.message ?? '', /is a money and 'share' a number/)
  assert.match(
    wrong('amount_minor', 'in', 'cap_minor', { valueSource: 'field' })?.message ?? '',
    /cannot compare with another field/,
  )
})

test('the reasons hold every comparison in reading order, with what was wanted and seen', () => {
  const or: RuleGroup = {
    combinator: 'or',
    rules: [
      { field: 'is_new', operator: '=', value: true },
      { field: 'risk', operator: '<', value: 5 },
    ],
  }
  const explain = explainRules(all({ field: 'country', operator: 'in', value: ['DE', 'FR'] }, or), fields)
  const { hit, comparisons } = explain({ country: 'FR', risk: 3 })
  assert.equal(hit, true)
  assert.deepEqual(
    comparisons.map((one) => [one.field, one.value, one.seen, one.hit, one.audience]),
    [
      ['country', ['DE', 'FR'], 'FR', true, 'outer'],
      ['is_new', true, null, false, 'outer'],
      ['risk', 5, 3, true, 'inner'],
    ],
  )
})

test('each fault of a document is named with its path and its remedy', () => {
  const at = (path: string, message: string) => ({ path: `rules.0.${path}`, message })
  const names = fields.map(({ name }) => name).join(', ')
  assert.deepEqual(wrong('region', '=', 'x'), at('field', `there is no field 'region'; the declared fields are ${names}`))
  assert.deepEqual(wrong('is_new', '<', true), at('operator', "'<' is no operator for a flag; use = != null notNull"))
  assert.match(wrong('title', 'constructor', 'x')?.message ?? '', /is no operator for a text/)
  assert.deepEqual(
    wrong('amount_minor', '>', 1.5),
    at('value', "'amount_minor' needs a whole number of minor units, such as cents, not 1.5"),
  )
  assert.deepEqual(
    wrong('due_on', '=', '2026-02-29'),
    at('value', `'due_on' needs a date that exists, as YYYY-MM-DD, not "2026-02-29"`),
  )
  assert.deepEqual(wrong('country', '=', 'XX'), at('value', `"XX" is no choice of 'country'; choose DE, FR, US`))
  assert.deepEqual(wrong('country', 'in', 'DE'), at('value', `'in' needs a list of values, such as ["a", "b"]`))
  assert.deepEqual(wrong('country', 'in', []), at('value', "'in' needs at least one value"))
  assert.deepEqual(wrong('share', 'between', [3, 1]), at('value', "'between' runs from 3 down to 1; put the smaller first"))
  assert.deepEqual(wrong('share', 'between', [3]), at('value', "'between' needs two values, from and to, not 1"))
  assert.deepEqual(wrong('title', 'contains', ''), at('value', "'contains' needs a text to look for"))
  assert.equal(wrong('share', '=')?.message, "'share' needs a number, not nothing")
  for (const text of ['\0', '\ud800']) assert.equal(wrong('title', '=', text)?.path, 'rules.0.value')
})

test('nesting and size are bounded, and an inner group must say something', () => {
  const nest = (depth: number): RuleGroup =>
    depth === 1 ? all({ field: 'is_new', operator: '=', value: true }) : all(nest(depth - 1))
  assert.deepEqual(checkRules(nest(MAX_DEPTH), fields), [])
  const deep = checkRules(nest(MAX_DEPTH + 1), fields)
  assert.deepEqual(
    deep.map(({ message }) => message),
    ['groups nest deeper than 32; flatten them'],
  )
  assert.equal(checkRules(nest(5000), fields).length, 1)
  const many = Array.from({ length: MAX_RULES + 5 }, () => ({ field: 'is_new', operator: '=', value: true }))
  assert.deepEqual(checkRules(all(...many), fields), [
    { path: 'rules.1000', message: 'more than 1000 rules; split the document' },
  ])
  assert.match(checkRules(all({ combinator: 'or', rules: [] }), fields)[0]?.message ?? '', /this inner group is empty/)
})

test('the schema takes what the editor makes and refuses what it does not know', () => {
  const made = {
    id: 'g',
    combinator: 'and',
    not: false,
    rules: [{ id: 'r', field: 'title', operator: '=', valueSource: 'value', value: 'x' }],
  }
  assert.deepEqual(RuleGroup.parse(made), made)
  assert.equal(RuleGroup.safeParse({ ...made, when: 1 }).success, false)
  assert.equal(RuleGroup.safeParse({ combinator: 'xor', rules: [] }).success, false)
})

test('a faulty document does not compile, and a fact of a wrong type is a bug', () => {
  const faulty = all({ field: 'region', operator: '=', value: 'x' })
  for (const compile of [compileRules, explainRules])
    assert.throws(() => compile(faulty, fields), { name: 'Refusal', code: 'invalid' })
  assert.throws(
    () => holds('amount_minor', '=', 5, { amount_minor: '5' }),
    /The fact 'amount_minor' is declared as money, but is "5"/,
  )
})
