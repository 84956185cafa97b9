import {
  type Field,
  type FieldType,
  isGroup,
  MAX_DEPTH,
  OPERATORS,
  type Operator,
  type Rule,
  type RuleGroup,
} from '../../../kernel/conditions.ts'
import type { RuleTable } from '../../../kernel/tables.ts'
import type { Row, Value } from './rule-words.ts'

/** The comparisons that the form offers; a document may hold more, which stay as they are. */
const OFFERED: Record<FieldType, Operator[]> = {
  flag: ['='],
  choice: ['=', '!=', 'in', 'notIn'],
  text: ['=', '!=', 'in', 'notIn', 'null', 'notNull'],
  number: ['>', '>=', '<', '<=', '=', '!=', 'between', 'null', 'notNull'],
  money: ['>', '>=', '<', '<=', 'between'],
  date: ['>', '>=', '<', '<=', 'between', 'null', 'notNull'],
  list: ['containsAny', 'containsAll', 'containsNone'],
}

export const operatorsOf = (field: Field, current: string): string[] => {
  const offered: string[] = OFFERED[field.type]
  return offered.includes(current) ? offered : [...offered, current]
}

/** A first value for a comparison, so that a fresh condition already says something. */
export function firstValue(field: Field, operator: string): Value {
  const takes = OPERATORS[operator as Operator]?.takes ?? 'one'
  if (takes === 'none') return undefined
  if (takes === 'many') return field.choices?.slice(0, 1) ?? []
  const one = { flag: true, choice: field.choices?.[0] ?? '', number: 0, money: 0, text: '', list: '', date: '' }[field.type]
  return takes === 'pair' ? [Number(one) || 0, Number(one) || 0] : one
}

/** The rule with another comparison; a value that still fits is kept. */
export function withOperator(rule: Rule, field: Field, operator: string): Rule {
  const takes = (name: string) => OPERATORS[name as Operator]?.takes
  const { value: old, valueSource: _, ...rest } = rule
  const value =
    takes(operator) === takes(rule.operator)
      ? old
      : takes(operator) === 'many' && typeof old === 'string' && old
        ? [old]
        : takes(operator) === 'one' && Array.isArray(old) && old.length > 0
          ? old[0]
          : firstValue(field, operator)
  return { ...rest, operator, ...(value === undefined ? {} : { value }) }
}

export const ruleFor = (field: Field): Rule => {
  const [operator = '='] = OFFERED[field.type]
  const value = firstValue(field, operator)
  return { field: field.name, operator, ...(value === undefined ? {} : { value }) }
}

/** How a group of conditions combines, as people say it. */
export const MODES = ['all', 'any', 'none', 'not_all'] as const
export type Mode = (typeof MODES)[number]

export const modeOf = ({ combinator, not }: RuleGroup): Mode =>
  not ? (combinator === 'or' ? 'none' : 'not_all') : combinator === 'or' ? 'any' : 'all'

export function withMode({ not: _, ...group }: RuleGroup, mode: Mode): RuleGroup {
  const combinator = mode === 'any' || mode === 'none' ? 'or' : 'and'
  return { ...group, combinator, ...(mode === 'none' || mode === 'not_all' ? { not: true } : {}) }
}

/** The group with one of its rules changed or, by null, left out; an inner group that loses its last rule goes with it. */
export function withRule(group: RuleGroup, at: number, next: Rule | RuleGroup | null): RuleGroup {
  const isGone = next === null || (isGroup(next) && next.rules.length === 0)
  return { ...group, rules: group.rules.flatMap((one, i) => (i === at ? (isGone ? [] : [next]) : [one])) }
}

/** Whether a group at this depth, counted from 1, may hold another. */
export const mayNest = (depth: number): boolean => depth < MAX_DEPTH

/** An inner group to go on with: of the other kind than the one around it, for else it would say nothing new. */
export const innerGroup = (outer: RuleGroup, field: Field): RuleGroup => ({
  combinator: outer.combinator === 'and' ? 'or' : 'and',
  rules: [ruleFor(field)],
})

/** A row that a person goes on to fill; its id is new to the table. */
export function newRow({ rows, fields }: RuleTable): Row {
  const known = new Set(rows.map(({ id }) => id))
  let number = rows.length + 1
  while (known.has(`row-${number}`)) number += 1
  const [first] = fields
  return {
    id: `row-${number}`,
    label: '',
    when: { combinator: 'and', rules: first ? [ruleFor(first)] : [] },
    outcome: { decision: 'review' },
    audience: 'outer',
  }
}

/** The rows with one of them a place higher or lower. */
export function moved(rows: Row[], id: string, step: -1 | 1): Row[] {
  const at = rows.findIndex((row) => row.id === id)
  const to = at + step
  const row = rows[at]
  if (!row || to < 0 || to >= rows.length) return rows
  const without = rows.filter((one) => one !== row)
  return [...without.slice(0, to), row, ...without.slice(to)]
}
