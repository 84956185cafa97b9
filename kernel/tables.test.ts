import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Field, Rule } from './conditions.ts'
import { compileRules, explainRules } from './conditions-run.ts'
import { checkBook, checkTable, compileTable, RuleTable, visibleReasons } from './tables.ts'

const fields: Field[] = [
  { name: 'tier', type: 'choice', choices: ['entry', 'gold'] },
  { name: 'amount_minor', type: 'money' },
  { name: 'risk', type: 'number', audience: 'inner' },
]
const when = (...rules: Rule[]) => ({ combinator: 'and' as const, rules })
const big: Rule = { field: 'amount_minor', operator: '>', value: 100_000 }
const risky: Rule = { field: 'risk', operator: '>=', value: 8 }
const gold: Rule = { field: 'tier', operator: '=', value: 'gold' }

const table: RuleTable = {
  title: 'Approval',
  fields,
  hit: 'first',
  otherwise: 'by_hand',
  rows: [
    { id: 'risk', label: 'Risk is high', when: when(risky), outcome: 'refuse', audience: 'inner' },
    {
      id: 'gold',
      label: 'Gold, at most 1,000',
      when: { combinator: 'and', rules: [gold, { combinator: 'and', not: true, rules: [big] }] },
      outcome: 'approve',
    },
    {
      id: 'small',
      label: 'Small and harmless',
      when: when({ field: 'amount_minor', operator: '<', value: 500 }, { ...risky, operator: '<' }),
      outcome: 'approve',
    },
  ],
}

test('the first row that holds gives the outcome, with a reason for each row that was looked at', () => {
  const verdict = compileTable(table)({ tier: 'gold', amount_minor: 100_000, risk: 2 })
  assert.deepEqual(verdict, {
    outcome: 'approve',
    rows: ['gold'],
    reasons: [
      {
        row: 'risk',
        label: 'Risk is high',
        hit: false,
        audience: 'inner',
        comparisons: [{ field: 'risk', operator: '>=', value: 8, value_field: null, seen: 2, hit: false, audience: 'inner' }],
      },
      {
        row: 'gold',
        label: 'Gold, at most 1,000',
        hit: true,
        audience: 'outer',
        comparisons: [
          { field: 'tier', operator: '=', value: 'gold', value_field: null, seen: 'gold', hit: true, audience: 'outer' },
          {
            field: 'amount_minor',
            operator: '>',
            value: 100_000,
            value_field: null,
            seen: 100_000,
            hit: false,
            audience: 'outer',
          },
        ],
      },
    ],
  })
})

test('where no row holds, the outcome is otherwise and every row says why not', () => {
  const { outcome, rows, reasons } = compileTable(table)({ tier: 'entry' })
  assert.deepEqual([outcome, rows], ['by_hand', []])
  assert.deepEqual(
    reasons.map(({ row, hit }) => [row, hit]),
    [
      ['risk', false],
      ['gold', false],
      ['small', false],
    ],
  )
})

test('collect takes every row, in order', () => {
  const judge = compileTable({ ...table, hit: 'collect' })
  const { outcome, rows, reasons } = judge({ tier: 'gold', amount_minor: 1, risk: 9 })
  assert.deepEqual([outcome, rows, reasons.length], [['refuse', 'approve'], ['risk', 'gold'], 3])
  assert.deepEqual(judge({}).outcome, ['by_hand'])
  assert.deepEqual(compileTable({ ...table, hit: 'collect', otherwise: null })({}).outcome, [])
})

test('the outer audience sees no inner row and no comparison with an inner field', () => {
  const { reasons } = compileTable(table)({ tier: 'entry', amount_minor: 100, risk: 7.31 })
  const outer = visibleReasons(reasons, 'outer')
  assert.deepEqual(
    outer.map(({ row, comparisons }) => [row, comparisons.length]),
    [
      ['gold', 2],
      ['small', 1],
    ],
  )
  assert.ok(!JSON.stringify(outer).includes('7.31') && !JSON.stringify(outer).includes('risk'))
  assert.deepEqual(visibleReasons(reasons, 'inner'), reasons)
})

test('verdicts do not disturb each other, and a shared comparison cannot be changed', () => {
  const judge = compileTable(table)
  const first = judge({ tier: 'gold', amount_minor: 5, risk: 1 })
  const kept = structuredClone(first)
  judge({ tier: 'entry', amount_minor: 7, risk: 3 })
  const again = judge({ tier: 'gold', amount_minor: 6, risk: 1 })
  assert.deepEqual(first, kept)
  const shared = again.reasons[1]?.comparisons[0]
  assert.ok(shared)
  assert.throws(() => Object.assign(shared, { hit: false }), TypeError)
})

