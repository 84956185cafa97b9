import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planPartner } from './plan-partner.ts'
import { STATUS } from './rules.ts'

test('every partnership can end, and an ended one stays ended', () => {
  for (const status of STATUS.all) assert.equal(STATUS.can(status, 'terminate'), status !== 'terminated')
  assert.deepEqual(STATUS.ends, ['terminated'])
})

test('only a suspended partner is reinstated, and only into activity', () => {
  assert.equal(STATUS.move('suspended', 'reinstate'), 'active')
  for (const status of ['onboarding', 'active', 'terminated'])
    assert.throws(() => STATUS.move(status, 'reinstate'), /not possible/)
})

test('a plan names what changes and leaves alone what is not named', () => {
  const plan = planPartner('p', null, {
    legal_name: 'Brightpath B.V.',
    country: 'NL',
    domain: 'https://Brightpath.example/nl',
    domains: ['brightpath.example'],
  })
  assert.deepEqual(plan.domains, ['brightpath.example'])
  assert.equal(plan.values.name_key, 'brightpath')
  assert.deepEqual(Object.keys(plan.changes).sort(), ['country', 'domain', 'domains', 'legal_name'])
})

test('wrong addresses and tracks that stand twice are named with their place', () => {
  const plan = planPartner('p', null, {
    legal_name: 'X',
    domain: 'me@gmail.com',
    domains: ['ok.example', 'no'],
    tracks: [
      { track: 'si', tier: '' },
      { track: 'si', tier: 'Gold' },
    ],
  })
  assert.deepEqual(
    plan.issues.map((one) => one.path),
    ['domain', 'domains.1', 'tracks.1.track'],
  )
})
