import * as z from 'zod'
import type { Audience } from './contract.ts'
import type { Issue } from './errors.ts'
import { invalid } from './errors.ts'

// What a missing (null or undefined) fact means, in the evaluator and in SQL alike: no comparison with it holds, the negative ones
// ('!=', 'notIn', 'doesNotContain' …) included; only 'null' does. `not` on a group then turns plain true and false around.
const FIELD_TYPES = ['text', 'number', 'money', 'date', 'flag', 'list', 'choice'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

// Facts are plain objects: 'constructor' is the one name in snake_case that every object already has.
const NAME = /^(?!constructor$)[a-z][a-z0-9_]{0,62}$/
export const AUDIENCES = ['inner', 'outer'] as const satisfies readonly Audience[]

/** A declared fact: money is integer minor units, a date `YYYY-MM-DD`, a list texts; `from` names the table whose outcome fills it. */
export const Field = z.strictObject({
  name: z.string().regex(NAME, 'a field name is lower_snake_case, at most 63 characters'),
  type: z.enum(FIELD_TYPES),
  label: z.string().max(200).optional(),
  choices: z.array(z.string().min(1).max(200)).min(1).max(1000).optional(),
  audience: z.enum(AUDIENCES).optional(),
  from: z.string().min(1).max(200).optional(),
})
export type Field = z.output<typeof Field>

const SCALARS: readonly FieldType[] = ['text', 'choice', 'number', 'money', 'date', 'flag']
const ORDERED: readonly FieldType[] = ['number', 'money', 'date']
const VALUED: readonly FieldType[] = ['text', 'choice', 'number', 'money', 'date']
const LIST: readonly FieldType[] = ['list']

interface OperatorSpec {
  takes: 'one' | 'many' | 'pair' | 'none'
  types: readonly FieldType[]
}

/** Every operator with the shape of its value and the field types it is for; React Query Builder's names where it has one. */
export const OPERATORS = {
  '=': { takes: 'one', types: SCALARS },
  '!=': { takes: 'one', types: SCALARS },
  '<': { takes: 'one', types: ORDERED },
  '<=': { takes: 'one', types: ORDERED },
  '>': { takes: 'one', types: ORDERED },
  '>=': { takes: 'one', types: ORDERED },
  between: { takes: 'pair', types: ORDERED },
  notBetween: { takes: 'pair', types: ORDERED },
  in: { takes: 'many', types: VALUED },
  notIn: { takes: 'many', types: VALUED },
  contains: { takes: 'one', types: ['text', 'list'] },
  doesNotContain: { takes: 'one', types: ['text', 'list'] },
  beginsWith: { takes: 'one', types: ['text'] },
  doesNotBeginWith: { takes: 'one', types: ['text'] },
  endsWith: { takes: 'one', types: ['text'] },
  doesNotEndWith: { takes: 'one', types: ['text'] },
  containsAny: { takes: 'many', types: LIST },
  containsAll: { takes: 'many', types: LIST },
  containsNone: { takes: 'many', types: LIST },
  empty: { takes: 'none', types: LIST },
  notEmpty: { takes: 'none', types: LIST },
  null: { takes: 'none', types: FIELD_TYPES },
  notNull: { takes: 'none', types: FIELD_TYPES },
} as const satisfies Record<string, OperatorSpec>
export type Operator = keyof typeof OPERATORS

const SPECS: ReadonlyMap<string, OperatorSpec> = new Map(Object.entries(OPERATORS))
const FIELD_TO_FIELD = new Set(['=', '!=', '<', '<=', '>', '>='])

/** The operators that a field type has. */
export const operatorsFor = (type: FieldType): string[] =>
  [...SPECS].filter(([, spec]) => spec.types.includes(type)).map(([name]) => name)

/** One comparison; with `valueSource: 'field'` the value names another field of the same type. */
export const Rule = z.strictObject({
  id: z.string().max(100).optional(),
  field: z.string().max(100),
  operator: z.string().max(40),
  value: z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number()]))]).optional(),
  valueSource: z.enum(['value', 'field']).optional(),
})
export type Rule = z.output<typeof Rule>

/** React Query Builder's rule group; without rules it always holds. */
export const RuleGroup = z.strictObject({
  id: z.string().max(100).optional(),
  combinator: z.enum(['and', 'or']),
  not: z.boolean().optional(),
  get rules(): z.ZodArray<z.ZodUnion<[typeof Rule, typeof RuleGroup]>> {
    return z.array(z.union([Rule, RuleGroup]))
  },
})
export interface RuleGroup {
  id?: string | undefined
  combinator: 'and' | 'or'
  not?: boolean | undefined
  rules: (Rule | RuleGroup)[]
}

export const MAX_DEPTH = 32
export const MAX_RULES = 1000
const MAX_VALUES = 1000

export const isGroup = (rule: Rule | RuleGroup): rule is RuleGroup => 'combinator' in rule

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001') return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

// PostgreSQL's text holds neither NUL nor half a surrogate pair, so a document must not either.
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 1000 && !value.includes('\0') && value.isWellFormed()

