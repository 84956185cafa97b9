import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { loosen, type Owner, plant, type Walled, walledTables } from './planted-rows.ts'
import { type Probe, probe } from './probe-walls.ts'

let database: TestDatabase
let owner: Client
let app: Client
let tables: Walled[]
const planted = new Map<string, Map<string, Owner>>()
const honest = new Map<string, Probe>()

before(async () => {
  database = await freshDatabase()
  owner = new Client({ connectionString: database.owner_url })
  app = new Client({ connectionString: database.roles.app_url })
  await Promise.all([owner.connect(), app.connect()])
  await loosen(owner)
  tables = await walledTables(owner)
  for (const table of tables) planted.set(table.name, await plant(owner, table))
})
after(async () => {
  await app.end()
  await owner.end()
  await database.drop()
})

const look = (table: Walled) => probe(app, table, planted.get(table.name) ?? new Map())

test('no row of another tenant, nor of another partner, can be read, changed, removed, added or given away by raw SQL', async () => {
  for (const table of tables) honest.set(table.name, await look(table))
  const probes = [...honest.values()]
  const rows = [...planted.values()].reduce((sum, one) => sum + one.size, 0)
  console.log(`walls: ${tables.length} tables, ${rows} rows, ${probes.reduce((sum, one) => sum + one.statements, 0)} statements`)
  assert.deepEqual(
    probes.flatMap((one) => one.leaks),
    [],
  )
  const idle = tables.filter((table) => !honest.get(table.name)?.done.some((text) => text.includes('host of A can read')))
  assert.deepEqual(
    idle.map((table) => table.name),
    [],
    'the host reads its own rows of every table',
  )
  assert.ok(tables.length >= 25, `only ${tables.length} tables were seen`)
})

interface Policy {
  table: string
  name: string
  qual: string | null
  checks: string | null
}

const clauses = (qual: string | null, checks: string | null) =>
  `${qual === null ? '' : ` using (${qual})`}${checks === null ? '' : ` with check (${checks})`}`
const opened = (text: string | null) => (text === null ? null : 'true')
const TENANT = 'tenant_id = app.tenant()'

/** Policies with one wall broken: wide open, without the party, without the tenant. */
function mutants({ qual, checks }: Policy): [string, string][] {
  const without = (text: string | null, wall: 'party' | 'tenant') => {
    if (text === null) return null
    return wall === 'party' ? TENANT : text.replace(`(${TENANT})`, 'true')
  }
  const list: [string, string][] = [['open', clauses(opened(qual), opened(checks))]]
  if (/app\.(sees|inner|acts)/.test(`${qual}${checks}`)) {
    list.push(['party', clauses(without(qual, 'party'), without(checks, 'party'))])
    list.push(['tenant', clauses(without(qual, 'tenant'), without(checks, 'tenant'))])
  }
  return list
}

test('whichever policy falls, the probe says which', async () => {
  const { rows: policies } = await owner.query<Policy>(
    `select c.relname as table, p.polname as name, pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as checks
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_roles r on r.oid = any(p.polroles)
      where c.relnamespace = 'public'::regnamespace and r.rolname = $1 order by 1, 2`,
    [database.roles.app],
  )
  const missed: string[] = []
  let tried = 0
  for (const policy of policies) {
    const table = tables.find(({ name }) => name === policy.table)
    assert.ok(table, `${policy.table} has a policy and was not probed`)
    for (const [wall, broken] of mutants(policy)) {
      await owner.query(`alter policy ${policy.name} on ${policy.table} ${broken}`)
      const { done, leaks } = await look(table)
      tried += 1
      const told =
        wall === 'open'
          ? leaks.some((text) => text.startsWith(`${policy.table}:`))
          : done.join() !== honest.get(policy.table)?.done.join()
      if (!told) missed.push(`${policy.name} on ${policy.table} without its wall (${wall})`)
    }
    await owner.query(`alter policy ${policy.name} on ${policy.table} ${clauses(policy.qual, policy.checks)}`)
    const again = await look(table)
    assert.deepEqual(again.done, honest.get(policy.table)?.done, `${policy.table}: the wall stands again`)
  }
  console.log(`walls: ${policies.length} policies, ${tried} broken walls, ${missed.length} missed`)
  assert.deepEqual(missed, [])
  assert.ok(policies.length >= tables.length)
})
