import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shapleyValue } from './shapley-value.ts'
import { type ChannelCredit, creditPaths } from './tally.ts'

const conversions = (credits: ChannelCredit[]) =>
  Object.fromEntries(credits.map(({ channel, conversions }) => [channel, conversions]))

function assertCredits(credits: ChannelCredit[], expected: Record<string, number>, tolerance = 1e-12): void {
  const got = conversions(credits)
  assert.deepEqual(Object.keys(got).sort(), Object.keys(expected).sort())
  for (const [channel, credit] of Object.entries(expected)) {
    assert.ok(Math.abs((got[channel] ?? Number.NaN) - credit) <= tolerance, `${channel}: ${got[channel]} instead of ${credit}`)
  }
}

// analyzecore.com, 2016-08-03, "Marketing Multi-Channel Attribution model with R (part 1)".
test('first-order Markov credits of the analyzecore example are .2, .4, .4', () => {
  const rows = [
    { path: ['C1', 'C2', 'C3'], conversions: 1 },
    { path: ['C1'], conversions: 0, nulls: 1 },
    { path: ['C2', 'C3'], conversions: 0, nulls: 1 },
  ]
  assertCredits(creditPaths(rows, { model: 'markov' }), { C1: 0.2, C2: 0.4, C3: 0.4 })
  assertCredits(creditPaths(rows, { model: 'first' }), { C1: 1, C2: 0, C3: 0 })
  assertCredits(creditPaths(rows, { model: 'last' }), { C1: 0, C2: 0, C3: 1 })
  assertCredits(creditPaths(rows, { model: 'linear' }), { C1: 1 / 3, C2: 1 / 3, C3: 1 / 3 })
})

// Altomare and Loris, "Markov Model for the Online Multichannel Attribution Problem" (vignette of ChannelAttribution, 2016):
// with B removed half of the conversions remain, with A removed none.
test('the self-loops of the ChannelAttribution vignette leave removal effects 1 and .5', () => {
  const rows = ['ABABBA', 'ABBAA', 'AA'].map((path) => ({ path: [...path] }))
  assertCredits(creditPaths(rows, { model: 'markov' }), { A: 2, B: 1 })
})

// serhiipuzyrov.com, 2019-07, "Markov Chain Attribution – simple explanation of removal effect": transition probabilities as printed
// there (start to ads .8, ads to conversion .5, to mailing .25, to null .25) give removal effects .75 and .5.
test('the Puzyrov example shares its four conversions 2.4 to 1.6', () => {
  const rows = [
    { path: ['google ads'], conversions: 2, nulls: 1 },
    { path: ['mailing'], conversions: 1 },
    { path: ['google ads', 'mailing'], conversions: 1 },
  ]
  assertCredits(creditPaths(rows, { model: 'markov' }), { 'google ads': 2.4, mailing: 1.6 })
})

// towardsdatascience.com, "Data-Driven Marketing Attribution", recomputed in github.com/tomgorb/misc: F .455, O .205, L .34.
test('the Shapley credits of the Facebook, Organic, LinkedIn example are .455, .205, .34', () => {
  const rows = [
    { path: ['F'], conversions: 0.2 },
    { path: ['O'], conversions: 0.1 },
    { path: ['L'], conversions: 0.17 },
    { path: ['O', 'F'], conversions: 0.17 },
    { path: ['L', 'F'], conversions: 0.3 },
    { path: ['F', 'O', 'L'], conversions: 0.06 },
  ]
  assertCredits(creditPaths(rows, { model: 'shapley' }), { F: 0.455, O: 0.205, L: 0.34 })
})

// Littlechild and Owen 1973; the numbers as printed in Wikipedia "Airport problem" and math.stackexchange 4152535.
test('the Shapley values of two published airport games are reproduced', () => {
  const airport = (costs: number[]) =>
    shapleyValue(costs.length, (members) => Math.max(0, ...costs.filter((_, i) => members[i] === 1))).values
  const close = (values: number[], expected: number[]) =>
    values.forEach((value, i) => assert.ok(Math.abs(value - (expected[i] ?? Number.NaN)) < 1e-9))
  close(airport([8, 11, 13, 18]), [2, 3, 4, 9])
  close(
    airport([40, 50, 60, 70, 80, 90]),
    [40, 52, 67, 87, 117, 177].map((sixths) => sixths / 6),
  )
})

// ignyteiq.com glossary "Time-Decay Attribution": touches 28, 14, 7 and 0 days before with a half-life of 7 have raw weights .0625, .25,
// .5, 1 (the page's rounded percentages 3, 13, 27, 53 are these over about 1.88; their sum is 1.8125).
test('time decay by days weighs .0625, .25, .5, 1 as the published four-touch path', () => {
  const rows = [{ path: ['d28', 'd14', 'd7', 'd0'], days: [0, 14, 21, 28] }]
  const expected = { d28: 0.0625, d14: 0.25, d7: 0.5, d0: 1 }
  assertCredits(
    creditPaths(rows, { model: 'time-decay' }),
    Object.fromEntries(Object.entries(expected).map(([k, v]) => [k, v / 1.8125])),
  )
})

test('position credits 40/20/40, halves of two touches and all of one', () => {
  assertCredits(creditPaths([{ path: ['a', 'b', 'c', 'd'] }], { model: 'position' }), { a: 0.4, b: 0.1, c: 0.1, d: 0.4 })
  assertCredits(creditPaths([{ path: ['a', 'b'] }], { model: 'position', weights: [10, 20, 70] }), { a: 0.5, b: 0.5 })
  assertCredits(creditPaths([{ path: ['a'] }], { model: 'position' }), { a: 1 })
  assertCredits(creditPaths([{ path: ['a', 'b', 'c'] }], { model: 'position', weights: [1, 2, 1] }), { a: 0.25, b: 0.5, c: 0.25 })
})
