import pg from 'pg'
import type { z } from 'zod'
import type { RuleTable } from '../kernel/tables.ts'
import { REVIEW_TABLE } from '../modules/deals/demo.ts'
import type { Replayed } from '../modules/decisions/contract.ts'
import { world } from '../test/harness.ts'
import { runJobs } from '../test/inline-queue.ts'
import { databaseCpu, report } from './report.ts'

// A draft over the recorded decisions of many deals, through its own verb and job: npm run bench -- replay [deals]
const deals = Number(process.argv[2] ?? 1_000_000)

const REASON = JSON.stringify(
  REVIEW_TABLE.rows.map(({ id, label, when }) => ({
    row: id,
    label,
    hit: false,
    clause: null,
    comparisons: when.rules.map((rule) => ({ ...rule, seen: null, hit: false })),
  })),
)
// Which row of the table holds for the facts below, written once more by hand: the replay of that table must find nothing to change.
const ROW = `case when i % 97 = 0 then 'duplicate' when i % 31 = 0 then 'protected' when i % 13 = 0 then 'queue' when i % 41 = 0 then 'named'
  when i % 17 < 3 then 'own-work' when i % 23 = 0 then 'family' when i * 7919 % 40000000 > 25000000 then 'value' when i % 5 = 0 then 'evidence' else '' end`
const OUTCOME = `case ${ROW} when 'duplicate' then 'reject' when 'protected' then 'reject' when 'evidence' then 'hold' when '' then 'approve' else 'review' end`
const FACTS = `jsonb_build_object('partner_active', true, 'own_duplicate', i % 97 = 0, 'conflict',
  case when i % 31 = 0 then 'protected' when i % 13 = 0 then 'queued' else 'none' end, 'evidence', i % 5 <> 0,
  'value_plan_minor', i * 7919 % 40000000, 'deal_type', 'new', 'route', 'resale', 'discount_asked_bps', 0, 'product', 'flow', 'country', 'DE',
  'tracks', jsonb_build_array('reseller'), 'open_registrations', i % 40, 'named_account', i % 41 = 0, 'existing_customer', i % 3 = 0,
  'host_opportunity_days', case when i % 17 < 3 then i % 60 end, 'account_match', case when i % 3 = 0 then 'same' else 'none' end,
  'family', i % 23 = 0, 'refused_30_days', i % 9)`
// Ids in the order of time, as the product gives them.
const ID = (kind: string) =>
  `(lpad(to_hex(1700000000000 + i), 12, '0') || '7${kind}008${kind}00' || lpad(to_hex(i), 12, '0'))::uuid`

async function seed(url: string, tenant: string): Promise<void> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    for (let from = 1; from <= deals; from += 100_000) {
      const series = `generate_series(${from}::bigint, ${Math.min(deals, from + 99_999)}::bigint) i`
      await db.query(
        `insert into decisions (tenant_id, id, kind, subject_type, subject_id, outcome, decided_by, reasons, facts, at)
         select $1, ${ID('0')}, 'deals.review', 'deals', ${ID('1')}, ${OUTCOME}, 'rule', '[]', '{}', now() from ${series}`,
        [tenant],
      )
      await db.query(
        `insert into decision_facts (tenant_id, decision_id, reasons, facts, held_row) select $1, ${ID('0')}, $2, ${FACTS}, ${ROW} from ${series}`,
        [tenant, REASON],
      )
    }
    await db.query('analyze decisions')
    await db.query('analyze decision_facts')
  } finally {
    await db.end()
  }
}

const seconds = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now()
  const result = await work()
  return [result, Math.round((performance.now() - start) / 10) / 100]
}

const w = await world()
try {
  const [tenant, vera] = [w.tenants.meridian, w.as('vera')]
  const [, seed_s] = await seconds(() => seed(w.database.owner_url, tenant))
  const test = async (body: RuleTable): Promise<[z.output<typeof Replayed>, number]> => {
    const { id } = await vera.decisions.draft({ kind: 'deals.review', title: 'Draft', body: body as never }) // any JSON; the verb checks it
    const [, run_s] = await seconds(async () => {
      await vera.decisions.test({ id })
      await runJobs(w.house, [tenant])
    })
    return [await vera.decisions.replay({ id }), run_s]
  }
  const before = process.memoryUsage().rss
  const cpu = await databaseCpu(w.owner)
  const [same, same_s] = await test(REVIEW_TABLE as RuleTable)
  const same_cpu = (await databaseCpu(w.owner)) - cpu
  if (same.state !== 'done' || same.decisions < deals || same.changed.length > 0)
    throw new Error(JSON.stringify(same).slice(0, 800))
  const rows = REVIEW_TABLE.rows.map((row) =>
    row.id === 'value'
      ? { ...row, when: { ...row.when, rules: [{ field: 'value_plan_minor', operator: '>', value: 30_000_000 }] } }
      : row,
  )
  const [raised, raised_s] = await test({ ...REVIEW_TABLE, rows } as RuleTable)
  const why = raised.changed[0]?.because.map((reason) => reason.row) ?? []
  if (raised.changed.length !== 200) throw new Error(`200 changed decisions are named, not ${raised.changed.length}`)
  report(
    'replay',
    { deals, rows: rows.length, unit: 'wall seconds, from the verb to the end of its job' },
    {
      seed_s,
      same_table_s: same_s,
      same_table_database_cpu_s: Math.round(same_cpu * 10) / 10,
      changed_table_s: raised_s,
      decisions: raised.decisions,
      changed: raised.decisions - raised.same,
      explained: raised.changed.length,
      first_because: why.join(' ') || 'no row held: the table says otherwise',
      rss_growth_mb: Math.round((process.memoryUsage().rss - before) / 1_048_576),
    },
  )
} finally {
  await w.close()
}
process.exit(0)
