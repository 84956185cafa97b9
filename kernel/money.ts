import * as z from 'zod'

// ISO 4217 as of 2026, and the codes retired since 2019 that older records still carry. Not Intl: V8 gives the forint, the rupiah
// and the Iraqi dinar no decimals at all, other engines give them two or three, and a stored amount must mean the same everywhere.
const CODES = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE
  CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES
  KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
  NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND
  TOP TRY TTD TWD TZS UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ANG BGN CUC HRK SLL ZWL`.split(
    /\s+/,
  ),
)
const EXPONENTS: Record<string, number> = { CLF: 4, UYW: 4 }
for (const code of 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ')) EXPONENTS[code] = 0
for (const code of 'BHD IQD JOD KWD LYD OMR TND'.split(' ')) EXPONENTS[code] = 3

/** An ISO 4217 code. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine((code) => CODES.has(code), 'is not an ISO 4217 currency code such as EUR')
  .meta({ examples: ['EUR', 'USD', 'JPY'] })

/** An amount in the currency's smallest unit: 1234 is 12.34 EUR, 1234 JPY, 1.234 KWD. */
export const AmountMinor = z.int()

/** How many units of one currency are paid for one of another, as a decimal text. */
export const Rate = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,18})?$/, 'must be a decimal such as 1.0842')
  .refine((rate) => /[1-9]/.test(rate), 'must be above zero')
  .meta({ examples: ['1.0842'] })

export const Money = z.object({ amount_minor: AmountMinor, currency: Currency })
export type Money = z.output<typeof Money>

/** Decimals of the currency's smallest unit, by ISO 4217. */
export function exponentOf(currency: string): number {
  if (!CODES.has(currency)) throw new RangeError(`'${currency}' is not an ISO 4217 currency code such as EUR`)
  return EXPONENTS[currency] ?? 2
}

/** The sum, or an error when it leaves the safe integers. */
export function sumMinor(amounts: number[]): number {
  return safe(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n))
}

/**
 * Splits an amount in the ratio of the weights, in whole units that sum to it (largest remainder; the earlier part wins a tie). A
 * negative amount splits as the mirror image of the positive one, so a reversal takes back exactly what was given.
 */
export function allocate(amount_minor: number, weights: (number | string)[]): number[] {
  const exact = weights.map((weight) => decimal(String(weight)))
  const places = Math.max(0, ...exact.map((weight) => weight.places))
  const shares = exact.map((weight) => weight.digits * 10n ** BigInt(places - weight.places))
  const whole = shares.reduce((sum, share) => sum + share, 0n)
  if (whole === 0n) throw new RangeError('weights: at least one must be above zero')
  const amount = BigInt(Math.abs(amount_minor))
  const parts = shares.map((share, index) => ({ index, part: (amount * share) / whole, rest: (amount * share) % whole }))
  let left = amount - parts.reduce((sum, { part }) => sum + part, 0n)
  for (const part of parts.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break
    part.part += 1n
    left -= 1n
  }
  return parts.map(({ part }) => (amount_minor < 0 && part > 0n ? -Number(part) : Number(part)))
}

/** The amount in another currency at `rate` units of `to` for one of `from`; exact, then rounded once, half to even. */
export function convert(amount_minor: number, from: string, to: string, rate: string): number {
  const { digits, places } = decimal(rate)
  return safe(divide(BigInt(amount_minor) * digits * 10n ** BigInt(exponentOf(to)), 10n ** BigInt(places + exponentOf(from))))
}

/** The plain decimal: 1234 minor units of EUR are `12.34`, of JPY `1234`. */
export function toDecimal(amount_minor: number, currency: string): string {
  return decimalText(BigInt(amount_minor), exponentOf(currency))
}

/** For people, in their language, always with the currency's own decimals. */
export function formatMoney(amount_minor: number, currency: string, locale = 'en'): string {
  // A cast because the type of format() wants a literal; it takes any decimal text and keeps every digit.
  return formatter(locale, currency).format(toDecimal(amount_minor, currency) as `${number}`)
}

/**
 * Reads what a person typed (`€ 1.234,5`, `1,234.50 EUR`, `١٬٢٣٤٫٥`) into minor units. The locale decides what a point means, so
 * `1.5` is refused in German instead of becoming fifteen.
 */
export function parseMoney(text: string, currency: string, locale = 'en'): number {
  const exponent = exponentOf(currency)
  const [group, point] = separators(text, locale, currency)
  const plain = currencyNames(currency, locale)
    .reduce<string>((rest, name) => rest.replace(name, ''), bare(text))
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .replace(/^\s*[-−]\s*/, '-')
    .trim()
  const shape = new RegExp(`^(-?)(\\d+|\\d{1,3}(?:[ ${group}]\\d{2,3})*[ ${group}]\\d{3})(?:[${point}](\\d+))?$`)
  const [, sign, whole, fraction = ''] = shape.exec(plain) ?? []
  if (whole === undefined)
    throw new RangeError(`'${text}' is not an amount; write it as ${formatMoney(123456789, currency, locale)}`)
  if (fraction.length > exponent) throw new RangeError(`'${text}' has more decimals than ${currency}, which has ${exponent}`)
  return safe(BigInt(sign + whole.replace(/\D/g, '') + fraction.padEnd(exponent, '0')))
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: string, currency: string, currencyDisplay: 'symbol' | 'narrowSymbol' = 'symbol'): Intl.NumberFormat {
  const key = `${locale} ${currency} ${currencyDisplay}`
  let found = formatters.get(key)
  if (!found) {
    const digits = exponentOf(currency)
    const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    found = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay, ...exact })
    formatters.set(key, found)
  }
  return found
}

function separators(text: string, locale: string, currency: string): string[] {
  if (/[٫٬]/.test(text)) return ['٬', '٫']
  const parts = formatter(locale, currency).formatToParts(-1234567.5)
  const find = (type: string) => bare(parts.find((part) => part.type === type)?.value ?? '')
  const point = find('decimal') || bare(Intl.NumberFormat(locale).format(0.5).charAt(1))
  return point === '٫' ? [',', '.'] : [find('group'), point]
}

function currencyNames(currency: string, locale: string): (string | RegExp)[] {
  const names = (['symbol', 'narrowSymbol'] as const).flatMap((display) =>
    formatter(locale, currency, display)
      .formatToParts(0)
      .filter((part) => part.type === 'currency'),
  )
  return [new RegExp(currency, 'i'), ...names.map((part) => bare(part.value)).sort((a, b) => b.length - a.length)]
}

/** One kind of space, apostrophe and digit width; no marks of direction. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, '')
    .replace(/\s/g, ' ')
    .replaceAll('’', "'")
}

/** A decimal text, or the shortest text of a number, as digits over a power of ten. */
export function decimal(text: string): { digits: bigint; places: number } {
  const [, whole = '', fraction = '', power = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? []
  if (whole === '') throw new RangeError(`'${text}' is not a decimal of zero or more, such as 1.0842`)
  const places = fraction.length - Number(power)
  return { digits: BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, -places)), places: Math.max(0, places) }
}

/** The plain text of digits over a power of ten, with every place. */
export function decimalText(digits: bigint, places: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  return `${digits < 0n ? '-' : ''}${whole}${places > 0 ? `.${text.slice(-places)}` : ''}`
}

/** Integer division, rounded half to even. */
export function divide(over: bigint, under: bigint): bigint {
  const quotient = over / under
  const twice = 2n * (over % under)
  const rest = twice < 0n ? -twice : twice
  const isUp = rest > under || (rest === under && quotient % 2n !== 0n)
  return isUp ? quotient + (over < 0n ? -1n : 1n) : quotient
}

function safe(amount: bigint): number {
  if (amount > Number.MAX_SAFE_INTEGER || amount < Number.MIN_SAFE_INTEGER)
    throw new RangeError(`the amount ${amount} is too large to store`)
  return Number(amount)
}