test('a table judges each row as its conditions would alone', () => {
  const rule = fc.oneof(
    fc.record({ field: fc.constant('tier'), operator: fc.constantFrom('=', '!='), value: fc.constantFrom('entry', 'gold') }),
    fc.record({
      field: fc.constantFrom('amount_minor', 'risk'),
      operator: fc.constantFrom('<', '>=', '='),
      value: fc.integer({ min: 0, max: 3 }),
    }),
  )
  const group = fc.letrec((tie) => ({
    node: fc.record({
      combinator: fc.constantFrom('and' as const, 'or' as const),
      not: fc.boolean(),
      rules: fc.array(fc.oneof({ depthSize: 'small' }, rule, tie('node')), { minLength: 1, maxLength: 4 }) as fc.Arbitrary<
        Rule[]
      >,
    }),
  })).node
  const number = fc.option(fc.integer({ min: 0, max: 3 }))
  const facts = fc.record({ tier: fc.option(fc.constantFrom('entry', 'gold')), amount_minor: number, risk: number })
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 1, maxLength: 6 }),
      fc.array(facts, { minLength: 1, maxLength: 8 }),
      (groups, cases) => {
        const rows = groups.map((one, index) => ({ id: `${index}`, label: 'row', when: one, outcome: index }))
        const judge = compileTable({ fields, hit: 'collect', otherwise: null, rows })
        const first = compileTable({ fields, hit: 'first', otherwise: null, rows })
        for (const one of cases) {
          const held = groups.map((each) => compileRules(each, fields)(one))
          const verdict = judge(one)
          assert.deepEqual(
            verdict.reasons.map(({ hit }) => hit),
            held,
          )
          for (const [index, each] of groups.entries()) {
            assert.deepEqual(verdict.reasons[index]?.comparisons, explainRules(each, fields)(one).comparisons)
          }
          assert.equal(first(one).outcome, held.includes(true) ? held.indexOf(true) : null)
        }
      },
    ),
  )
})

test('each fault of a table is named with its path', () => {
  const faulty: RuleTable = {
    ...table,
    fields: [...fields, { name: 'tier', type: 'text' }, { name: 'mood', type: 'text' }],
    rows: [...table.rows, { id: 'gold', label: 'x', when: when({ field: 'colour', operator: '=', value: 'red' }), outcome: 1 }],
  }
  const issues = checkTable(faulty, fields)
  assert.deepEqual(
    issues.map(({ path }) => path),
    ['fields.3.name', 'fields.3.type', 'fields.4.name', 'rows.3.id', 'rows.3.when.rules.0.field'],
  )
  assert.match(issues[2]?.message ?? '', /there is no fact 'mood'; the known facts are tier, amount_minor, risk/)
  assert.throws(() => compileTable(faulty), { name: 'Refusal', code: 'invalid' })
  assert.deepEqual(checkTable(table, fields), [])
})

test('the schema takes a table and refuses what it does not know', () => {
  assert.deepEqual(RuleTable.parse(structuredClone(table)), table)
  assert.equal(RuleTable.safeParse({ ...table, rows: [] }).success, false)
  assert.equal(RuleTable.safeParse({ ...table, note: 1 }).success, false)
  const bad = { ...table, fields: [{ name: 'constructor', type: 'text' }] }
  assert.equal(RuleTable.safeParse(bad).success, false)
})

const standing: RuleTable = {
  fields,
  hit: 'first',
  otherwise: 'weak',
  rows: [{ id: 'strong', label: 'Gold', when: when(gold), outcome: 'strong' }],
}
const uses = (from: string): RuleTable => ({
  fields: [{ name: 'standing', type: 'choice', choices: ['strong', 'weak'], from }],
  hit: 'first',
  otherwise: 'no',
  rows: [{ id: 'yes', label: 'Strong', when: when({ field: 'standing', operator: '=', value: 'strong' }), outcome: 'yes' }],
})

test('a table may wait for the outcome of another, whatever their order', () => {
  assert.deepEqual(checkBook({ approval: uses('standing'), standing }), [])
})

test('a circle, an unknown table and an unfit outcome are each named', () => {
  const messages = (book: Record<string, RuleTable>) => checkBook(book, fields).map(({ path, message }) => `${path}: ${message}`)
  const yes: RuleTable = { ...uses('b'), otherwise: 'weak', rows: uses('b').rows.map((row) => ({ ...row, outcome: 'strong' })) }
  const circle = { a: yes, b: { ...yes, fields: uses('c').fields }, c: { ...yes, fields: uses('a').fields } }
  assert.deepEqual(messages(circle), [
    'c.fields: the tables use each other in a circle: a → b → c → a; let one of them stand alone',
  ])
  assert.deepEqual(messages({ a: uses('b') }), ["a.fields.0.from: there is no table 'b'; the tables are a"])
  const unfit = messages({ a: uses('b'), b: { ...standing, otherwise: 'odd' } })
  assert.deepEqual(unfit, [
    `a.fields.0.from: an outcome of 'b' does not fit: "odd" is no choice of 'standing'; choose strong, weak`,
  ])
  const list = messages({ a: uses('b'), b: { ...standing, hit: 'collect' } })
  assert.deepEqual(list, ["a.fields.0.from: 'b' collects a list; only a table with hit 'first' can fill a field"])
})

test('a row that is switched off stays in the document and decides nothing', () => {
  const rows = table.rows.map((row) => (row.id === 'risk' ? { ...row, is_off: true } : row))
  const facts = { tier: 'gold', amount_minor: 100_000, risk: 9 }
  assert.equal(compileTable(table)(facts).outcome, 'refuse')
  const verdict = compileTable(RuleTable.parse({ ...table, rows }))(facts)
  assert.deepEqual([verdict.outcome, verdict.reasons.map((reason) => reason.row)], ['approve', ['gold']])
  // What it says is still checked: it may be switched on again at any time.
  const broken = rows.map((row) => (row.id === 'risk' ? { ...row, when: when({ ...risky, field: 'gone' }) } : row))
  assert.equal(checkTable({ ...table, rows: broken }).length, 1)
})
