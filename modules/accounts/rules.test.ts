import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import { accountKeys, numberKeys } from './account-keys.ts'
import { type Found, scoreAccount } from './score-account.ts'

const found = (name: string, more: Partial<Found> = {}): Found => ({
  id: 'a',
  name_key: normaliseName(name).key,
  country: 'DE',
  domain: null,
  company_number: null,
  keys: [],
  ...more,
})
const sought = (name: string, more: Partial<Parameters<typeof scoreAccount>[0]> = {}) => ({
  name: normaliseName(name),
  domain: null,
  country: 'DE',
  numbers: [],
  ...more,
})

test('a company number decides, unless the names have nothing in common', () => {
  const numbers = numberKeys('HRB 118203', 'DE').sought
  const there = { keys: numbers, company_number: 'HRB 118203' }
  assert.equal(scoreAccount(sought('Nordwind', { numbers }), found('Nordwind Logistik', there), false)?.band, 'same')
  assert.equal(scoreAccount(sought('Bäckerei Huber', { numbers }), found('Nordwind Logistik', there), false)?.band, 'review')
})

test('an own domain decides in the country, and is a question over its border', () => {
  const row = found('Helvio Inc', { country: 'US', domain: 'helvio.example', keys: ['d:helvio.example'] })
  const swiss = sought('Helvio Pharma', { domain: 'helvio.example', country: 'CH' })
  assert.equal(scoreAccount(swiss, row, false)?.band, 'review')
  assert.equal(scoreAccount({ ...swiss, country: 'US' }, row, false)?.band, 'same')
})

test('a shared domain leaves the decision to the name', () => {
  const row = found('Port of Veldhaven', { domain: 'public.example', keys: ['d:public.example'] })
  assert.equal(scoreAccount(sought('City of Veldhaven', { domain: 'public.example' }), row, true), null)
  const own = scoreAccount(sought('Port of Veldhaven', { domain: 'public.example' }), row, true)
  assert.deepEqual([own?.band, own?.agrees.includes('shared_domain')], ['same', true])
})

test('the same name against another domain or number is a question', () => {
  const row = found('Kolibri Foods', { domain: 'kolibri.example', company_number: '1234567' })
  assert.equal(scoreAccount(sought('Kolibri Foods'), row, false)?.band, 'same')
  assert.equal(scoreAccount(sought('Kolibri Foods', { domain: 'kolibri-foods.example' }), row, false)?.band, 'review')
  assert.equal(scoreAccount(sought('Kolibri Foods', { numbers: numberKeys('7654321', 'DE').sought }), row, false)?.band, 'review')
})

test('a name finds its own keys however it is written, and keys stay few and short', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnoprstuvwäöüé'), minLength: 3, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const name = words.join(' ')
      const keys = accountKeys({ name, domains: ['www.firm.example', 'jo@gmail.com'] })
      const loud = accountKeys({ name: `${name.toUpperCase()} GmbH`, domains: ['firm.example'] })
      assert.deepEqual([...keys].sort(), [...loud].sort())
      assert.ok(keys.length <= 20 && keys.every((key) => key.length <= 64))
      assert.ok(keys.includes('d:firm.example') && !keys.includes('d:gmail.com'))
    }),
  )
})

test('a score stays between 0 and 1 and a name alone never decides over a border', () => {
  const name = fc.constantFrom('Nordwind Logistik', 'Nordwind', 'Nordwind Logistics', 'Südwind', 'Helvio Pharma', 'Helvio')
  const country = fc.constantFrom('DE', 'CH', null)
  fc.assert(
    fc.property(name, name, country, country, (ours, theirs, here, there) => {
      const scored = scoreAccount(sought(ours, { country: here }), found(theirs, { country: there }), false)
      if (scored === null) return
      assert.ok(scored.score > 0 && scored.score <= 1)
      if (here !== null && there !== null && here !== there) assert.equal(scored.band, 'review')
    }),
  )
})

test('the same digits in two countries are two company numbers', () => {
  const own = new Set(numberKeys('01234567', 'GB').own)
  assert.ok(numberKeys('1234567', 'GB').sought.some((key) => own.has(key)))
  assert.ok(!numberKeys('01234567', 'FI').sought.some((key) => own.has(key)))
  assert.ok(numberKeys('01234567', 'FI').sought.some((key) => numberKeys('01234567', null).own.includes(key)))
})
