import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { creditOpportunity, type Opportunity } from './opportunity.ts'
import type { Touch } from './touch.ts'
import type { TouchModel } from './touch-weights.ts'

const touch = (touch_id: string, channel: string, day: number, rest: Partial<Touch> = {}): Touch => ({
  touch_id,
  channel,
  type: 'demo',
  stage: null,
  at: new Date(Date.UTC(2026, 2, day, 12)).toISOString(),
  ...rest,
})

const amounts = (opportunity: Opportunity) => creditOpportunity(opportunity).credits.map(({ amount_minor }) => amount_minor)

const MODELS: TouchModel[] = [
  { model: 'first' },
  { model: 'last' },
  { model: 'linear' },
  { model: 'last-non-direct', direct: ['vendor-site'] },
  { model: 'position' },
  { model: 'w-shaped' },
  { model: 'time-decay' },
  { model: 'custom', weights: { demo: { lead: 3, '*': 1 }, '*': { '*': 0.5 } } },
  { model: 'channel-weights', weights: { alpha: 0.7, beta: 0.2 }, source: 'Markov chain of the quarter' },
  {
    model: 'rules',
    rules: [
      { label: 'registration', types: ['registration'], pick: 'first', weight: 50 },
      { label: 'everything else', weight: 50 },
    ],
  },
]

