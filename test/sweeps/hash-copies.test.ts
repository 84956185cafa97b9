import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { tellCast, worldOn } from '../harness.ts'
import { PARTS } from '../hash-migrations.ts'
import { readCatalog } from './catalog.ts'
import { seed } from './depth.ts'
import { allRoutes, ask, type Estate, eachOf, estate, kindOfPath, smallInput } from './estate.ts'
import { hashDatabase, partsRead } from './hash-copies.ts'
import { loosen, plant, walledTables } from './planted-rows.ts'
import { probe } from './probe-walls.ts'

// The product on tables cut into parts by tenant: what PostgreSQL takes here, a cluster by tenant takes too, and no statement may
// read more than the one part in which its tenant lies.
interface Sent {
  text: string
  values: unknown[]
  entered: unknown[]
}
const log = new Map<string, Sent>()
const entries = new WeakMap<object, unknown[]>()
const real = pg.Client.prototype.query
function record(this: pg.Client, ...args: unknown[]): unknown {
  const [first] = args
  const { text = '', values = [] } =
    typeof first === 'string' ? { text: first } : ((first as { text?: string; values?: unknown[] } | null) ?? {})
  const { user } = this as unknown as { user: string }
  if (text.includes('app.enter(')) entries.set(this, values)
  else if (
    user.startsWith('rialto_app_hash_') &&
    /^\s*(select|insert|update|delete|with)\b/i.test(text) &&
    !text.includes('testing.jobs')
  )
    log.set(text, { text, values, entered: entries.get(this) ?? [] })
  return (real as (...all: unknown[]) => unknown).apply(this, args)
}

let e: Estate
let database: Awaited<ReturnType<typeof hashDatabase>>
before(async () => {
  database = await hashDatabase()
  pg.Client.prototype.query = record as typeof real
  await tellCast(database)
  e = await estate({}, await worldOn(database))
})
after(async () => {
  pg.Client.prototype.query = real
  await e.w.close()
})

test('the whole product works on parts by tenant: every route as host and partner, with the time that passes', async () => {
  const callers = e.callers.filter((caller) => ['vera', 'brightpath partner_admin'].includes(caller.name))
  const failed: string[] = []
  let answers = 0
  await eachOf(
    callers.flatMap((caller) => allRoutes.map((route) => ({ caller, route }))),
    async ({ caller, route }) => {
      const kind = kindOfPath(route)
      const id = e.objects.routes[route.name] ?? (kind ? e.objects.kinds[kind]?.own : undefined)
      const given = { ...smallInput(route, e.pools, seed), ...(id ? { id } : {}) }
      const answer = await ask(e.w, caller, route, { ...given, ...e.objects.inputs[route.name], ...e.objects.good[route.name] })
      answers += 1
      if (answer.status >= 500) failed.push(`${caller.name}: ${route.name}: ${answer.status} ${answer.text.slice(0, 200)}`)
    },
  )
  await e.w.advance({ days: 120 })
  assert.deepEqual(failed, [])
  const empty: string[] = []
  const tables = await e.w.owner<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'p'`,
  )
  for (const { name: table } of tables) {
    const [row] = await e.w.owner<{ n: number; parts: number }>(
      `select count(*)::int as n, count(distinct tableoid)::int as parts from ${table}`,
    )
    if (row?.n === 0) empty.push(table)
  }
  console.log(
    `parts: ${tables.length} tables in ${PARTS} parts each, ${answers} answers, ${tables.length - empty.length} tables written (not ${empty.join(', ') || 'one missing'})`,
  )
  assert.ok(tables.length >= 40 && empty.length <= tables.length / 4)
})

test('every statement that was sent reads one part of each table: the one of its tenant', async () => {
  pg.Client.prototype.query = real
  const app = new pg.Client({ connectionString: database.roles.app_url })
  await app.connect()
  const wide: string[] = []
  const unread: string[] = []
  let read = 0
  for (const { text, values, entered } of log.values()) {
    const [tenant = null, , actor = null] = entered
    await app.query('begin')
    try {
      await app.query('select app.enter($1, $2, $3)', [tenant, '*', actor])
      const { rows } = await app.query({ text: `explain (analyze, costs off, timing off, format json) ${text}`, values })
      const plan = (rows[0] as { 'QUERY PLAN': { Plan: object }[] })['QUERY PLAN'][0]?.Plan ?? {}
      const tables = partsRead(plan)
      read += 1
      for (const [table, parts] of tables)
        if (parts.size > 1) wide.push(`${parts.size} parts of ${table}: ${text.replace(/\s+/g, ' ').slice(0, 300)}`)
    } catch (error) {
      // Done once already: what is unique, referred to or checked does not go twice.
      unread.push(`${(error as Error).message.slice(0, 80)}: ${text.replace(/\s+/g, ' ').slice(0, 120)}`)
    } finally {
      await app.query('rollback')
    }
  }
  await app.end()
  console.log(
    `parts: ${log.size} statements, ${read} explained, ${unread.length} refused a second time, ${wide.length} read more than one part`,
  )
  assert.deepEqual(wide, [])
  assert.ok(read > 150 && unread.length < read / 5, unread.join('\n'))
})

test('a statement that does not say its tenant is seen to read all parts', async () => {
  const owner = new pg.Client({ connectionString: database.owner_url })
  await owner.connect()
  const { rows } = await owner.query('explain (analyze, costs off, timing off, format json) select from partners')
  const plan = (rows[0] as { 'QUERY PLAN': { Plan: object }[] })['QUERY PLAN'][0]?.Plan ?? {}
  await owner.end()
  assert.equal(partsRead(plan).get('partners')?.size, PARTS)
})

test('the rules of the catalog and the walls between tenants and partners stand on parts as well', async () => {
  const owner = new pg.Client({ connectionString: database.owner_url })
  const app = new pg.Client({ connectionString: database.roles.app_url })
  await Promise.all([owner.connect(), app.connect()])
  try {
    const { findings } = await readCatalog(owner, database.roles.app)
    assert.deepEqual(
      findings.filter(({ object }) => !object.startsWith('testing.') && object !== 'testing'),
      [],
    )
    await loosen(owner)
    const leaks: string[] = []
    let rows = 0
    const tables = await walledTables(owner)
    for (const table of tables) {
      const planted = await plant(owner, table)
      rows += planted.size
      leaks.push(...(await probe(app, table, planted)).leaks)
    }
    console.log(`parts: ${tables.length} tables probed with ${rows} made-up rows, ${leaks.length} leaks`)
    assert.deepEqual(leaks, [])
    assert.ok(tables.length >= 40 && rows > tables.length * 3)
  } finally {
    await Promise.all([owner.end(), app.end()])
  }
})
