import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createIndex } from './create-index.ts'
import { dedupeFirms } from './dedupe-firms.ts'
import type { FirmRecord } from './firm.ts'
import type { LinkedPair } from './link-firms.ts'
import { linkFirms } from './link-firms.ts'

const heads = [
  'Acme',
  'Acne',
  'Northwind',
  'North Wind',
  'Müller',
  'Mueller',
  'Contoso',
  'First',
  'United',
  'Labcorp',
  'Laboratory',
]
const tails = [
  'Steel',
  'Energy',
  'Energy Partners',
  'Bank',
  'Corp of America',
  'II',
  'III',
  'Group',
  '',
  'International',
  'Holdings',
]
const forms = ['', ' Inc', ' GmbH', ' LP', ' Ltd']
const name = fc
  .tuple(fc.constantFrom(...heads), fc.constantFrom(...tails), fc.constantFrom(...forms))
  .map(([a, b, c]) => `${a} ${b}${c}`)
const firm: fc.Arbitrary<FirmRecord> = fc.record({
  name,
  domain: fc.constantFrom(null, null, 'acme.com', 'https://www.northwind.co.uk', 'jo@gmail.com'),
  country: fc.constantFrom(null, 'DE', 'United States', 'GB'),
  city: fc.constantFrom(null, 'Berlin', 'Boston'),
  address: fc.constantFrom(null, '12 Main St', '12 Main Street', '99 Elm Ave.'),
})
const list = fc.array(firm, { minLength: 1, maxLength: 8 })

function shape(pairs: LinkedPair[], flip = false): string[] {
  return pairs
    .map(({ left, right, score, band }) => `${flip ? `${right} ${left}` : `${left} ${right}`} ${band} ${score.toFixed(9)}`)
    .sort()
}

test('linking with many partners is symmetric', () => {
  fc.assert(
    fc.property(list, list, (a, b) =>
      assert.deepEqual(shape(linkFirms(a, b, { many: true })), shape(linkFirms(b, a, { many: true }), true)),
    ),
    { numRuns: 500 },
  )
})

test('adding an unrelated record changes no pair', () => {
  const stranger: FirmRecord = { name: 'Zyxwvut Quokka', domain: 'quokka.example.org', country: 'PE', city: 'Lima' }
  fc.assert(
    fc.property(list, list, fc.boolean(), (a, b, many) => {
      const before = shape(linkFirms(a, b, { many }))
      assert.deepEqual(shape(linkFirms([...a, stranger], b, { many })), before)
      assert.deepEqual(shape(linkFirms(a, [...b, stranger], { many })), before)
      const clusters = dedupeFirms(a).map(({ cluster }) => cluster)
      assert.deepEqual(
        dedupeFirms([...a, stranger])
          .map(({ cluster }) => cluster)
          .slice(0, -1),
        clusters,
      )
    }),
    { numRuns: 200 },
  )
})

test('the order of rows changes no pair and no cluster', () => {
  fc.assert(
    fc.property(list, list, (a, b) => {
      const flipped = linkFirms(a.toReversed(), b, { many: true }).map((pair) => ({ ...pair, left: a.length - 1 - pair.left }))
      assert.deepEqual(shape(flipped), shape(linkFirms(a, b, { many: true })))
    }),
    { numRuns: 200 },
  )
})

test('an index changed in place answers like one built anew', () => {
  fc.assert(
    fc.property(list, list, firm, (kept, gone, asked) => {
      const index = createIndex(gone.map((record, i) => [`gone ${i}`, record] as const))
      for (const [i, record] of kept.entries()) index.put(`kept ${i}`, gone[0] ?? record)
      for (const [i, record] of kept.entries()) index.put(`kept ${i}`, record)
      for (const i of gone.keys()) assert.ok(index.remove(`gone ${i}`))
      assert.equal(index.remove('gone 0'), false)
      const fresh = createIndex(kept.map((record, i) => [`kept ${i}`, record] as const))
      assert.equal(index.size(), kept.length)
      const byId = (matches: { id: string; score: number }[]) =>
        matches.map(({ id, score }) => `${id} ${score.toFixed(9)}`).sort()
      assert.deepEqual(byId(index.lookup(asked, 100)), byId(fresh.lookup(asked, 100)))
    }),
    { numRuns: 200 },
  )
})

test('a look-up judges a pair as linking does', () => {
  const right = [
    'Verizon Communications Inc',
    'Hartford Financial Services Group',
    'Hartford Great Health Corp',
    'Siemens Healthineers AG',
  ].map((n) => ({ name: n }))
  const index = createIndex(right.map((record, i) => [`${i}`, record] as const))
  for (const asked of ['Verizon', 'Hartford', 'Siemens', 'Verizon Communications']) {
    const linked = linkFirms([{ name: asked }], right, { many: true })
    const looked = index.lookup({ name: asked })
    if (asked === 'Verizon Communications') assert.equal(looked[0]?.band, 'same')
    for (const { right: row, score } of linked)
      assert.ok(Math.abs((looked.find(({ id }) => id === `${row}`)?.score ?? 0) - score) < 1e-9, asked)
  }
})

test('numbers, domains, countries and parents speak for or against a pair, and say so', () => {
  const verdict = (a: FirmRecord, b: FirmRecord) => linkFirms([a], [b], { many: true })[0]
  assert.equal(verdict({ name: 'Acme', number: 'DE136695976' }, { name: 'Other Name', number: 'DE 136 695 976' })?.band, 'same')
  assert.equal(verdict({ name: 'Alphabet', domain: 'abc.xyz' }, { name: 'Google', domain: 'www.abc.xyz' })?.band, 'review')
  assert.equal(verdict({ name: 'Acme', country: 'DE' }, { name: 'Acme', country: 'US' })?.band, 'review')
  assert.equal(verdict({ name: 'Acme Tools', parent: 'Acme' }, { name: 'Acme' }), undefined)
  assert.notEqual(verdict({ name: 'Acme Fund II' }, { name: 'Acme Fund III' })?.band, 'same')
  const reasons = verdict({ name: 'Acme GmbH', domain: 'acme.de' }, { name: 'ACME AG', domain: 'acme.de' })?.reasons
  assert.deepEqual(reasons, ['domain same', 'same name', 'legal form differs: ag / gmbh'])
  assert.equal(verdict({ name: 'Fleetcor Technologies' }, { name: 'Corpay (formerly Fleetcor Technologies Inc)' })?.band, 'same')
})