const anyTouch: fc.Arbitrary<Omit<Touch, 'touch_id'>> = fc.record({
  channel: fc.constantFrom('alpha', 'beta', 'gamma', 'vendor-site'),
  type: fc.constantFrom('demo', 'registration', 'intro'),
  stage: fc.constantFrom(null, 'lead', 'opportunity', 'proposal'),
  at: fc.integer({ min: 0, max: 60 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString()),
})
const touches = fc.array(anyTouch, { maxLength: 8 }).map((list) => list.map((each, i) => ({ ...each, touch_id: `t${i}` })))
const unit = fc.constantFrom(0, 0.1, 0.25, 1 / 3, 0.5, 1)

for (const model of MODELS) {
  test(`credits, vendor and uncredited part sum to the amount, and each credit explains itself: ${model.model}`, () => {
    fc.assert(
      fc.property(
        touches,
        fc.integer({ min: -1e9, max: 1e12 }),
        unit,
        fc.record({ touch: unit, channel: unit }),
        (list, amount_minor, vendor_share, caps) => {
          const result = creditOpportunity({ amount_minor, touches: list, model, vendor_share, caps })
          const credited = result.credits.reduce((sum, credit) => sum + credit.amount_minor, 0)
          assert.equal(credited + result.vendor_minor + result.uncredited_minor, amount_minor)
          assert.ok(Math.abs(result.vendor_minor - amount_minor * vendor_share) < 1)
          assert.equal(result.credits.length, list.length)
          for (const credit of result.credits) {
            assert.ok(credit.because.length >= 2 && credit.because.every((sentence) => sentence.length > 5))
            assert.ok(credit.pool_share <= caps.touch + 1e-9)
            assert.ok(Math.sign(credit.amount_minor) * Math.sign(amount_minor) >= 0)
          }
        },
      ),
    )
  })

  test(`the order in which touches are given does not matter: ${model.model}`, () => {
    fc.assert(
      fc.property(touches, fc.nat(1e9), (list, amount_minor) => {
        const given = creditOpportunity({ amount_minor, touches: list, model })
        assert.deepEqual(creditOpportunity({ amount_minor, touches: list.toReversed(), model }), given)
      }),
    )
  })
}

// Adobe, "Marketo Measure attribution models": first touch, lead creation and opportunity creation 30 % each, 10 % to the rest.
test('w-shaped gives 30 % to each milestone and shares 10 % among the others', () => {
  const list = [
    touch('ad', 'a', 1),
    touch('mail', 'b', 2),
    touch('form', 'c', 3, { stage: 'lead' }),
    touch('call', 'd', 4),
    touch('price', 'e', 5, { stage: 'opportunity' }),
  ]
  assert.deepEqual(amounts({ amount_minor: 1000, touches: list, model: { model: 'w-shaped' } }), [300, 50, 300, 50, 300])
  // The first touch made the lead: its weights add; nobody else remains, so 30 + 30 and 30 are scaled to the whole.
  const short = [touch('form', 'c', 3, { stage: 'lead' }), touch('price', 'e', 5, { stage: 'opportunity' })]
  assert.deepEqual(amounts({ amount_minor: 900, touches: short, model: { model: 'w-shaped' } }), [600, 300])
})

test('time decay halves per half-life of days, custom weights follow type and stage', () => {
  const list = [touch('a', 'x', 1), touch('b', 'y', 8), touch('c', 'z', 15, { type: 'intro', stage: 'lead' })]
  assert.deepEqual(amounts({ amount_minor: 700, touches: list, model: { model: 'time-decay' } }), [100, 200, 400])
  const custom = { model: 'custom', weights: { demo: { '*': 1 }, intro: { lead: 6 } } } as const
  assert.deepEqual(amounts({ amount_minor: 800, touches: list, model: custom }), [100, 100, 600])
})

test('rules take touches in order, an idle rule leaves its weight to the others', () => {
  const list = [
    touch('a', 'x', 1, { type: 'registration' }),
    touch('b', 'y', 2, { type: 'registration' }),
    touch('c', 'z', 3),
    touch('d', 'z', 4),
  ]
  const rules = [
    { label: 'registration', types: ['registration'], pick: 'first', weight: 40 },
    { label: 'delivery', types: ['delivery'], weight: 100 },
    { label: 'demos', types: ['demo'], weight: 40 },
  ] as const
  const { credits } = creditOpportunity({ amount_minor: 1000, touches: list, model: { model: 'rules', rules } })
  assert.deepEqual(
    credits.map(({ amount_minor }) => amount_minor),
    [500, 0, 250, 250],
  )
  assert.match(credits[1]?.because[0] ?? '', /no rule takes this touch/)
  assert.match(credits[2]?.because[0] ?? '', /rule "demos": weight 40, shared by 2 touches/)
})

test('a cap passes the surplus to the others and says so', () => {
  const list = [touch('a', 'x', 1), touch('b', 'y', 2, { cap: 0.1 }), touch('c', 'z', 3)]
  const { credits, uncredited_minor } = creditOpportunity({ amount_minor: 1000, touches: list, model: { model: 'position' } })
  assert.deepEqual(
    credits.map(({ amount_minor }) => amount_minor),
    [450, 100, 450],
  )
  assert.equal(uncredited_minor, 0)
  assert.match(
    credits[1]?.because.join('; ') ?? '',
    /one of 1 middle touches that share weight 20; 20 % .*; cut to 10 % by a cap/,
  )
  assert.match(credits[0]?.because.join('; ') ?? '', /raised to 45 %/)
  const all = creditOpportunity({ amount_minor: 1000, touches: list, model: { model: 'linear' }, caps: { channel: 0.2 } })
  assert.deepEqual([all.credits.map(({ amount_minor }) => amount_minor), all.uncredited_minor], [[200, 100, 200], 500])
})

test('touches outside the rules are left out with their reason and the rest share the amount', () => {
  const list = [
    touch('early', 'x', 1),
    touch('a', 'x', 10),
    touch('again', 'x', 10, { at: '2026-03-10T18:00:00Z' }),
    touch('overlap', 'y', 11, { type: 'overlap' }),
    touch('disputed', 'y', 12, { barred: 'disputed since 2026-03-13' }),
    touch('b', 'z', 13),
    touch('late', 'z', 30),
  ]
  const eligibility = { from: '2026-03-05T00:00:00Z', until: '2026-03-20T00:00:00Z', types: ['demo'], once_a_day: true }
  const result = creditOpportunity({
    amount_minor: 1001,
    touches: list,
    model: { model: 'linear' },
    eligibility,
    vendor_share: 0.3,
  })
  assert.deepEqual(
    result.credits.map(({ touch_id, amount_minor }) => [touch_id, amount_minor]),
    [
      ['a', 351],
      ['b', 350],
    ],
  )
  assert.equal(result.vendor_minor, 300)
  assert.deepEqual(
    result.excluded.map(({ touch_id }) => touch_id),
    ['early', 'again', 'overlap', 'disputed', 'late'],
  )
  const because = Object.fromEntries(result.excluded.map((each) => [each.touch_id, each.because]))
  assert.match(because.early ?? '', /before the window/)
  assert.match(because.again ?? '', /repeats touch a of the same day/)
  assert.match(because.overlap ?? '', /type overlap/)
  assert.equal(because.disputed, 'disputed since 2026-03-13')
  assert.match(because.late ?? '', /after the window/)
})

test('without an eligible touch the pool stays uncredited', () => {
  const result = creditOpportunity({ amount_minor: 999, touches: [], model: { model: 'linear' }, vendor_share: 0.5 })
  assert.deepEqual(result, { credits: [], vendor_minor: 499, uncredited_minor: 500, excluded: [] })
})

test('impossible input is refused with the touch or the parameter', () => {
  const refused = (rest: Partial<Opportunity>, message: RegExp) => {
    assert.throws(
      () =>
        creditOpportunity({
          amount_minor: 100,
          touches: [touch('a', 'x', 1), touch('b', 'y', 2)],
          model: { model: 'linear' },
          ...rest,
        }),
      message,
    )
  }
  refused({ touches: [touch('a', 'x', 1), touch('a', 'y', 2)] }, /touch a is given twice/)
  refused({ touches: [touch('a', 'x', 1, { at: '2026-03-01' })] }, /touch a: "2026-03-01" is no ISO 8601 time with a zone/)
  refused({ touches: [touch('a', 'x', 1, { cap: 2 })] }, /touch a: cap 2/)
  refused({ vendor_share: 1.1 }, /vendor_share 1.1 is not between 0 and 1/)
  refused({ caps: { touch: Number.NaN } }, /caps.touch NaN/)
  refused({ amount_minor: 0.5 }, /amount 0.5/)
  refused({ model: { model: 'w-shaped', weights: [1, 2] } }, /2 weights for 2 milestones/)
  refused({ model: { model: 'custom', weights: { '*': { '*': -1 } } } }, /custom weight of demo: weight -1/)
  refused({ model: { model: 'rules', rules: [] } }, /at least one rule/)
})
