import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { aDeal, REVIEW_TABLE } from '../deals/demo.ts'
import { USUAL_CLAUSES } from './usual-clauses.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

type Scope = { kind: 'ecosystem' | 'region' | 'track'; value: string | null }
const draft = (scope: Scope) =>
  w.as('vera').decisions.draft({ kind: 'engagement', title: 'Rules', scope, body: { clauses: USUAL_CLAUSES } })

test('a document for a region or track that is not there is refused, naming the field and what there is', async () => {
  for (const [scope, told] of [
    [{ kind: 'track', value: 'goldsmith' }, /scope\.value: there is no track 'goldsmith'; the tracks are reseller, si, msp/],
    [{ kind: 'region', value: 'ATLANTIS' }, /scope\.value: there is no region 'ATLANTIS'; the regions are .*\bNL\b/],
    [{ kind: 'region', value: null }, /scope\.value: name a region; the regions are/],
    [{ kind: 'ecosystem', value: 'NL' }, /scope\.value: .*give null/],
  ] as [Scope, RegExp][]) {
    const error = await refusal(draft(scope))
    assert.deepEqual([error.code, told.test(error.message)], ['invalid', true], error.message)
  }
  assert.deepEqual((await draft({ kind: 'track', value: 'msp' })).scope, { kind: 'track', value: 'msp' })
})

test('a rule for a region decides for all that lies in it; the nearest region wins, and a track before all', async () => {
  const { decisions } = w.as('vera')
  const publish = async (title: string, scope: Scope) => {
    const { id } = await decisions.draft({ kind: 'deals.review', title, scope, body: REVIEW_TABLE as never })
    await decisions.test({ id })
    await decisions.publish({ id })
    return id
  }
  let count = 0
  const decidedBy = async () => {
    count += 1
    const site = `scope-${count}.example`
    return (await aDeal(w.as('pat'), { customer: `Scope ${count} BV`, account_domain: site })).decision?.document_title
  }
  const usual = await decidedBy()
  const published: string[] = []
  for (const [title, scope, expected] of [
    ['America', { kind: 'region', value: 'AMER' }, usual],
    ['Europe', { kind: 'region', value: 'EMEA' }, 'Europe'],
    ['Netherlands', { kind: 'region', value: 'NL' }, 'Netherlands'],
    ['Europe again', { kind: 'region', value: 'EMEA' }, 'Netherlands'],
    ['Integrators', { kind: 'track', value: 'si' }, 'Integrators'],
  ] as [string, Scope, string][]) {
    published.push(await publish(title, scope))
    assert.equal(await decidedBy(), expected, title)
  }
  for (const id of published.toReversed()) await decisions.retire({ id }).catch(() => {})
  assert.equal(await decidedBy(), usual)
})

test('a region that was retired since the draft is refused when it is published, and no draft names it any more', async () => {
  const { items } = await w.as('vera').ecosystems.list_regions({ limit: 200 })
  const {
    id: _,
    version: _v,
    state: _s,
    territory: _t,
    ...usual
  } = items.find(({ code }) => code === 'NL') ?? assert.fail('no region NL')
  const region = { ...usual, code: 'OLD', name: 'Old region', parent_code: null, countries: [] }
  await w.as('vera').ecosystems.save_region(region)
  const scope: Scope = { kind: 'region', value: 'OLD' }
  const { id } = await draft(scope)
  await w.as('vera').decisions.test({ id })
  await w.as('vera').ecosystems.save_region({ ...region, state: 'retired' })
  assert.match((await refusal(w.as('vera').decisions.publish({ id }))).message, /scope\.value: there is no region 'OLD'/)
  assert.match((await refusal(draft(scope))).message, /scope\.value: there is no region 'OLD'/)
  await w.as('vera').ecosystems.save_region({ ...region, state: 'active' })
  assert.equal((await w.as('vera').decisions.publish({ id })).state, 'published')
})
