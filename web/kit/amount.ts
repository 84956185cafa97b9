import { exponentOf } from '../../kernel/money.ts'
import { locale, numberText } from './locale.ts'

function separators(code: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(code).formatToParts(12_345.6)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return { group: of('group'), decimal: of('decimal') || '.' }
}

const inLatin = (text: string) => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))

/** Hundredths of a percent of what a person typed: `12.5`, `12,5`, `12 %`; null where it is no share. */
export function parsePercent(text: string): number | null {
  const plain = inLatin(text)
    .replace(/[\s%٪]/g, '')
    .replace(/[,٫]/, '.')
  return /^\d+(\.\d*)?$/.test(plain) ? Math.round(Number(plain) * 100) : null
}

/** Minor units of what a person typed: `184,000`, `184.000,50`, `184k`, `1.1m`; null where it is no amount. */
export function parseAmount(text: string, currency: string, code = locale()): number | null {
  const latin = inLatin(text)
  const [, body = '', factor = ''] =
    /^([\d.,'’٫٬\s]+)([km]?)$/i.exec(
      latin
        .trim()
        .replace(/[€$£¥]/g, '')
        .trim(),
    ) ?? []
  if (!body.trim()) return null
  const { decimal } = separators(code)
  const plain = body.replace(/[\s'’٬]/g, '').replace('٫', '.')
  const marks = plain.replace(/\d/g, '')
  const last = marks.at(-1)
  // A lone mark followed by three digits groups thousands, unless it is the reader's decimal mark after a factor.
  const isDecimal =
    last !== undefined &&
    (new Set(marks).size > 1 || (marks.length === 1 && (!/[.,]\d{3}$/.test(plain) || (Boolean(factor) && last === decimal))))
  const at = isDecimal ? plain.lastIndexOf(last) : -1
  const whole = (at < 0 ? plain : plain.slice(0, at)).replace(/[.,]/g, '')
  const value = Number(`${whole || '0'}.${at < 0 ? '0' : plain.slice(at + 1) || '0'}`)
  const times = { k: 1000, m: 1_000_000 }[factor.toLowerCase()] ?? 1
  const minor = Math.round(value * times * 10 ** exponentOf(currency))
  return Number.isSafeInteger(minor) ? minor : null
}

/** A percentage as it stands in its field, which has its sign beside it. */
export const percentTyped = (bps: number): string => numberText(bps / 100, { maximumFractionDigits: 2 })

/** The amount as it stands in its field after typing. */
export function amountText(minor: number, currency: string): string {
  const digits = exponentOf(currency)
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(minor / 10 ** digits)
}
