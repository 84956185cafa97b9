import { decimal, decimalText, divide } from '../../kernel/money.ts'

const RATE_DIGITS = 18

/** A currency held to another by decree: `{currency: 'SAR', anchor: 'USD', rate: '3.75'}` is 3.75 SAR for 1 USD. */
export interface Peg {
  currency: string
  anchor: string
  rate: string
}

/** The rate from one currency to another out of rates against one base, to 18 significant digits, half to even. */
export function crossRate(rates: Record<string, string>, from: string, to: string, base = 'EUR'): string {
  const [per_from, per_to] = [from, to].map((currency) => {
    const rate = currency === base ? '1' : rates[currency]
    if (rate === undefined)
      throw new RangeError(`there is no rate for ${currency} against ${base}; enter one by hand or as a peg`)
    if (!/[1-9]/.test(rate)) throw new RangeError(`the rate of ${currency} against ${base} is '${rate}'; it must be above zero`)
    return decimal(rate)
  })
  if (!per_from || !per_to) return '1'
  const over = per_to.digits * 10n ** BigInt(per_from.places)
  const under = per_from.digits * 10n ** BigInt(per_to.places)
  const whole = (over / under).toString()
  const places = whole === '0' ? RATE_DIGITS + (under / over).toString().length - 1 : Math.max(0, RATE_DIGITS - whole.length)
  const text = decimalText(divide(over * 10n ** BigInt(places), under), places)
  return places > 0 ? text.replace(/\.?0+$/, '') : text
}

/** Rates against one base, with those of pegged currencies reckoned from their anchors; a rate already there is kept. */
export function withPegs(rates: Record<string, string>, pegs: Peg[], base = 'EUR'): Record<string, string> {
  const all = { ...rates }
  // A peg may hang on another peg: as many rounds as there are pegs reach every chain.
  for (let round = 0; round < pegs.length; round += 1) {
    for (const { currency, anchor, rate } of pegs) {
      const anchored = anchor === base ? '1' : all[anchor]
      if (all[currency] !== undefined || currency === base || anchored === undefined) continue
      const [a, b] = [decimal(anchored), decimal(rate)]
      all[currency] = decimalText(a.digits * b.digits, a.places + b.places)
    }
  }
  return all
}
