import { Client } from 'pg'
import { normaliseName } from '../algorithms/matching/normalise.ts'
import { openDatabase } from '../kernel/db.ts'
import { uuidv7 } from '../kernel/ids.ts'
import { type Actor, makeCtx, SYSTEM } from '../kernel/module.ts'
import { accountKeys } from '../modules/accounts/account-keys.ts'
import { type Customer, findAccount } from '../modules/accounts/find-account.ts'
import { freshDatabase } from '../test/database.ts'
import { ownCluster } from '../test/own-cluster.ts'
import { firmAt, randomBelow } from './api-world.ts'
import { report } from './report.ts'

// One firm against many: npm run bench -- find-account [accounts] [look-ups]
const [accounts, lookups] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 2000)]
const BATCH = 5000
// A fixed generator, so that every run seeks the same firms.
const below = randomBelow(20261122)
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T

interface Firm extends Required<Customer> {
  id: string
}

const firmOf = (i: number): Firm => ({ id: uuidv7(), ...firmAt(i) })

async function seed(url: string, tenant: string): Promise<Firm[]> {
  const db = new Client({ connectionString: url })
  await db.connect()
  const known: Firm[] = []
  for (let at = 0; at < accounts; at += BATCH) {
    const firms = Array.from({ length: Math.min(BATCH, accounts - at) }, (_, k) => firmOf(at + k))
    const rows = firms.map((one) => ({ ...one, name_key: normaliseName(one.name).key }))
    await db.query(
      `insert into accounts (tenant_id, id, name, name_key, country, domain, company_number, created_at, updated_at)
       select $1, r.id, r.name, r.name_key, r.country, r.domain, r.number, now(), now()
       from jsonb_to_recordset($2::jsonb) as r(id uuid, name text, name_key text, country text, domain text, number text)`,
      [tenant, JSON.stringify(rows)],
    )
    const pairs = firms.flatMap((one) =>
      accountKeys({ ...one, domains: [one.domain ?? ''] }).map((key) => [key, one.id] as const),
    )
    await db.query(
      'insert into account_keys (tenant_id, key, account_id) select $1, k.key, k.id from unnest($2::text[], $3::uuid[]) as k (key, id)',
      [tenant, pairs.map(([key]) => key), pairs.map(([, id]) => id)],
    )
    known.push(...firms.filter(() => below(accounts) < 4000))
  }
  await db.query('analyze accounts')
  await db.query('analyze account_keys')
  await db.end()
  return known
}

// What partners type: the name written otherwise, with or without a site, or a firm that nobody knows.
function asTyped(firm: Firm): Customer {
  const kind = below(4)
  const name = firm.name.replace(/ \S+$/, '').toUpperCase()
  if (kind === 0) return { name, country: firm.country, domain: firm.domain }
  if (kind === 1) return { name: firm.name.replace('o', 'a'), country: firm.country }
  if (kind === 2) return { name: firmAt(accounts + below(accounts)).name, country: firm.country, domain: 'nobody-knows.example' }
  return { name, country: firm.country, number: firm.number }
}

const quantile = (sorted: number[], q: number): number => Math.round((sorted[Math.floor(sorted.length * q)] ?? 0) * 100) / 100

const cluster = await ownCluster()
const database = await freshDatabase()
const tenant = uuidv7()
const started = performance.now()
const known = await seed(database.owner_url, tenant)
const seeded = performance.now()
const db = await openDatabase(database.roles.app_url, { max: 1 })
const party = uuidv7()
const actor: Actor = { ...SYSTEM, side: 'outer', party_id: party, parties: [party], permissions: new Set(), via: 'api' }
const millis: number[] = []
let found = 0
for (let i = 0; i < lookups + 200; i += 1) {
  const customer = asTyped(pick(known))
  await db.tx({ tenant_id: tenant, parties: [party], actor_id: null }, {}, async (tx) => {
    const { ctx } = makeCtx({ tx, tenant_id: tenant, actor })
    const start = performance.now()
    const { matches } = await findAccount(ctx, customer)
    if (i >= 200) millis.push(performance.now() - start)
    if (matches[0]?.band === 'same') found += 1
  })
}
millis.sort((a, b) => a - b)
report(
  'find-account',
  { accounts, lookups },
  {
    seed_s: Math.round((seeded - started) / 100) / 10,
    p50_ms: quantile(millis, 0.5),
    p95_ms: quantile(millis, 0.95),
    p99_ms: quantile(millis, 0.99),
    max_ms: quantile(millis, 0.9999),
    same_share: found / (lookups + 200),
  },
)
await db.close()
await database.drop()
await cluster.close()
