import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { savePartners } from './save-partners.ts'
import { undoPartners } from './undo-partners.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

type Column = 'parent_id' | 'distributor_id'
const COLUMNS: readonly Column[] = ['parent_id', 'distributor_id']
let made = 0
async function make(over: Partial<Record<Column, string | null>> = {}): Promise<string> {
  made += 1
  return (await w.as('vera').partners.create({ legal_name: `Circle ${made} Works`, country: 'DE', is_new: true, ...over })).id
}
const above = async (id: string, column: Column) => (await w.as('vera').partners.get({ id }))[column]
const inSystem = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(w.house, w.tenants.meridian, work)

/** How many rows lie above themselves. */
async function circles(): Promise<number> {
  const rows = await w.owner<{ id: string }>(`with recursive up (start, col, id) as (
      select id, 'p', parent_id from partners where parent_id is not null union select id, 'd', distributor_id from partners where distributor_id is not null
      union select u.start, u.col, case u.col when 'p' then p.parent_id else p.distributor_id end from up u join partners p on p.id = u.id
    ) select distinct start as id from up where start = id`)
  return rows.length
}

for (const column of COLUMNS) {
  test(`a partner merged into one that hangs below it by ${column} gives it its place`, async () => {
    const top = await make()
    const gone = await make({ [column]: top })
    const between = await make({ [column]: gone })
    const stays = await make({ [column]: between })
    await w.as('vera').partners.merge({ id: gone, into_id: stays })
    assert.equal(await above(stays, column), top)
    assert.equal(await above(between, column), stays)
    assert.equal(await circles(), 0)
    const sees = await w.owner<{ party_id: string; sees_id: string }>(
      'select party_id, sees_id from party_reach where sees_id = any($1)',
      [[stays, between]],
    )
    const chain = [
      [top, stays],
      [top, between],
      [stays, between],
    ]
    const pairs = sees.map(({ party_id, sees_id }) => [party_id, sees_id]).sort()
    assert.deepEqual(pairs, column === 'parent_id' ? [] : chain.sort())
  })

  test(`a partner merged into its child by ${column} leaves the child where it was itself`, async () => {
    const gone = await make()
    const [stays, other] = [await make({ [column]: gone }), await make({ [column]: gone })]
    await w.as('vera').partners.merge({ id: gone, into_id: stays })
    assert.deepEqual([await above(stays, column), await above(other, column)], [null, stays])
    assert.equal(await circles(), 0)
  })

  test(`of two who hang two partners under one another by ${column} at once, one is refused`, async () => {
    const [a, b] = [await make(), await make()]
    const hang = (id: string, over: string) =>
      w
        .as('vera')
        .partners.update({ id, [column]: over })
        .then(
          () => 'done',
          (error: Error) => error.message,
        )
    for (let i = 0; i < 5; i += 1) {
      const told = await Promise.all([hang(a, b), hang(b, a)])
      assert.deepEqual(told.map((one) => one === 'done').sort(), [false, true], told.join(' | '))
      assert.match(told.join(' '), /would close a circle/)
      assert.equal(await circles(), 0)
      for (const id of [a, b]) await w.as('vera').partners.update({ id, [column]: null })
    }
  })

  test(`rows that together close a circle by ${column} are refused`, async () => {
    const [a, b, c] = [await make(), await make(), await make()]
    await w.as('vera').partners.update({ id: b, [column]: c })
    const rows = [
      { id: a, legal_name: 'Circle A Works', country: 'DE', [column]: b },
      { id: c, legal_name: 'Circle C Works', country: 'DE', [column]: a },
    ]
    const told = await inSystem((ctx) => savePartners(ctx, rows))
    assert.deepEqual(
      told.map(({ outcome, issues }) => [outcome, issues[0]?.path]),
      [
        ['refused', column],
        ['refused', column],
      ],
    )
    assert.equal(await circles(), 0)
  })

  test(`a save that set ${column} is not taken back where that would close a circle, and it is told why`, async () => {
    const over = await make()
    const id = await make({ [column]: over })
    const row = { id, legal_name: 'Circle Undone Works', country: 'DE', [column]: null }
    const saved = await inSystem((ctx) => savePartners(ctx, [row]))
    await w.as('vera').partners.update({ id: over, [column]: id })
    const told = await inSystem((ctx) => undoPartners(ctx, saved))
    assert.equal(told[0]?.outcome, 'refused')
    assert.match(told[0]?.issues?.[0]?.message ?? '', /circle/)
    assert.equal(await above(id, column), null)
    assert.equal(await circles(), 0)
  })
}

test('a partner is not hung under one that was merged', async () => {
  const [gone, stays, id] = [await make(), await make(), await make()]
  await w.as('vera').partners.merge({ id: gone, into_id: stays })
  assert.match((await refusal(w.as('vera').partners.update({ id, parent_id: gone }))).message, /^parent_id: is no partner/)
})
