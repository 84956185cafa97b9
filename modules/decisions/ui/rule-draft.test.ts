import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGroup, OPERATORS, type RuleGroup } from '../../../kernel/conditions.ts'
import { checkTable, RuleTable } from '../../../kernel/tables.ts'
import { REVIEW_TABLE } from '../../deals/demo.ts'
import { FACTS } from '../../deals/facts.ts'
import {
  firstValue,
  innerGroup,
  MODES,
  mayNest,
  modeOf,
  moved,
  newRow,
  operatorsOf,
  ruleFor,
  withMode,
  withOperator,
  withRule,
} from './rule-draft.ts'

const table = RuleTable.parse(REVIEW_TABLE)

test('a fresh row of every fact fits the table, but for a text or a list still to be chosen', () => {
  const row = newRow(table)
  assert.ok(!table.rows.some((one) => one.id === row.id))
  for (const field of FACTS) {
    const issues = checkTable({
      ...table,
      rows: [...table.rows, { ...row, when: { combinator: 'and', rules: [ruleFor(field)] } }],
    })
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['list'].includes(field.type) ? [`rows.${table.rows.length}.when.rules.0.value`] : [],
      field.name,
    )
  }
})

test('every comparison that the form offers is one the field knows, and a change of it keeps what fits', () => {
  let count = 0
  for (const field of FACTS)
    for (const operator of operatorsOf(field, '=')) {
      if (operator === '=' && field.type === 'list') continue
      assert.ok(
        (OPERATORS[operator as keyof typeof OPERATORS].types as readonly string[]).includes(field.type),
        `${field.name} ${operator}`,
      )
      const rule = withOperator(ruleFor(field), field, operator)
      assert.equal(rule.operator, operator)
      count += 1
    }
  assert.ok(count > 60, `${count} comparisons`)
  const conflict = FACTS[2]
  const several = withOperator({ field: 'conflict', operator: '=', value: 'held' }, conflict, 'in')
  assert.deepEqual(several.value, ['held'])
  assert.equal(withOperator(several, conflict, '!=').value, 'held')
  assert.deepEqual(firstValue(FACTS[4], 'between'), [0, 0])
})

test('a row moves by one place, and stops at either end', () => {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  const before = ids(table.rows)
  const [first = '', second = ''] = before
  assert.deepEqual(ids(moved(table.rows, first, 1)).slice(0, 2), [second, first])
  assert.deepEqual(ids(moved(table.rows, first, -1)), before)
  assert.deepEqual(ids(moved(moved(table.rows, second, -1), second, 1)), before)
})

/** What a group says of conditions that hold or do not, in its own words. */
const holds = (group: RuleGroup, facts: Record<string, boolean>): boolean => {
  const parts = group.rules.map((one) => (isGroup(one) ? holds(one, facts) : (facts[one.field] ?? false)))
  const some = { all: parts.every(Boolean), any: parts.some(Boolean), none: !parts.some(Boolean), not_all: !parts.every(Boolean) }
  return some[modeOf(group)]
}

test('all, any, none and not all are what the document says, and are told back the same', () => {
  const two: RuleGroup = { combinator: 'and', rules: ['a', 'b'].map((field) => ({ field, operator: '=', value: true })) }
  const said = MODES.map((mode) => [mode, withMode(two, mode)] as const)
  for (const [mode, group] of said) assert.equal(modeOf(group), mode)
  assert.deepEqual(
    said.map(([, { combinator, not }]) => [combinator, not ?? false]),
    [
      ['and', false],
      ['or', false],
      ['or', true],
      ['and', true],
    ],
  )
  assert.ok(!('not' in withMode(withMode(two, 'none'), 'all')))
  assert.deepEqual(
    said.map(([, group]) => holds(group, { a: true })),
    [false, true, false, true],
  )
})

test('groups nest as deep as a document may go and no deeper; one that loses its last condition goes', () => {
  const [field] = FACTS
  const nested = (depth: number, group: RuleGroup): RuleGroup =>
    mayNest(depth) ? { ...group, rules: [...group.rules, nested(depth + 1, innerGroup(group, field))] } : group
  const row = newRow(table)
  const deepest = nested(1, row.when)
  const withWhen = (when: RuleGroup) => checkTable({ ...table, rows: [...table.rows, { ...row, label: 'deep', when }] })
  assert.deepEqual(withWhen(deepest), [])
  const deeper: RuleGroup = { combinator: 'and', rules: [deepest] }
  assert.match(withWhen(deeper)[0]?.message ?? '', /nest deeper/)
  const outer: RuleGroup = { combinator: 'and', rules: [ruleFor(field), innerGroup(row.when, field)] }
  const inner = outer.rules[1] as RuleGroup
  assert.deepEqual(withRule(outer, 1, withRule(inner, 0, null)).rules, [outer.rules[0]])
  assert.deepEqual(withRule(outer, 0, null).rules, [inner])
})
