import { exponentOf } from '../../kernel/money.ts'
import { PLAN } from '../ecosystems/demo.ts'
import type { Random } from '../story.ts'

/** The amount in the currency of a country, at the plan rate. */
export function localAmount(eur_minor: number, country: string): { amount_minor: number; currency: string } {
  const currencies: Record<string, keyof typeof PLAN> = {
    US: 'USD',
    GB: 'GBP',
    CH: 'CHF',
    NO: 'NOK',
    SA: 'SAR',
    JP: 'JPY',
    AU: 'AUD',
  }
  const currency = currencies[country]
  if (!currency) return { amount_minor: eur_minor, currency: 'EUR' }
  const scale = 10 ** (exponentOf(currency) - 2)
  return { amount_minor: Math.max(2, Math.round(eur_minor * Number(PLAN[currency]) * scale)), currency }
}

/** Amounts of one firm's wins that sum up to the cent. */
export function spread(random: Random, count: number, total: number): number[] {
  const weights = Array.from({ length: count }, () => 0.45 + random.next() * 1.1)
  const sum = weights.reduce((a, b) => a + b, 0)
  const amounts = weights.map((weight) => Math.round((total * weight) / sum / 1000) * 1000)
  amounts[0] = (amounts[0] ?? 0) + total - amounts.reduce((a, b) => a + b, 0)
  return amounts
}

const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
/** Ramadan, and the feast after it. */
function isRamadan(date: Date): boolean {
  const parts = hijri.formatToParts(date)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return part('month') === 9 || (part('month') === 10 && part('day') <= 6)
}

// Offices in Japan stay closed for days, though the first alone is a holiday by law; whoever shifts back a weekend stays out of it.
const isJapansNewYear = (date: Date): boolean =>
  date.getUTCMonth() === 11 ? date.getUTCDate() >= 28 : date.getUTCMonth() === 0 && date.getUTCDate() <= 6

// Two people left Lakehurst then, and since hardly anything closes in America.
const LEAVERS = 60

// How likely a deal closes there on such a day: towards the ends of the host's quarters, hardly in August.
function weightOf(date: Date, day: number, country: string): number {
  if (country === 'JP' && isJapansNewYear(date)) return 0
  if (country === 'SA' && isRamadan(date)) return 0
  if (country === 'US' && day <= LEAVERS) return 0.01
  if (date.getUTCMonth() === 7) return country === 'JP' || country === 'AU' ? 0.3 : 0.1
  return date.getUTCMonth() % 3 === 0 && date.getUTCDate() > 12 ? 1 : 0.5
}

/** On which of these days before the end a deal of this country closes, as its seasons have it. */
export function closingDay(
  random: Random,
  [from, to]: [number, number],
  { end, country }: { end: string; country: string },
): number {
  for (;;) {
    const day = random.int(from, to)
    if (random.next() < weightOf(new Date(Date.parse(end) - day * 86_400_000), day, country)) return day
  }
}

/** What a registration that is not won is worth. */
export const amountOf = (random: Random): number =>
  (random.next() < 0.08 ? random.int(260, 620) : Math.round(18 + random.next() ** 2 * 220)) * 100_000
