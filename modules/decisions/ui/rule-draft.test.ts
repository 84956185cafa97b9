import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OPERATORS } from '../../../kernel/conditions.ts'
import { checkTable, RuleTable } from '../../../kernel/tables.ts'
import { REVIEW_TABLE } from '../../deals/demo.ts'
import { FACTS } from '../../deals/facts.ts'
import { firstValue, moved, newRow, operatorsOf, ruleFor, withOperator } from './rule-draft.ts'

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
