import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { aDeal, FAR } from './demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const half = { customer: 'halbfertig.example', country: 'DE', product: 'lens', amount_minor: 4_000_000, currency: 'EUR' }
const evidence = { evidence_on: '2026-11-16', evidence_kind: 'meeting' } as const

test('a draft without a close month has none: in record, list, its order and export; it is asked when one registers', async () => {
  const pat = w.as('pat')
  const whole = await aDeal(pat, { customer: 'Ganz AG', account_domain: 'ganz.example', closes_on: FAR })
  const draft = await pat.deals.save_draft(half)
  assert.equal(draft.closes_on, null)
  assert.equal((await w.as('vera').deals.get({ id: draft.id })).closes_on, null)
  const listed = await pat.deals.list({ sort: 'closes_on', limit: 200 })
  assert.deepEqual(listed.items.at(-1)?.id, draft.id)
  assert.equal(listed.items.at(-1)?.closes_on, null)
  const last = await pat.deals.list({ sort: '-closes_on', limit: 1 })
  assert.equal(last.items[0]?.id, draft.id)
  const next = await pat.deals.list({ sort: '-closes_on', limit: 1, cursor: last.next ?? '' })
  assert.equal(next.items[0]?.id, whole.id)
  const csv = await w.request('pat', { method: 'GET', url: '/api/deals.csv?review=draft' })
  const [head = '', row = ''] = csv.body.split(/\r?\n/)
  const at = head.split(',').indexOf('closes_on')
  assert.ok(at > 0 && row.includes('halbfertig'))
  assert.equal(row.split(',')[at], '')
  const { code, message } = await refusal(pat.deals.submit({ id: draft.id }))
  assert.deepEqual([code, /closes_on: give the month/.test(message)], ['invalid', true])
  await pat.deals.withdraw({ id: draft.id })
})

test('a draft is registered in one step with what was typed of it since; the site that it knows stays', async () => {
  const pat = w.as('pat')
  const draft = await pat.deals.save_draft({ ...half, amount_minor: 5_000_000 })
  const stale = await refusal(pat.deals.submit({ id: draft.id, closes_on: FAR }, { version: draft.version + 1 }))
  assert.equal(stale.code, 'stale')
  const deal = await pat.deals.submit({ id: draft.id, closes_on: FAR, product: 'guard', ...evidence }, { version: draft.version })
  assert.deepEqual([deal.review, deal.protection, deal.product], ['approved', 'protected', 'guard'])
  assert.deepEqual([deal.account_domain, deal.amount_minor], ['halbfertig.example', 5_000_000])
  assert.match(deal.closes_on ?? '', new RegExp(`^${FAR}-30$`))
  const found = await refusal(pat.deals.submit({ id: deal.id, product: 'lens' }))
  assert.equal(found.code, 'conflict')
})

test('no registration is without a close month, whoever writes it', async () => {
  const deal = await aDeal(w.as('pat'), { customer: 'Monat AG', account_domain: 'monat.example', closes_on: FAR })
  await assert.rejects(w.owner('update deals set closes_on = null where id = $1', [deal.id]), /deals_closes/)
})
