import type { Field, FieldType, Operator, Rule, RuleGroup } from './conditions.ts'
import { checkRules, fieldsByName, isGroup, refuseIssues } from './conditions.ts'

/** A boolean SQL expression: `text` with `$1 …` for `values`, and the same text cut at its values for a tagged template. */
export interface RuleSql {
  text: string
  values: unknown[]
  parts: string[]
}

const SQL_TYPES: Record<FieldType, string> = {
  text: 'text',
  choice: 'text',
  number: 'float8',
  money: 'int8',
  date: 'date',
  flag: 'boolean',
  list: 'text',
}

/** The typed SQL expression of a fact that is kept in a jsonb object, such as the recorded facts of a decision. */
export function factColumn({ name, type }: Field, facts: string): string {
  if (type !== 'list') return `(${facts}->>'${name}')::${SQL_TYPES[type]}`
  return `case when jsonb_typeof(${facts}->'${name}') = 'array' then array(select jsonb_array_elements_text(${facts}->'${name}')) end`
}

// `{}` is the column, `?` the value with its type, `?[]` the values, `?0` and `?1` the two ends.
const SCALAR: Partial<Record<Operator, string>> = {
  '=': '{} = ?',
  '!=': '{} <> ?',
  '<': '{} < ?',
  '<=': '{} <= ?',
  '>': '{} > ?',
  '>=': '{} >= ?',
  between: '{} between ?0 and ?1',
  notBetween: '{} not between ?0 and ?1',
  in: '{} = any(?[])',
  notIn: '{} <> all(?[])',
  contains: 'strpos({}, ?) > 0',
  doesNotContain: 'strpos({}, ?) = 0',
  beginsWith: 'starts_with({}, ?)',
  doesNotBeginWith: 'not starts_with({}, ?)',
  endsWith: 'right({}, length(?)) = ?',
  doesNotEndWith: 'right({}, length(?)) <> ?',
  null: '{} is null',
  notNull: '{} is not null',
}
const OF_LIST: Partial<Record<Operator, string>> = {
  contains: '{} @> array[?]',
  doesNotContain: 'not {} @> array[?]',
  containsAny: '{} && ?[]',
  containsAll: '{} @> ?[]',
  containsNone: 'not {} && ?[]',
  empty: 'cardinality({}) = 0',
  notEmpty: 'cardinality({}) > 0',
  null: '{} is null',
  notNull: '{} is not null',
}

/**
 * Compiles a group to SQL that picks the rows for which `compileRules` says true; `column` gives the typed expression of a field,
 * a list being `text[]`. Where the group is not inverted a missing fact makes null, not false: use it in `where`, or with `is true`.
 */
export function rulesToSql(group: RuleGroup, fields: readonly Field[], column: (field: Field) => string): RuleSql {
  refuseIssues(checkRules(group, fields))
  const known = fieldsByName(fields)
  const values: unknown[] = []
  const parts: string[] = ['']
  const write = (text: string): void => {
    parts[parts.length - 1] += text
  }
  const bind = (value: unknown, cast: string): void => {
    values.push(value)
    parts.push(`::${cast}`)
  }
  // A number is compared as double precision, which is what the evaluator sees of it.
  const columnOf = (field: Field): string => (field.type === 'number' ? `(${column(field)})::float8` : `(${column(field)})`)

  const writeRule = (rule: Rule, inverted: boolean): void => {
    const field = known.get(rule.field) as Field // checkRules has found it
    const type = SQL_TYPES[field.type]
    const template = (field.type === 'list' ? OF_LIST : SCALAR)[rule.operator as Operator] ?? ''
    const ends = Array.isArray(rule.value) ? rule.value : []
    write(inverted ? 'coalesce(' : '(')
    for (const piece of template.split(/(\{\}|\?\[\]|\?[01]?)/)) {
      if (piece === '{}') write(columnOf(field))
      else if (piece === '?[]') bind(rule.value, `${type}[]`)
      else if (piece === '?0' || piece === '?1') bind(ends[Number(piece[1])], type)
      else if (piece === '?' && rule.valueSource === 'field') write(columnOf(known.get(String(rule.value)) as Field))
      else if (piece === '?') bind(rule.value, type)
      else write(piece)
    }
    write(inverted ? ', false)' : ')')
  }
  const writeGroup = ({ combinator, not, rules }: RuleGroup, above: boolean): void => {
    const inverted = above || not === true
    write(not === true ? 'not (' : '(')
    if (rules.length === 0) write('true')
    for (const [index, rule] of rules.entries()) {
      if (index > 0) write(` ${combinator} `)
      if (isGroup(rule)) writeGroup(rule, inverted)
      else writeRule(rule, inverted)
    }
    write(')')
  }
  writeGroup(group, false)
  return { text: parts.reduce((text, part, index) => `${text}$${index}${part}`), values, parts }
}
