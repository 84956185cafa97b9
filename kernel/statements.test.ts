import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import type { Ctx } from './module.ts'
import { SYSTEM } from './module.ts'
import { insertsQuery, runRemembered } from './statements.ts'

const dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

/** A context whose database only notes what it is asked. */
function noting(actor: Partial<Ctx['actor']>): { ctx: Ctx; asked: CompiledQuery[] } {
  const asked: CompiledQuery[] = []
  const db = new Kysely<never>({ dialect } as never)
  const ask = async (query: { compile: () => CompiledQuery }) => {
    asked.push(query.compile())
    return []
  }
  return { ctx: { db, ask, tenant_id: 't1', actor: { ...SYSTEM, ...actor } } as unknown as Ctx, asked }
}

const build = (ctx: Ctx, { id, kinds }: { id: string; kinds: readonly string[] }) => ({
  compile: () =>
    sql`select from x where tenant_id = ${ctx.tenant_id} and id = ${id} and fixed = ${'same'} and kind in (${sql.join(kinds)})
      and region = any(${ctx.actor.scope.regions ?? []}) and party in (${sql.join(ctx.actor.parties === '*' ? ['*'] : ctx.actor.parties)})`.compile(
      ctx.db,
    ),
})

test('each call puts its own values into the statement of its shape, which is built once', async () => {
  let built = 0
  const counted = (ctx: Ctx, input: { id: string; kinds: readonly string[] }) => {
    built += 1
    return build(ctx, input)
  }
  const one = noting({ parties: ['p1', 'p2'], scope: { regions: ['EMEA', 'AMER'] } })
  await runRemembered(one.ctx, 'twice', { id: 'a', kinds: ['k', 'l'] }, counted)
  const two = noting({ parties: ['p3', 'p4'], scope: { regions: ['APAC'] } })
  await runRemembered({ ...two.ctx, tenant_id: 't2' }, 'twice', { id: 'b', kinds: ['m', 'm'] }, counted)
  assert.equal(built, 1)
  assert.deepEqual(one.asked[0]?.parameters, ['t1', 'a', 'same', 'k', 'l', ['EMEA', 'AMER'], 'p1', 'p2'])
  assert.deepEqual(two.asked[0]?.parameters, ['t2', 'b', 'same', 'm', 'm', ['APAC'], 'p3', 'p4'])
})

test('another number of parties, another scope or side is another shape', async () => {
  const shapes = [
    noting({ parties: ['p1'] }),
    noting({ parties: ['p1', 'p2'] }),
    noting({ parties: '*', scope: { regions: ['EMEA'] } }),
    noting({ parties: '*' }),
  ]
  for (const { ctx } of shapes) await runRemembered(ctx, 'shapes', { id: 'a', kinds: ['k'] }, build)
  const lengths = shapes.map(({ asked }) => asked[0]?.parameters.length)
  assert.deepEqual(lengths, [6, 7, 6, 6])
  assert.deepEqual(shapes[3]?.asked[0]?.parameters, ['t1', 'a', 'same', 'k', [], '*'])
})

test('a builder that reaches past the marks is refused, since everybody would get the first caller’s id', async () => {
  const { ctx } = noting({ parties: ['p1'] })
  const past = () => ({ compile: () => sql`select from x where tenant_id = ${ctx.tenant_id}`.compile(ctx.db) })
  await assert.rejects(runRemembered(ctx, 'past', {}, past), /caller's own id/)
})

test('whoever makes very many shapes keeps nobody else out: a new one is remembered all the same', async () => {
  const { ctx } = noting({})
  for (let i = 0; i < 1200; i += 1) await runRemembered(ctx, `many ${i}`, { id: 'a', kinds: ['k'] }, build)
  let built = 0
  const counted = (bare: Ctx, input: { id: string; kinds: readonly string[] }) => {
    built += 1
    return build(bare, input)
  }
  for (const id of ['a', 'b']) await runRemembered(ctx, 'late', { id, kinds: ['k'] }, counted)
  assert.equal(built, 1)
})

test('rows of several tables are one statement, those of one table together', () => {
  const query = insertsQuery([
    { table: 'a', clash: 'fails', rows: [{ x: 1 }] },
    { table: 'b', clash: 'stays', rows: [{ y: 2, z: 3 }] },
    { table: 'a', clash: 'fails', rows: [{ x: 4 }, { x: 5 }] },
    { table: 'a', clash: 'stays', rows: [{ x: 6 }] },
  ])
  const populated = (table: string, names: string, place: number) =>
    `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $${place}::jsonb)`
  assert.equal(
    query.sql,
    `with w0 as (${populated('a', '"x"', 1)} returning 1),w1 as (${populated('b', '"y","z"', 2)} on conflict do nothing) ${populated('a', '"x"', 3)} on conflict do nothing`,
  )
  assert.deepEqual(query.parameters, ['[{"x":1},{"x":4},{"x":5}]', '[{"y":2,"z":3}]', '[{"x":6}]'])
})
