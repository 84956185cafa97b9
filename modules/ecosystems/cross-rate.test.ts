import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { convert } from '../../kernel/money.ts'
import { crossRate, withPegs } from './cross-rate.ts'

const amount = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 })

test('there and back through a cross rate returns the amount', () => {
  const rates = { USD: '1.0842', JPY: '162.35', KWD: '0.3331', CHF: '0.95' }
  const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CHF')
  fc.assert(
    fc.property(amount, currency, currency, (minor, from, to) => {
      const there = convert(minor, from, to, crossRate(rates, from, to))
      const back = convert(there, to, from, crossRate(rates, to, from))
      // One unit of the coarser currency, seen in the finer one, is what a single rounding may move; half of it here, half back.
      const unit = convert(1, to, from, crossRate(rates, to, from)) + 1
      assert.ok(Math.abs(back - minor) <= unit, `${minor} ${from} → ${there} ${to} → ${back}`)
    }),
  )
})

test('triangulation divides exactly to 18 significant digits and names the missing rate', () => {
  const rates = { USD: '1.08', GBP: '0.85', JPY: '162', IDR: '17000' }
  assert.equal(crossRate(rates, 'EUR', 'USD'), '1.08')
  assert.equal(crossRate(rates, 'USD', 'USD'), '1')
  assert.equal(crossRate(rates, 'JPY', 'JPY'), '1')
  assert.equal(crossRate(rates, 'USD', 'GBP'), '0.787037037037037037')
  assert.equal(crossRate(rates, 'USD', 'JPY'), '150')
  assert.equal(crossRate(rates, 'IDR', 'GBP'), '0.00005')
  assert.equal(crossRate(rates, 'IDR', 'USD'), '0.0000635294117647058824')
  assert.throws(() => crossRate(rates, 'SAR', 'EUR'), /no rate for SAR against EUR; enter one by hand or as a peg/)
  assert.throws(() => crossRate({ USD: '0' }, 'USD', 'EUR'), /must be above zero/)
})

test('pegs fill what a rate file lacks, in chains and in any order, and never replace a rate', () => {
  const sar = { currency: 'SAR', anchor: 'USD', rate: '3.75' }
  const filled = withPegs({ USD: '1.08' }, [{ currency: 'AED', anchor: 'SAR', rate: '0.98' }, sar])
  assert.deepEqual(filled, { USD: '1.08', SAR: '4.0500', AED: '3.969000' })
  assert.equal(withPegs({ USD: '1.08', SAR: '4.05' }, [sar]).SAR, '4.05')
  assert.equal(withPegs({}, [{ currency: 'BAM', anchor: 'EUR', rate: '1.95583' }]).BAM, '1.95583')
  assert.deepEqual(withPegs({}, [sar]), {}, 'a peg without its anchor gives nothing')
  assert.equal(convert(37_500, 'SAR', 'EUR', crossRate(filled, 'SAR', 'EUR')), 9259)
})
