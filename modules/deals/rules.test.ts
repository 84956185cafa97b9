import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessCustomer, stands } from './rules.ts'

test('a site gives name and country, in whatever script; a name that lacks a space is none', () => {
  assert.deepEqual(guessCustomer('https://www.nordwind-logistik.de/kontakt'), {
    name: 'Nordwind Logistik',
    domain: 'nordwind-logistik.de',
    country: 'DE',
  })
  assert.deepEqual(guessCustomer('Eva@Acme.co.uk'), { name: 'Acme', domain: 'acme.co.uk', country: 'GB' })
  assert.deepEqual(guessCustomer('bäckerei-müller.de'), { name: 'Bäckerei Müller', domain: 'bäckerei-müller.de', country: 'DE' })
  for (const name of ['Dr.Oetker', 'Dr. Oetker', 'St.Gobain AG', 'Nordwind', 'A.T. Kearney'])
    assert.deepEqual(guessCustomer(name), { name, domain: null, country: null })
})

test('a registration stands while it waits for its scope or holds it', () => {
  const deal = { review: 'approved', protection: 'protected', protected_until: '2026-12-01T00:00:00Z', stage: 'open' }
  const now = '2026-11-24T00:00:00Z'
  assert.equal(stands(deal, now), true)
  assert.equal(stands({ ...deal, stage: 'won' }, now), true)
  assert.equal(stands(deal, '2026-12-02T00:00:00Z'), false)
  assert.equal(stands({ ...deal, stage: 'lost', protection: 'released' }, now), false)
  assert.equal(stands({ ...deal, protection: 'released' }, now), false)
  const waiting = { ...deal, review: 'under_review', protection: 'none', protected_until: null }
  assert.equal(stands(waiting, now), true)
  assert.equal(stands({ ...waiting, stage: 'lost' }, now), false)
  assert.equal(stands({ ...waiting, review: 'submitted', protection: 'held' }, now), true)
  assert.equal(stands({ ...waiting, review: 'lapsed' }, now), false)
})
