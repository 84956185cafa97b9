import { exponentOf } from '../../kernel/money.ts'
import { i18next, isolated } from '../lang.ts'

/** The locale for figures and dates: the person's own region where the language agrees. */
export function locale(): string {
  const language = (i18next.language || 'en').slice(0, 2)
  if (language === 'ar') return 'ar-SA-u-nu-latn-ca-gregory'
  const own = navigator.languages.find((code) => code.slice(0, 2) === language && code.length > 2)
  return own ?? (language === 'en' ? 'en-GB' : language)
}

/** What stands between the members of a list. */
export const comma = (): string => (i18next.language === 'ar' ? '، ' : ', ')

/** Minor units as money for reading; whole amounts lose their zeros. */
export function moneyText(amountMinor: number, currency: string, options: Intl.NumberFormatOptions = {}): string {
  const digits = exponentOf(currency)
  const shown = amountMinor % 10 ** digits === 0 ? 0 : digits
  // Said in full: a browser has other decimals than those stored for some currencies, as none for the forint.
  const decimals = { minimumFractionDigits: options.notation ? 0 : shown, maximumFractionDigits: shown }
  return new Intl.NumberFormat(locale(), { style: 'currency', currency, ...decimals, ...options }).format(
    amountMinor / 10 ** digits,
  )
}

export const numberText = (value: number, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(locale(), options).format(value)

/** A decimal as it is stored, such as a rate, with its own number of places and the reader's marks. */
export function decimalText(text: string): string {
  const places = text.split('.')[1]?.length ?? 0
  // The text itself keeps every place; a number would not. The cast: it is a decimal by its schema.
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: places }).format(text as `${number}`)
}

/** What stands before the places of a decimal. */
export const decimalMark = (): string =>
  new Intl.NumberFormat(locale()).formatToParts(0.5).find((part) => part.type === 'decimal')?.value ?? '.'

/** Hundredths of a percent, with the sign where the language has it. */
export const percentText = (bps: number): string => numberText(bps / 10_000, { style: 'percent', maximumFractionDigits: 2 })

// Arabic's own medium date is digits only, which leave open what is the day and what the month.
const mediumDate = (): Intl.DateTimeFormatOptions =>
  i18next.language === 'ar' ? { day: 'numeric', month: 'short', year: 'numeric' } : { dateStyle: 'medium' }

/** A calendar day (`2026-11-22`) or a moment, without its time. */
export function dayText(value: string, style: 'medium' | 'long' | 'short' = 'medium'): string {
  const day = value.length === 10
  const shown = style === 'medium' ? mediumDate() : { dateStyle: style }
  const options: Intl.DateTimeFormatOptions = day ? { ...shown, timeZone: 'UTC' } : shown
  return new Intl.DateTimeFormat(locale(), options).format(new Date(day ? `${value}T00:00:00Z` : value))
}

export const monthText = (day: string, month: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale(), { month, year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day.slice(0, 7)}-01T00:00:00Z`),
  )

export function momentText(value: string): string {
  const date = mediumDate()
  const time = date.dateStyle ? ({ timeStyle: 'short' } as const) : ({ hour: 'numeric', minute: '2-digit' } as const)
  return new Intl.DateTimeFormat(locale(), { ...date, ...time }).format(new Date(value))
}

const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** How long ago or ahead, in words. */
export function agoText(value: string, now: number): string {
  const seconds = (new Date(value).getTime() - now) / 1000
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60]
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}

export const countryName = (code: string): string => {
  try {
    return new Intl.DisplayNames([locale()], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

/** Words side by side; each keeps its own direction, as a price or a name does in Arabic. */
export const dotted = (parts: (string | null | undefined | false)[]): string =>
  parts
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => isolated(String(part)))
    .join(' · ')
