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

/** Deals close towards the ends of the host's quarters and hardly in August. */
export function closingDay(random: Random, [from, to]: [number, number], end: string): number {
  for (;;) {
    const day = random.int(from, to)
    const date = new Date(Date.parse(end) - day * 86_400_000)
    const weight = date.getUTCMonth() === 7 ? 0.35 : date.getUTCMonth() % 3 === 0 && date.getUTCDate() > 12 ? 1 : 0.6
    if (random.next() < weight) return day
  }
}

/** What a registration that is not won is worth. */
export const amountOf = (random: Random): number =>
  (random.next() < 0.08 ? random.int(260, 620) : Math.round(18 + random.next() ** 2 * 220)) * 100_000
