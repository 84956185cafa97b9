import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { aDeal, REVIEW_TABLE } from '../deals/demo.ts'
import { PART } from './replay-document.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const drafted = async (rows: unknown) => {
  const { decisions } = w.as('vera')
  return decisions.draft({ kind: 'deals.review', title: 'Draft', body: { ...REVIEW_TABLE, rows } as never })
}
const above = (limit: number) =>
  REVIEW_TABLE.rows.map((row) =>
    row.id === 'value'
      ? { ...row, when: { ...row.when, rules: [{ field: 'value_plan_minor', operator: '>', value: limit }] } }
      : row,
  )

test('a draft names the cases that would come out otherwise, with the rows that hold and who loses', async () => {
  const deal = await aDeal(w.as('pat'))
  const { id } = await drafted(above(10_000_000))
  const { document, replay } = await w.as('vera').decisions.test({ id })
  assert.deepEqual([document.state, replay.state, replay.decisions], ['tested', 'done', replay.total])
  assert.deepEqual([replay.same, replay.better, replay.worse], [replay.total - 1, 0, 1])
  const [changed] = replay.changed
  assert.deepEqual([changed?.subject_id, changed?.before, changed?.after, changed?.row], [deal.id, 'approve', 'review', 'value'])
  assert.deepEqual(
    changed?.because.map(({ row, comparisons }) => [row, comparisons.map(({ field, value, seen }) => [field, value, seen])]),
    [['value', [['value_plan_minor', 10_000_000, 18_400_000]]]],
  )
  assert.deepEqual(replay.moves, [{ before: 'approve', after: 'review', count: 1 }])
  assert.deepEqual(replay.parties, [{ partner_id: deal.partner_id, name: deal.partner_name, better: 0, worse: 1 }])
  const rowOf = (row: string) => replay.rows.find((one) => one.row === row)
  assert.deepEqual(rowOf('value'), { row: 'value', hits: (rowOf('value')?.before ?? 0) + 1, before: rowOf('value')?.before ?? 0 })
  assert.deepEqual(await w.as('vera').decisions.replay({ id }), replay)
})

test('a manager of other regions sees the counts, but neither the case nor the partner', async () => {
  const { id } = await drafted(above(10_000_000))
  await w.as('vera').decisions.test({ id })
  const seen = await w.as('ana').decisions.replay({ id })
  assert.deepEqual([seen.worse, seen.changed, seen.parties], [1, [], []])
  assert.equal((await w.as('carl').decisions.replay({ id })).changed.length, 1)
})

test('a draft without a change finds every case as it was', async () => {
  const { id } = await drafted(REVIEW_TABLE.rows)
  const { replay } = await w.as('vera').decisions.test({ id })
  assert.deepEqual([replay.same, replay.changed, replay.moves], [replay.total, [], []])
  for (const { hits, before: then } of replay.rows) assert.equal(hits, then)
})

test('a row that is switched off decides no case of history either, and a table may be off as a whole', async () => {
  const deal = await aDeal(w.as('pat'), {
    customer: 'Ausgeschaltet AG',
    account_domain: 'aus.example',
    evidence_on: null,
    evidence_kind: null,
  })
  const off = (id: string) => REVIEW_TABLE.rows.map((row) => (row.id === id || id === '' ? { ...row, is_off: true } : row))
  const without = (await w.as('vera').decisions.test({ id: (await drafted(off('evidence'))).id })).replay
  assert.equal(without.rows.find(({ row }) => row === 'evidence')?.hits ?? 0, 0)
  const changed = without.changed.find((one) => one.subject_id === deal.id)
  assert.deepEqual([changed?.before, changed?.after, changed?.row], ['hold', 'approve', ''])
  const none = (await w.as('vera').decisions.test({ id: (await drafted(off(''))).id })).replay
  assert.deepEqual(
    none.rows.filter(({ hits }) => hits > 0),
    [{ row: '', hits: none.total, before: none.rows.find(({ row }) => row === '')?.before }],
  )
})

test('a document without rows is tested at once, and one never tested has no replay', async () => {
  const { decisions } = w.as('vera')
  const { id } = await decisions.draft({ kind: 'deals.terms', title: 'Terms', body: {} })
  await assert.rejects(() => decisions.replay({ id }), { code: 'not_found' })
  const { document, replay } = await decisions.test({ id })
  assert.deepEqual([document.state, replay.state, replay.total], ['tested', 'done', 0])
})

