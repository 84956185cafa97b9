import { LogicEngine } from 'json-logic-engine'
import type { Field, Rule } from '../kernel/conditions.ts'
import type { Facts } from '../kernel/conditions-run.ts'
import { compileTable, type RuleTable, type Verdict } from '../kernel/tables.ts'
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

const any = (): Record<string, Facts[string]> => ({
  tier: pick(TIERS),
  country: pick([...NEAR, ...FAR]),
  amount_minor: below(20_000_000),
  is_tender: below(2) === 0,
  skills: SKILLS.filter(() => below(2) === 0),
})
// Of ten records seven are complete, two lack a quarter of their facts and one falls into no row, so that all 40 are explained.
const SHAPES: Record<string, () => Facts> = {
  complete: any,
  sparse: () => Object.fromEntries(Object.entries(any()).filter(() => below(4) > 0)),
  no_row_holds: () => ({ ...any(), amount_minor: 20_000_000 + below(20_000_000) }),
}
const ROUNDS = 9
const CASES = 20_000
const made = Object.fromEntries(Object.entries(SHAPES).map(([name, make]) => [name, Array.from({ length: CASES }, make)]))
const mixed = Array.from(
  { length: CASES },
  (_, i) => (i % 10 < 7 ? SHAPES.complete : i % 10 < 9 ? SHAPES.sparse : SHAPES.no_row_holds)?.() ?? {},
)

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

/** Reads every reason, and of the rows that held what each comparison saw. */
function readAll({ reasons }: Verdict): number {
  let sum = 0
  for (const { hit, comparisons } of reasons) {
    sum += comparisons.length
    if (hit) for (const { seen } of comparisons) if (seen !== null) sum += 1
  }
  return sum
}

/** Evaluations a CPU second: the median of the rounds, the slowest and the fastest. The first two rounds warm up and do not count. */
async function speed(
  cases: readonly Facts[],
  judge: (facts: Facts) => unknown,
): Promise<[median: number, least: number, most: number]> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    const { cpu_s } = await timed(() => {
      for (let turn = 0; turn < 5; turn += 1) for (const facts of cases) judge(facts)
    })
    if (round > 1) rounds.push(Math.round((cases.length * 5) / cpu_s))
  }
  rounds.sort((a, b) => a - b)
  return [rounds[ROUNDS >> 1] ?? 0, rounds[0] ?? 0, rounds.at(-1) ?? 0]
}

const judge = compileTable(table)
const engine = new LogicEngine()
const built = engine.build(logic) as (facts: Facts) => unknown // typed as Function by the package
let [rows, comparisons, read] = [0, 0, 0]
for (const facts of Object.values(made).flat()) {
  const { outcome } = judge(facts)
  const ours = typeof outcome === 'object' && outcome !== null && 'days' in outcome ? outcome.days : outcome
  // json-logic compares what is missing loosely, so the outcomes are held against each other where every fact is there.
  if (Object.keys(facts).length === fields.length && built(facts) !== ours)
    throw new Error(
      `${JSON.stringify(facts)}: ${JSON.stringify(ours)} here, ${JSON.stringify(built(facts))} by json-logic-engine`,
    )
}
for (const facts of mixed) {
  const { reasons } = judge(facts)
  rows += reasons.length
  for (const reason of reasons) comparisons += reason.comparisons.length
}

const explain = (facts: Facts): void => {
  read += readAll(judge(facts))
}
const [median, least, most] = await speed(mixed, explain)
const shapes: Record<string, number> = {}
for (const [name, cases] of Object.entries(made)) shapes[`${name}_per_s`] = (await speed(cases, explain))[0]
const judgeAll = compileTable({ ...table, hit: 'collect' })
const [collect] = await speed(mixed, (facts) => {
  read += readAll(judgeAll(facts))
})
const [compiled] = await speed(mixed, built)
const [interpreted] = await speed(mixed, (facts) => engine.run(logic, facts))
if (read === 0) throw new Error('No reason was read')

report(
  'rules',
  { rows: table.rows.length, cases: CASES, unit: `evaluations per CPU second, reasons read, median of ${ROUNDS} rounds` },
  {
    with_reasons_per_s: median,
    slowest_round_per_s: least,
    fastest_round_per_s: most,
    rows_explained_each: Number((rows / CASES).toFixed(1)),
    comparisons_explained_each: Number((comparisons / CASES).toFixed(1)),
    ...shapes,
    collect_all_40_per_s: collect,
    json_logic_compiled_without_reasons_per_s: compiled,
    json_logic_interpreted_without_reasons_per_s: interpreted,
    ratio_to_json_logic_compiled: Number((median / compiled).toFixed(2)),
    ratio_to_json_logic_interpreted: Number((median / interpreted).toFixed(2)),
  },
)
