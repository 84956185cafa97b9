import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { seed } from './depth.ts'
import { allRoutes, ask, type Estate, eachOf, estate, kindOfPath, smallInput } from './estate.ts'
import { statementFindings, tenantTables } from './statement-rules.ts'

// Every statement that the product sends as the app's role in this process, by its text.
const log = new Map<string, number>()
const real = pg.Client.prototype.query
function record(this: pg.Client, ...args: unknown[]): unknown {
  const [first] = args
  const text = typeof first === 'string' ? first : ((first as { text?: string } | null)?.text ?? '')
  const { user } = this as unknown as { user: string }
  if (user.startsWith('rialto_app_') && text) log.set(text, (log.get(text) ?? 0) + 1)
  return (real as (...all: unknown[]) => unknown).apply(this, args)
}

let e: Estate
before(async () => {
  pg.Client.prototype.query = record as typeof real
  e = await estate()
})
after(async () => {
  pg.Client.prototype.query = real
  await e.w.close()
})

/** Statements of the tests' own queue and of the transaction's frame. */
const FRAME =
  /^(begin( read only)?|commit|rollback|select 1|select app\.enter\(\$1, \$2, \$3\)::text as now)$|testing\.jobs|from pg_roles r where r\.rolname = current_user/

test('every statement of the product keeps the rules of one server and a cluster', async () => {
  const callers = e.callers.filter((caller) =>
    ['vera', 'carl, EMEA only', 'brightpath partner_admin', 'castellan partner_admin'].includes(caller.name),
  )
  const pairs = callers.flatMap((caller) => allRoutes.map((route) => ({ caller, route })))
  await eachOf(pairs, async ({ caller, route }) => {
    const kind = kindOfPath(route)
    const id = e.objects.routes[route.name] ?? (kind ? e.objects.kinds[kind]?.own : undefined)
    await ask(e.w, caller, route, {
      ...smallInput(route, e.pools, seed),
      ...(id ? { id } : {}),
      ...e.objects.inputs[route.name],
      ...e.objects.good[route.name],
    })
  })
  await e.w.settle()
  await e.w.advance({ days: 120 })
  const rows = await e.w.owner<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
  const known = new Set(rows.map((row) => row.name))
  const statements = [...log.keys()].filter((text) => !FRAME.test(text.trim()))
  const touched = new Set(statements.flatMap((text) => tenantTables(text, known)))
  const found = statements.flatMap((text) => statementFindings(text, known).map((finding) => ({ finding, text })))
  const sent = [...log.values()].reduce((sum, count) => sum + count, 0)
  console.log(
    `statements: ${statements.length} texts of ${sent} sent, ${touched.size} tenant tables touched, ${found.length} findings`,
  )
  assert.deepEqual(
    found.map(({ finding, text }) => `${finding}: ${text.replace(/\s+/g, ' ').slice(0, 400)}`),
    [],
  )
  assert.ok(statements.length > 150 && touched.size > 25)
})

test('each rule for statements notices what breaks it', () => {
  const known = new Set(['deals', 'partners', 'events', 'clock_due'])
  const bad: [string, RegExp][] = [
    ['select * from deals', /no tenant_id/],
    ['select * from deals d join partners p on p.id = d.partner_id where d.tenant_id = $1', /1 times/],
    ['update deals set stage = $1', /no tenant_id/],
    ['delete from deals where id = $1', /no tenant_id/],
    ['select 1; select 2', /two statements/],
    ["set local app.tenant_id = 'x'", /sets something/],
    ["select set_config('a', 'b', true)", /sets something/],
    ['insert into deals (tenant_id) select $1 from partners where tenant_id = $1', /without returning/],
    ['insert into deals (tenant_id, number) values ($1, (select 1))', /subquery/],
    ['update deals set decided_at = now() where tenant_id = $1', /volatile/],
    ['insert into deals (tenant_id) values ($1) on conflict (tenant_id) do update set decided_at = now()', /volatile/],
    ['update deals set tenant_id = $1 where tenant_id = $2', /another tenant/],
    ['select pg_advisory_xact_lock(1)', /one node/],
  ]
  for (const [text, finding] of bad) assert.match(statementFindings(text, known).join(), finding, text)
  const good = [
    "select * from deals where tenant_id = $1 and note = '; x'",
    'select next_at from clock_due',
    'insert into deals (tenant_id) values ($1)',
  ]
  for (const text of good) assert.deepEqual(statementFindings(text, known), [], text)
})
