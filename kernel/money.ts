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

export const isCurrency = (code: string): boolean => CODES.has(code)

/** Decimals of the currency's smallest unit, by ISO 4217. */
export function exponentOf(currency: string): number {
  if (!CODES.has(currency)) throw new RangeError(`'${currency}' is not an ISO 4217 currency code such as EUR`)
  return EXPONENTS[currency] ?? 2
}

/** The amount in another currency at `rate` units of `to` for one of `from`; exact, then rounded once, half to even. */
export function convert(amount_minor: number, from: string, to: string, rate: string): number {
  const { digits, places } = decimal(rate)
  return safe(divide(BigInt(amount_minor) * digits * 10n ** BigInt(exponentOf(to)), 10n ** BigInt(places + exponentOf(from))))
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
