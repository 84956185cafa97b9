import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Tx } from '../../kernel/db.ts'
import { statement } from '../../kernel/statements.ts'
import { aDeal } from '../../modules/deals/demo.ts'
import { type World, world } from '../harness.ts'

// A transaction that judged what the caller may not see stays with the judge until its next statement of another kind; that one
// must be the caller's again, whichever door it leaves by.

let w: World
let ids: { pat: string; rivka: string }
before(async () => {
  w = await world()
  const [pat, rivka] = await Promise.all([aDeal(w.as('pat')), aDeal(w.as('rivka'))])
  ids = { pat: pat.partner_id, rivka: rivka.partner_id }
})
after(() => w.close())

const count = () =>
  statement<{ of: string[] }>(
    'select array_agg(distinct partner_id::text) as of from deals where tenant_id = $1',
    w.tenants.meridian,
  )
const asPat = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  w.house.database.tx({ tenant_id: w.tenants.meridian, parties: [ids.pat], actor_id: null }, {}, work)
const seen = (rows: { of: string[] }[]): string[] => rows[0]?.of ?? []
const built = async ({ db }: Tx) =>
  (
    await sql<{
      of: string[]
    }>`select array_agg(distinct partner_id::text) as of from deals where tenant_id = ${w.tenants.meridian}`.execute(db)
  ).rows

test('after judging, every door gives the own rows again: text, builder, and both while the judge reads beside them', async () => {
  const [judged, asked, more, own, together] = await asPat(async (tx) => [
    await tx.judge(count()),
    await tx.ask(count()),
    await tx.judge(count()),
    await built(tx),
    await Promise.all([built(tx), tx.judge(count()), tx.ask(count()), tx.judge(count()), tx.ask(count())]),
  ])
  assert.ok(seen(judged).includes(ids.rivka) && seen(more).includes(ids.rivka), 'the judge sees rivals')
  assert.deepEqual([seen(asked), seen(own)], [[ids.pat], [ids.pat]])
  assert.deepEqual(
    together.map((rows) => seen(rows).includes(ids.rivka)),
    [false, true, false, true, false],
  )
})

test('rows that wait are stored as the caller, not as the judge: one of a rival is refused', async () => {
  const rival = { tenant_id: w.tenants.meridian, key: 'w:probe', deal_id: ids.rivka, partner_id: ids.rivka }
  const stored = asPat(async ({ judge, insert }) => {
    await judge(count())
    insert({ table: 'deal_keys', rows: [rival], clash: 'fails' })
    await judge(count())
  })
  await assert.rejects(stored, /row-level security/)
  const atCommit = asPat(async ({ judge, insert }) => {
    await judge(count())
    insert({ table: 'deal_keys', rows: [rival], clash: 'fails' })
  })
  await assert.rejects(atCommit, /row-level security/)
})

test('a judged read that fails leaves nothing of the judge to whoever takes the connection next', async () => {
  for (let i = 0; i < 20; i += 1) {
    await assert.rejects(
      asPat(({ judge }) =>
        judge(statement('select 1 / (tenant_id is null)::int from deals where tenant_id = $1', w.tenants.meridian)),
      ),
    )
    assert.deepEqual(seen(await asPat(({ ask }) => ask(count()))), [ids.pat])
  }
})
