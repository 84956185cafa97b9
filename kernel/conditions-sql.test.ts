import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { LogicEngine } from 'json-logic-engine'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Client, Pool } from 'pg'
import { testCluster } from '../test/database.ts'
import type { Field, FieldType, Operator, Rule, RuleGroup } from './conditions.ts'
import { checkRules, isGroup, OPERATORS, operatorsFor } from './conditions.ts'
import type { Facts } from './conditions-run.ts'
import { explainRules } from './conditions-run.ts'
import { factColumn, rulesToSql } from './conditions-sql.ts'

const TIERS = ['entry', 'gold', "l'or", 'NULL']
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'ba',
  ' a',
  'a ',
  "O'Brien",
  '100% _x\\',
  '%',
  '_',
  'ÄÖ',
  'a😀b',
  '😀',
  '\uE000',
  '{a,"b"}',
  '$1',
  '?',
]
const NUMBERS = [0, -0, 1, -1.5, 0.1, 0.2, 0.1 + 0.2, 0.3, 1e21, 5e-324, Number.MAX_VALUE]
const MONEY = [0, 1, -1, 99, 100, 5_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
const DATES = ['0001-01-01', '1969-12-31', '1970-01-01', '1999-12-31', '2000-02-29', '2024-02-29', '2026-03-29', '9999-12-31']
const ITEMS = ['core', 'cloud', '', 'a,b', '"', '\\', 'NULL', '{}', 'é']
const POOLS: Record<FieldType, fc.Arbitrary<string | number | boolean>> = {
  text: fc.constantFrom(...TEXTS),
  choice: fc.constantFrom(...TIERS),
  number: fc.constantFrom(...NUMBERS),
  money: fc.constantFrom(...MONEY),
  date: fc.constantFrom(...DATES),
  flag: fc.boolean(),
  list: fc.constantFrom(...ITEMS),
}
const TYPES = Object.keys(POOLS) as FieldType[]
const COLUMNS = { text: 'text', choice: 'text', number: 'numeric', money: 'int8', date: 'date', flag: 'boolean', list: 'text[]' }

// Two fields of each type, so that one can be compared with the other.
const fields: Field[] = TYPES.flatMap((type) =>
  ['one', 'two'].map((which): Field => ({ name: `${type}_${which}`, type, ...(type === 'choice' ? { choices: TIERS } : {}) })),
)

const fact = ({ type }: Field): fc.Arbitrary<unknown> =>
  fc.option<unknown>(type === 'list' ? fc.uniqueArray(POOLS.list, { maxLength: 3 }) : POOLS[type], { nil: null, freq: 5 })
const factsOf: fc.Arbitrary<Facts> = fc
  .record(Object.fromEntries(fields.map((field) => [field.name, fact(field)])), { requiredKeys: [] })
  .map((facts) => facts as Facts)

const pairs = TYPES.flatMap((type) => operatorsFor(type).map((operator) => ({ type, operator: operator as Operator })))
const ruleOf: fc.Arbitrary<Rule> = fc
  .constantFrom(...pairs)
  .chain(({ type, operator }) => {
    const { takes } = OPERATORS[operator]
    const field = fc.constantFrom(`${type}_one`, `${type}_two`)
    const one: fc.Arbitrary<unknown> = POOLS[type]
    const many = fc.array(one, { minLength: 1, maxLength: 3 })
    const pair = fc.tuple(POOLS[type], POOLS[type]).map(([a, b]) => (a <= b ? [a, b] : [b, a]))
    const value: fc.Arbitrary<unknown> = { none: fc.constant(null), one, many, pair }[takes]
    const plain = fc.record({ field, operator: fc.constant(operator), value })
    if (!['=', '!=', '<', '<=', '>', '>='].includes(operator)) return plain
    const other = fc.record({ field, operator: fc.constant(operator), value: field, valueSource: fc.constant('field' as const) })
    return fc.oneof({ arbitrary: plain, weight: 3 }, { arbitrary: other, weight: 1 })
  })
  .map((rule) => rule as Rule)
  .filter((rule) => checkRules({ combinator: 'and', rules: [rule] }, fields).length === 0)
const { group: groupOf } = fc.letrec<{ group: RuleGroup }>((tie) => ({
  group: fc.record({
    combinator: fc.constantFrom('and', 'or'),
    not: fc.boolean(),
    rules: fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, ruleOf, tie('group')), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
}))

// json-logic has no dates and compares null loosely: dates become day numbers, and each comparison asks for its facts first.
const day = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) / 86_400_000 : value
const days = (value: unknown): unknown => (Array.isArray(value) ? value.map(day) : day(value))

function leafLogic({ field, operator, value }: Rule, isList: boolean, wanted: unknown): unknown {
  const seen = { var: field }
  const list = Array.isArray(wanted) ? wanted : [wanted]
  const length = String(value).length
  const has = list.map((one) => ({ in: [one, seen] }))
  const start = { '===': [{ substr: [seen, 0, length] }, wanted] }
  const end = { or: [length === 0, { '===': [{ substr: [seen, -length] }, wanted] }] }
  const within = { '<=': [list[0], seen, list[1]] }
  const among = { in: [seen, isList ? [] : list] }
  const logic: Record<Operator, unknown> = {
    '=': { '===': [seen, wanted] },
    '!=': { '!==': [seen, wanted] },
    '<': { '<': [seen, wanted] },
    '<=': { '<=': [seen, wanted] },
    '>': { '>': [seen, wanted] },
    '>=': { '>=': [seen, wanted] },
    between: within,
    notBetween: { '!': [within] },
    in: among,
    notIn: { '!': [among] },
    contains: has[0],
    doesNotContain: { '!': [has[0]] },
    beginsWith: start,
    doesNotBeginWith: { '!': [start] },
    endsWith: end,
    doesNotEndWith: { '!': [end] },
    containsAny: { or: has },
    containsAll: { and: has },
    containsNone: { '!': [{ or: has }] },
    empty: { '!': [seen] },
    notEmpty: { '!!': [seen] },
    null: false,
    notNull: true,
  }
  return logic[operator as Operator]
}

function groupLogic(group: RuleGroup): unknown {
  const parts = group.rules.map((rule) => {
    if (isGroup(rule)) return groupLogic(rule)
    if (rule.operator === 'null') return { '===': [{ var: rule.field }, null] }
    const byField = rule.valueSource === 'field'
    const wanted = byField ? { var: rule.value } : days(rule.value)
    const there = [rule.field, ...(byField ? [rule.value] : [])].map((name) => ({ '!==': [{ var: name }, null] }))
    return { '!!': [{ and: [...there, leafLogic(rule, rule.field.startsWith('list'), wanted)] }] }
  })
  const joined = { [group.combinator]: parts }
  return group.not ? { '!': [joined] } : joined
}

const full = process.env.RIALTO_DEPTH === 'full'
const seed = Number(process.env.RIALTO_SEED ?? Math.floor(Date.now() / 86_400_000))
const cases = fc.sample(factsOf, { numRuns: 400, seed })
const documents = fc.sample(groupOf, { numRuns: full ? 20_000 : 1_200, seed: seed + 1 })
// Said before the cluster is asked for, whose own end comes after ours.
after(() => db.end())
const db = new Client({ connectionString: await testCluster() })

before(async () => {
  await db.connect()
  const columns = fields.map(({ name, type }) => `${name} ${COLUMNS[type]}`).join(', ')
  await db.query(`create temp table cases (id int, facts jsonb, ${columns})`)
  const names = fields.map(({ name }) => name)
  for (const [id, facts] of cases.entries()) {
    const places = names.map((_, index) => `$${index + 3}`).join(', ')
    const values = names.map((name) => facts[name] ?? null)
    await db.query(`insert into cases (id, facts, ${names.join(', ')}) values ($1, $2, ${places})`, [
      id,
      JSON.stringify(facts),
      ...values,
    ])
  }
})

async function picked(group: RuleGroup, column: (field: Field) => string): Promise<number[]> {
  const { text, values } = rulesToSql(group, fields, column)
  const { rows } = await db.query<{ id: number }>(`select id from cases where ${text} order by id`, values)
  return rows.map(({ id }) => id)
}

test('evaluator, SQL over columns, SQL over recorded facts and json-logic agree on every operator', async (t) => {
  const engine = new LogicEngine()
  const logicFacts = cases.map((facts) => Object.fromEntries(fields.map(({ name }) => [name, days(facts[name] ?? null)])))
  const reached = new Map(pairs.map(({ type, operator }) => [`${operator} ${type}`, { hit: 0, miss: 0, missing: 0 }]))
  let [judged, compared] = [0, 0]
  for (const group of documents) {
    const explain = explainRules(group, fields)
    const ids: number[] = []
    for (const [id, facts] of cases.entries()) {
      const { hit, comparisons } = explain(facts)
      if (hit) ids.push(id)
      judged += 1
      for (const one of comparisons) {
        const count = reached.get(`${one.operator} ${one.field.split('_')[0]}`)
        assert.ok(count)
        count[one.hit ? 'hit' : 'miss'] += 1
        if (one.seen === null) count.missing += 1
        compared += 1
      }
    }
    const show = () => `seed ${seed}: ${JSON.stringify(group)}`
    assert.deepEqual(await picked(group, ({ name }) => name), ids, `columns, ${show()}`)
    assert.deepEqual(await picked(group, (field) => factColumn(field, 'facts')), ids, `recorded facts, ${show()}`)
    const logic = engine.build(groupLogic(group)) as (facts: unknown) => unknown // typed as Function by the package
    const theirs = logicFacts.flatMap((facts, id) => (logic(facts) ? [id] : []))
    assert.deepEqual(theirs, ids, `json-logic, ${show()}`)
  }
  const gaps = [...reached].filter(([, { hit, miss, missing }]) => hit === 0 || miss === 0 || missing === 0)
  assert.deepEqual(gaps, [], 'every operator of every type is reached with a hit, a miss and a missing fact')
  const operators = new Set(pairs.map(({ operator }) => operator))
  t.diagnostic(
    `operators ${operators.size} of ${Object.keys(OPERATORS).length}, with types ${reached.size} of ${pairs.length}, each hit, missed ` +
      `and missing; ${documents.length} documents × ${cases.length} facts = ${judged} outcomes, ${compared} comparisons, seed ${seed}`,
  )
})

test('a group without rules picks every row, and none when inverted', async () => {
  assert.equal((await picked({ combinator: 'or', rules: [] }, ({ name }) => name)).length, cases.length)
  assert.equal((await picked({ combinator: 'and', not: true, rules: [] }, ({ name }) => name)).length, 0)
})

test('values are bound, never written into the text', () => {
  const value = "'; drop table cases; --"
  const { text, values } = rulesToSql(
    { combinator: 'and', rules: [{ field: 'text_one', operator: '=', value }] },
    fields,
    ({ name }) => name,
  )
  assert.equal(text, '(((text_one) = $1::text))')
  assert.deepEqual(values, [value])
})

test('the parts serve as a tagged template in a query builder', async () => {
  const group: RuleGroup = { combinator: 'and', rules: [{ field: 'money_one', operator: 'between', value: [1, 100] }] }
  const { parts, values } = rulesToSql(group, fields, ({ name }) => `c.${name}`)
  const builder = new Kysely<{ c: { id: number } }>({ dialect: new PostgresDialect({ pool: new Pool() }) })
  const where = sql<boolean>(Object.assign(parts, { raw: parts }), ...values)
  const query = builder.selectFrom('c').select('id').where('id', '>', 7).where(where).compile()
  assert.equal(query.sql, 'select "id" from "c" where "id" > $1 and (((c.money_one) between $2::int8 and $3::int8))')
  assert.deepEqual(query.parameters, [7, 1, 100])
  await builder.destroy()
})

test('a faulty document is refused before any SQL is made', () => {
  const faulty: RuleGroup = { combinator: 'and', rules: [{ field: 'nowhere', operator: '=', value: 1 }] }
  assert.throws(() => rulesToSql(faulty, fields, ({ name }) => name), {
    name: 'Refusal',
    code: 'invalid',
    message: /there is no field 'nowhere'/,
  })
})
