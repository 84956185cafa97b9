import { LogicEngine } from 'json-logic-engine'
import type { Field, Rule } from '../kernel/conditions.ts'
import type { Facts } from '../kernel/conditions-run.ts'
import { compileTable, type RuleTable } from '../kernel/tables.ts'
import { report, timed } from './report.ts'

const NEAR = ['DE', 'FR', 'GB', 'ES', 'IT', 'NL', 'SE', 'PL']
const FAR = ['US', 'CA', 'BR', 'AE', 'SA', 'IN', 'JP', 'AU']
const TIERS = ['entry', 'silver', 'gold', 'platinum']
const SKILLS = ['core', 'cloud', 'security', 'analytics', 'migration', 'support']
const BANDS = [0, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 20_000_000]

const fields: Field[] = [
  { name: 'tier', type: 'choice', choices: TIERS },
  { name: 'country', type: 'choice', choices: [...NEAR, ...FAR] },
  { name: 'amount_minor', type: 'money' },
  { name: 'is_tender', type: 'flag' },
  { name: 'skills', type: 'list', choices: SKILLS },
]

// A fixed linear congruential generator, so that every run judges the same facts.
let state = 20261122
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T

// 4 tiers × 5 bands × 2 regions: every record falls into one row, and the rows are hit evenly. Every fourth row asks one thing more.
const cells = TIERS.flatMap((tier) =>
  BANDS.slice(0, 5).flatMap((from, band) => [NEAR, FAR].map((region) => ({ tier, from, band, region }))),
)
const table: RuleTable = {
  fields,
  hit: 'first',
  otherwise: 'manual',
  rows: cells.map(({ tier, from, band, region }, index) => {
    const rules: Rule[] = [
      { field: 'tier', operator: '=', value: tier },
      { field: 'amount_minor', operator: 'between', value: [from, (BANDS[band + 1] ?? 0) - 1] },
      { field: 'country', operator: 'in', value: region },
    ]
    const or: Rule[] = [
      { field: 'is_tender', operator: '=', value: false },
      { field: 'skills', operator: 'contains', value: SKILLS[index % 6] ?? '' },
    ]
    const when = {
      combinator: 'and' as const,
      rules: index % 4 === 0 ? [...rules, { combinator: 'or' as const, rules: or }] : rules,
    }
    return { id: `row_${index}`, label: `${tier}, band ${band}`, outcome: { days: 30 + index }, when }
  }),
}

const cases: Facts[] = Array.from({ length: 20_000 }, () => ({
  tier: pick(TIERS),
  country: pick([...NEAR, ...FAR]),
  amount_minor: below(20_000_000),
  is_tender: below(2) === 0,
  skills: SKILLS.filter(() => below(2) === 0),
}))

const logic = {
  if: [
    ...cells.flatMap(({ tier, from, band, region }, index) => {
      const amount = { '<=': [from, { var: 'amount_minor' }, (BANDS[band + 1] ?? 0) - 1] }
      const three = [{ '===': [{ var: 'tier' }, tier] }, amount, { in: [{ var: 'country' }, region] }]
      const or = { or: [{ '===': [{ var: 'is_tender' }, false] }, { in: [SKILLS[index % 6], { var: 'skills' }] }] }
      return [{ and: index % 4 === 0 ? [...three, or] : three }, 30 + index]
    }),
    'manual',
  ],
}

/** The best of seven rounds, in evaluations a CPU second: the machine is shared. */
async function speed(judge: (facts: Facts) => unknown): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < 7; round += 1) {
    const { cpu_s } = await timed(() => {
      for (let turn = 0; turn < 10; turn += 1) for (const facts of cases) judge(facts)
    })
    rounds.push((cases.length * 10) / cpu_s)
  }
  return Math.round(Math.max(...rounds))
}

const judge = compileTable(table)
const judgeAll = compileTable({ ...table, hit: 'collect' })
const engine = new LogicEngine()
const built = engine.build(logic) as (facts: Facts) => unknown // typed as Function by the package

const verdicts = cases.map(judge)
for (const [index, { outcome }] of verdicts.entries()) {
  const theirs = built(cases[index] ?? {})
  const ours = typeof outcome === 'object' && outcome !== null && 'days' in outcome ? outcome.days : outcome
  if (theirs !== ours)
    throw new Error(`Case ${index}: ${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} by json-logic-engine`)
}
const reasons = verdicts.flatMap((verdict) => verdict.reasons)
const comparisons = reasons.reduce((sum, reason) => sum + reason.comparisons.length, 0)
const first = await speed(judge)
const collect = await speed(judgeAll)
const compiled = await speed(built)
const interpreted = await speed((facts) => engine.run(logic, facts))

report(
  'rules',
  { rows: table.rows.length, cases: cases.length, unit: 'evaluations per CPU second, best of 7 rounds' },
  {
    first_with_reasons_per_s: first,
    rows_explained_each: Number((reasons.length / cases.length).toFixed(1)),
    comparisons_explained_each: Number((comparisons / cases.length).toFixed(1)),
    collect_all_40_with_reasons_per_s: collect,
    json_logic_compiled_without_reasons_per_s: compiled,
    json_logic_interpreted_without_reasons_per_s: interpreted,
    ratio_to_json_logic_compiled: Number((first / compiled).toFixed(2)),
    ratio_to_json_logic_interpreted: Number((first / interpreted).toFixed(2)),
  },
)