const KINDS: Record<FieldType, [is: (value: unknown) => boolean, name: string]> = {
  text: [isText, 'a text of at most 1,000 characters'],
  choice: [isText, 'a text'],
  list: [isText, 'a text of at most 1,000 characters'],
  number: [Number.isFinite, 'a number'],
  money: [Number.isSafeInteger, 'a whole number of minor units, such as cents'],
  date: [(value) => typeof value === 'string' && isDate(value), 'a date that exists, as YYYY-MM-DD'],
  flag: [(value) => typeof value === 'boolean', 'true or false'],
}

/** What is wrong with a value that stands for this field (one element of it, for a list), or undefined. */
export function valueProblem(field: Field, value: unknown): string | undefined {
  const [is, name] = KINDS[field.type]
  if (!is(value)) return `'${field.name}' needs ${name}, not ${JSON.stringify(value) ?? 'nothing'}`
  if (field.choices && !field.choices.includes(String(value))) {
    return `${JSON.stringify(value)} is no choice of '${field.name}'; choose ${field.choices.slice(0, 12).join(', ')}`
  }
  return undefined
}

const unknownField = (name: string, fields: ReadonlyMap<string, Field>): string =>
  `there is no field '${name}'; the declared fields are ${[...fields.keys()].join(', ') || '(none)'}`

function otherFieldProblem(rule: Rule, field: Field, fields: ReadonlyMap<string, Field>): string | undefined {
  if (!FIELD_TO_FIELD.has(rule.operator)) return `'${rule.operator}' cannot compare with another field; give a value`
  const other = typeof rule.value === 'string' ? fields.get(rule.value) : undefined
  if (!other) return unknownField(String(rule.value), fields)
  return other.type === field.type
    ? undefined
    : `'${field.name}' is a ${field.type} and '${other.name}' a ${other.type}; compare like with like`
}

function wantedProblem({ value, operator }: Rule, takes: OperatorSpec['takes'], field: Field): string | undefined {
  if (takes === 'none') return undefined
  if (takes === 'one') {
    if (value === '' && /contain|begin|end/i.test(operator)) return `'${operator}' needs a text to look for`
    return valueProblem(field, value)
  }
  if (!Array.isArray(value))
    return `'${operator}' needs a list of values, such as ${takes === 'pair' ? '[from, to]' : '["a", "b"]'}`
  if (takes === 'pair' && value.length !== 2) return `'${operator}' needs two values, from and to, not ${value.length}`
  if (value.length === 0) return `'${operator}' needs at least one value`
  if (value.length > MAX_VALUES) return `'${operator}' takes at most ${MAX_VALUES} values, not ${value.length}`
  const wrong = value.map((one) => valueProblem(field, one)).find((problem) => problem !== undefined)
  if (wrong || takes !== 'pair') return wrong
  const [from, to] = value
  return from !== undefined && to !== undefined && from > to
    ? `'${operator}' runs from ${from} down to ${to}; put the smaller first`
    : undefined
}

function checkRule(rule: Rule, fields: ReadonlyMap<string, Field>, path: string): Issue | undefined {
  const field = fields.get(rule.field)
  if (!field) return { path: `${path}.field`, message: unknownField(rule.field, fields) }
  const spec = SPECS.get(rule.operator)
  if (!spec?.types.includes(field.type)) {
    const known = operatorsFor(field.type).join(' ')
    return { path: `${path}.operator`, message: `'${rule.operator}' is no operator for a ${field.type}; use ${known}` }
  }
  const message = rule.valueSource === 'field' ? otherFieldProblem(rule, field, fields) : wantedProblem(rule, spec.takes, field)
  return message === undefined ? undefined : { path: `${path}.value`, message }
}

export const fieldsByName = (fields: readonly Field[]): ReadonlyMap<string, Field> =>
  new Map(fields.map((field) => [field.name, field]))

/** Everything that is wrong with a rule group over these fields, each with its path and the remedy; empty when all is well. */
export function checkRules(group: RuleGroup, fields: readonly Field[], at = ''): Issue[] {
  const known = fieldsByName(fields)
  const issues: Issue[] = []
  let count = 0
  const walk = ({ rules }: RuleGroup, path: string, depth: number): void => {
    if (depth > MAX_DEPTH) {
      issues.push({ path, message: `groups nest deeper than ${MAX_DEPTH}; flatten them` })
      return
    }
    if (rules.length === 0 && depth > 1) issues.push({ path, message: 'this inner group is empty; remove it or give it a rule' })
    for (const [index, rule] of rules.entries()) {
      const here = `${path && `${path}.`}rules.${index}`
      count += 1
      if (isGroup(rule)) walk(rule, here, depth + 1)
      else issues.push(...[checkRule(rule, known, here)].filter((issue) => issue !== undefined))
      if (count === MAX_RULES + 1) issues.push({ path: here, message: `more than ${MAX_RULES} rules; split the document` })
      if (count > MAX_RULES) return
    }
  }
  walk(group, at, 1)
  return issues
}

/** Throws the refusal 'invalid' when there are issues. */
export function refuseIssues(issues: Issue[]): void {
  if (issues.length > 0) throw invalid(issues)
}
