import { dayBefore, momentOf, type StoryTools, type Thread, workedLater } from '../story.ts'
import { registered } from './story-deal.ts'
import { calendarOf } from './story-sale.ts'

// Prices that wait beside D3 and D7, and ten drafts.
const PRICES = [
  ['astrid@kvarnholm.example', 'SE', 'Sundvik Papper AB', 'sundvik-papper.example', 7, 500],
  ['chiara@delmare.example', 'IT', 'Acquasanta Vetri S.p.A.', 'acquasanta-vetri.example', 3, 1100],
] as const

async function* price({ as, end }: StoryTools, [who, country, customer, site, hours, bps]: (typeof PRICES)[number]): Thread {
  const at = workedLater(calendarOf(country), end, -hours)
  const fields = { customer, account_domain: site, country, product: 'guard', amount_minor: 7_400_000, currency: 'EUR' }
  yield* registered(as(who), at, { days: 70, note: 'Offer discussed', ...fields, discount_asked_bps: bps })
}

const DRAFTS: [who: string, country: string, customer: string][] = [
  ['pat', 'NL', 'Waterland Zuivel'],
  ['pat', 'DE', 'Hafenwerk Kiel'],
  ['rivka', 'DE', 'Silbersee Energie'],
  ['arjun', 'GB', 'Copthorne Rail'],
  ['lucia', 'ES', 'Almendra Foods'],
  ['nils', 'NO', 'Fjellvik Timber'],
  ['amira', 'SA', 'Qasr Retail'],
  ['mei', 'US', 'Bitterroot Health'],
  ['haruka', 'JP', 'Minami Optics'],
  ['josh', 'AU', 'Wirra Dairy'],
]

async function* draft({ as, end }: StoryTools, [who, country, customer]: (typeof DRAFTS)[number], i: number): Thread {
  const calendar = calendarOf(country)
  yield momentOf(calendar, dayBefore(calendar, end, 1 + (i % 6)), 0.1 + i * 0.08)
  await as(who).deals.save_draft({ customer, country, product: i % 2 === 0 ? 'flow' : 'guard' })
}

/** What waits in some inboxes beside the deals with names. */
export const waiting = (tools: StoryTools): Thread[] => [
  ...PRICES.map((one) => price(tools, one)),
  ...DRAFTS.map((one, i) => draft(tools, one, i)),
]