test('a draft for a region or a track is replayed over the cases of its partners alone, and one for all over those without a rule of their own', async () => {
  const { decisions } = w.as('vera')
  const pat = await aDeal(w.as('pat'), { customer: 'Scoped Replay BV', account_domain: 'scoped-replay.example' })
  const replayOf = async (kind: 'ecosystem' | 'region' | 'track', value: string | null) => {
    const body = { ...REVIEW_TABLE, rows: above(10_000_000) } as never
    const { id } = await decisions.draft({ kind: 'deals.review', title: 'Scoped', scope: { kind, value }, body })
    return { id, ...(await decisions.test({ id })).replay }
  }
  const all = await replayOf('ecosystem', null)
  const [emea, amer, isv] = [await replayOf('region', 'EMEA'), await replayOf('region', 'AMER'), await replayOf('track', 'isv')]
  assert.ok(emea.worse > 0 && emea.changed.some(({ subject_id }) => subject_id === pat.id), 'what lies below EMEA is of EMEA')
  assert.deepEqual([amer.worse, isv.worse, amer.total + emea.total <= all.total], [0, 0, true])
  await decisions.publish({ id: emea.id })
  assert.equal((await replayOf('ecosystem', null)).total, all.total - emea.total)
  await decisions.retire({ id: emea.id })
})

test('a long history goes on in the background, is left and found again, and an edit meanwhile makes it stale', async () => {
  await w.owner(
    `with made as (insert into decisions (tenant_id, id, kind, subject_type, subject_id, outcome, decided_by, reasons, facts, at)
       select $1, gen_random_uuid(), 'deals.review', 'deals', gen_random_uuid(), case when i % 5 = 0 then 'hold' else 'approve' end, 'rule', '[]', jsonb_build_object('n', i), now()
       from generate_series(1, $2::int) i returning id, facts)
     insert into decision_facts (tenant_id, decision_id, reasons, facts)
       select $1, id, '[]', jsonb_build_object('partner_active', true, 'evidence', (facts->>'n')::int % 5 <> 0, 'value_plan_minor', (facts->>'n')::int * 1000) from made`,
    [w.tenants.meridian, PART],
  )
  const { decisions } = w.as('vera')
  const { id } = await drafted(above(20_000_000))
  const started = await decisions.test({ id })
  assert.deepEqual([started.document.state, started.replay.state, started.replay.decisions], ['draft', 'running', 0])
  await w.settle()
  const done = await decisions.replay({ id })
  assert.deepEqual([done.state, done.decisions, done.changed.length], ['done', done.total, 200])
  // Values above 20,000,000 are those of 20,001 to 25,000; all of them are now reviewed.
  assert.equal(done.decisions - done.same, PART - 20_000)
  assert.deepEqual(done.moves, [
    { before: 'approve', after: 'review', count: 4000 },
    { before: 'hold', after: 'review', count: 1000 },
  ])
  assert.equal((await decisions.get({ id })).state, 'tested')

  const { id: edited } = await drafted(above(20_000_000))
  await decisions.test({ id: edited })
  await decisions.edit({ id: edited, title: 'Edited' })
  await w.settle()
  assert.deepEqual(
    [(await decisions.replay({ id: edited })).state, (await decisions.get({ id: edited })).state],
    ['stale', 'draft'],
  )
})

test('documents are listed by title and by the moment they hold from, page after page', async () => {
  const { decisions } = w.as('vera')
  for (const title of ['Alpha', 'Omega'])
    await decisions.draft({ kind: 'engagement', title, body: { clauses: [{ number: 1, title: 'One', text: 'One text' }] } })
  for (const sort of ['title', '-title', 'published_from', '-published_from'] as const) {
    const seen: { id: string; title: string; published_from: string | null }[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await decisions.list({ sort, limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items)
      cursor = page.next
    }
    const all = (await decisions.list({ limit: 200 })).items
    assert.equal(new Set(seen.map(({ id }) => id)).size, all.length, sort)
    const values = seen.map((one) => (sort.endsWith('title') ? one.title : (one.published_from ?? '')))
    const sorted = [...values].sort()
    assert.deepEqual(values, sort.startsWith('-') ? sorted.reverse() : sorted, sort)
    assert.ok(values.includes('Omega') || values.includes(''), 'drafts are among them')
  }
})
