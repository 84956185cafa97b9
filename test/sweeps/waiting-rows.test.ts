import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { asSystem } from '../../kernel/run.ts'
import { insertLater } from '../../kernel/statements.ts'
import { type World, world } from '../harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const work = <T>(todo: (ctx: Ctx) => Promise<T>) => asSystem(w.house, w.tenants.meridian ?? '', todo)
const keyOf = (ctx: Ctx, key: string) => ({ tenant_id: ctx.tenant_id, key, deal_id: ctx.id(), partner_id: ctx.id() })
const counted = (key: string) => w.owner('select 1 from deal_keys where key = $1', [key])

test('rows that wait are there for the next statement, of whatever kind it is', async () => {
  await work(async (ctx) => {
    insertLater(ctx, 'deal_keys', [keyOf(ctx, 'w:read')])
    const read = await sql`select from deal_keys where tenant_id = ${ctx.tenant_id} and key = 'w:read'`.execute(ctx.db)
    assert.equal(read.rows.length, 1)
    insertLater(ctx, 'deal_keys', [keyOf(ctx, 'w:judged')])
    const judged = await ctx.judge(
      ctx.db.selectFrom('deal_keys').select('key').where('tenant_id', '=', ctx.tenant_id).where('key', '=', 'w:judged'),
    )
    assert.equal(judged.length, 1)
    insertLater(ctx, 'deal_keys', [keyOf(ctx, 'w:commit')])
  })
  assert.equal((await counted('w:commit')).length, 1)
})

test('a row that cannot be stored fails the whole, by its own error, wherever it is noticed', async () => {
  const clash = (then: (ctx: Ctx) => Promise<unknown>) =>
    work(async (ctx) => {
      const row = keyOf(ctx, 'w:clash')
      insertLater(ctx, 'clock_due', [{ tenant_id: ctx.tenant_id, next_at: ctx.now }], { clash: 'stays' })
      insertLater(ctx, 'deal_keys', [row, row])
      await then(ctx)
    })
  const read = (ctx: Ctx) => sql`select 1`.execute(ctx.db)
  const isOwn = { code: '23505', constraint: 'deal_keys_key' }
  await assert.rejects(
    clash(async () => {}),
    isOwn,
  )
  await assert.rejects(clash(read), isOwn)
  await assert.rejects(
    clash((ctx) => read(ctx).catch(() => {})),
    /nothing was stored/,
  )
  assert.equal((await counted('w:clash')).length, 0)
})

test('rows of a transaction that was given up never leave', async () => {
  const given = work(async (ctx) => {
    insertLater(ctx, 'deal_keys', [keyOf(ctx, 'w:given-up')])
    throw new Error('given up')
  })
  await assert.rejects(given, /given up/)
  for (let turn = 0; turn < 12; turn += 1) await work((ctx) => sql`select 1`.execute(ctx.db))
  assert.equal((await counted('w:given-up')).length, 0)
})
