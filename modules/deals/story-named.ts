import { addWorkingDays, isWorkingDay, localDate, startOfDay } from '../../kernel/calendar.ts'
import type { RawInput } from '../../kernel/contract.ts'
import { addDays } from '../../kernel/dates.ts'
import { dayBefore, daysLater, momentOf, type StoryTools, type Thread, workedLater } from '../story.ts'
import type { register } from './contract.ts'
import { calendarOf } from './story-sale.ts'

type Registration = RawInput<typeof register>

const [NL, ES, NO, US, JP, AU] = ['NL', 'ES', 'NO', 'US', 'JP', 'AU'].map(calendarOf) as [
  ReturnType<typeof calendarOf>,
  ReturnType<typeof calendarOf>,
  ReturnType<typeof calendarOf>,
  ReturnType<typeof calendarOf>,
  ReturnType<typeof calendarOf>,
  ReturnType<typeof calendarOf>,
]

const met = (at: string, note: string) => ({
  evidence_on: daysLater(at, -4).slice(0, 10),
  evidence_kind: 'meeting' as const,
  evidence_note: note,
})

/** A registration with a contact four days earlier, closing so many days on. */
export const dealOf = (at: string, days: number, note: string, fields: Omit<Registration, 'closes_on'>): Registration => ({
  closes_on: daysLater(at, days).slice(0, 7),
  ...met(at, note),
  ...fields,
})

/** D1: protected, and refused to a rival who comes with the alias. */
async function* nordwind({ as, end }: StoryTools): Thread {
  const at = momentOf(NL, dayBefore(NL, end, 41), 0.3)
  yield at
  const { id } = await as('pat').deals.register(
    dealOf(at, 120, 'Workshop at their depot in Kiel', {
      customer: 'Nordwind Logistik GmbH',
      account_domain: 'nordwind.example',
      customer_number: 'HRB 118203',
      country: 'DE',
      product: 'flow',
      amount_minor: 18_400_000,
      currency: 'EUR',
      contact_name: 'Heike Brandt',
      contact_email: 'h.brandt@nordwind.example',
      contact_basis: 'legitimate_interest',
      description: 'One pipeline for all depots',
    }),
  )
  yield workedLater(NL, at, 70)
  await as('pat').deals.set_stage({ id, stage: 'qualified' })
}

/** D2: the parent's scope is Pellworth's, so a person looks. */
async function* helvio({ as, end }: StoryTools): Thread {
  const before = momentOf(US, dayBefore(US, end, 50), 0.4)
  yield before
  await as('dev@pellworth.example').deals.register(
    dealOf(before, 100, 'Kick-off with their platform team', {
      customer: 'Helvio Inc',
      account_domain: 'helvio.example',
      country: 'US',
      product: 'lake',
      amount_minor: 21_000_000,
      currency: 'USD',
    }),
  )
  const at = workedLater(NL, end, -5)
  yield at
  await as('pat').deals.register(
    dealOf(at, 110, 'Meeting with their head of research data', {
      customer: 'Helvio Pharma AG',
      account_domain: 'helvio-pharma.example',
      country: 'CH',
      product: 'lens',
      amount_minor: 26_000_000,
      currency: 'CHF',
    }),
  )
}

/** D3: above the limit of the rule and with a price asked; two working hours are left. */
async function* aurelia({ as, end }: StoryTools): Thread {
  const at = workedLater(NL, end, -14)
  yield at
  await as('pat').deals.register(
    dealOf(at, 95, 'Requirements session with their claims department', {
      customer: 'Aurelia Versicherung AG',
      account_domain: 'aurelia.example',
      country: 'AT',
      product: 'lens',
      more_products: ['guard'],
      amount_minor: 31_000_000,
      currency: 'EUR',
      discount_asked_bps: 800,
      description: 'Lens together with Guard',
    }),
  )
}

/** D4: rejected for work that the product first saw a day later. */
async function* vantor({ as, end }: StoryTools): Thread {
  const at = momentOf(NL, dayBefore(NL, end, 9), 0.2)
  yield at
  const { id } = await as('rivka').deals.register(
    dealOf(at, 140, 'Meeting with their grid planning', {
      customer: 'Vantor Energy BV',
      account_domain: 'vantor.example',
      customer_number: '60218734',
      country: 'NL',
      product: 'lake',
      amount_minor: 42_000_000,
      currency: 'EUR',
    }),
  )
  yield momentOf(NL, dayBefore(NL, end, 7), 0.1)
  await as('carl').deals.reject({
    id,
    reason_code: 'host_opportunity',
    clause: 4,
    text: 'Our own opportunity there was opened before your registration.',
  })
}

/** D5: a tender with three bidders on equal terms, one of whom prepared it. */
async function* veldhaven({ as, end }: StoryTools, who: string, day: number): Thread {
  const at = momentOf(NL, dayBefore(NL, end, day), 0.5)
  yield at
  const { id } = await as(who).deals.register(
    dealOf(at, 150, 'Published tender, question round', {
      customer: 'City of Veldhaven',
      account_domain: 'veldhaven.public.example',
      country: 'NL',
      product: 'lake',
      amount_minor: 110_000_000,
      currency: 'EUR',
      deal_type: 'tender',
      tender: 'VH-27',
      prepares_tender: who === 'pat',
      route: 'direct',
    }),
  )
  yield workedLater(NL, at, 4)
  await as('carl').deals.approve({ id, note: 'Equal terms for every bidder' })
}

/** D6: one win from the next tier. */
async function* tindra({ as, end }: StoryTools): Thread {
  const at = momentOf(NO, dayBefore(NO, end, 60), 0.4)
  yield at
  const { id } = await as('nils').deals.register(
    dealOf(at, 75, 'Visit to their plant', {
      customer: 'Tindra Sjømat AS',
      account_domain: 'tindra.example',
      country: 'NO',
      product: 'flow',
      amount_minor: 43_700_000,
      currency: 'NOK',
    }),
  )
  for (const [day, stage] of [
    [45, 'qualified'],
    [25, 'proposed'],
    [10, 'committed'],
  ] as const) {
    yield momentOf(NO, dayBefore(NO, end, day), 0.6)
    await as('nils').deals.set_stage({ id, stage })
  }
}

/** D7: a price above what a manager may grant; the same customer is asked for by another of the chain. */
async function* alcorta({ as, end }: StoryTools): Thread {
  const at = workedLater(ES, end, -10)
  const group = { customer: 'Grupo Alcorta S.A.', account_domain: 'alcorta.example', country: 'ES', product: 'lake' }
  yield at
  await as('lucia').deals.register(
    dealOf(at, 80, 'Meeting with their IT management', {
      ...group,
      amount_minor: 9_600_000,
      currency: 'EUR',
      route: 'distributor',
      discount_asked_bps: 1200,
    }),
  )
  const rival = workedLater(ES, end, -4)
  yield rival
  await as('duarte@ponteverde.example').deals.register(
    dealOf(rival, 80, 'They asked for an offer', { ...group, amount_minor: 9_900_000, currency: 'EUR', route: 'distributor' }),
  )
}

/** D8: the incumbent's renewal and the rival who knew the account at the incumbent; both are asked, the clock waits. */
async function* greatBasin({ as, end }: StoryTools): Thread {
  const rival = momentOf(US, dayBefore(US, end, 6), 0.3)
  const rail = {
    customer: 'Great Basin Rail Inc.',
    account_domain: 'greatbasin.example',
    country: 'US',
    product: 'care',
    currency: 'USD',
  }
  const renewal = { ...rail, deal_type: 'renewal' as const, amount_minor: 51_000_000, closes_on: addDays(end.slice(0, 10), 74) }
  const at = workedLater(US, rival, -5)
  yield at
  const own = await as('grace').deals.register({ ...renewal, ...met(at, 'Renewal talk'), description: 'We run it today' })
  yield rival
  const other = await as('tomas').deals.register({ ...renewal, ...met(rival, 'Talk with their operations') })
  yield workedLater(US, rival, 2)
  const text =
    'We have asked the customer in writing who shall renew (clause 10). Until they answer, the incumbent renews (clause 9).'
  await as('ana').deals.ask({ id: own.id, text })
  await as('ana').deals.ask({ id: other.id, text })
}

/** D9: won by private offer on a marketplace. */
async function* solace({ as, end }: StoryTools): Thread {
  const at = momentOf(US, dayBefore(US, end, 96), 0.4)
  yield at
  const { id } = await as('mei').deals.register(
    dealOf(at, 80, 'Technical validation with their data office', {
      customer: 'Solace Health Inc.',
      account_domain: 'solace.example',
      country: 'US',
      product: 'flow',
      more_products: ['guard'],
      amount_minor: 74_000_000,
      currency: 'USD',
      route: 'marketplace',
      description: 'Flow and Guard by private offer; Pellworth delivers',
    }),
  )
  yield workedLater(US, at, 3)
  await as('ana').deals.approve({ id })
  yield momentOf(US, dayBefore(US, end, 50), 0.4)
  await as('mei').deals.set_stage({ id, stage: 'proposed' })
  yield momentOf(US, dayBefore(US, end, 18), 0.5)
  await as('mei').deals.set_stage({ id, stage: 'won' })
}

/** The end of D10's protection: the afternoon of the third working day of Japan, later by each holiday between. */
export function hoshinaUntil(end: string): string {
  const last = addWorkingDays(JP, localDate(JP.zone, end), 3)
  return new Date(Date.parse(startOfDay(JP.zone, last)) + 15 * 3_600_000).toISOString()
}

/** D10: three working days of protection are left; extended once where only that lets it have been approved on a working day. */
async function* hoshina({ as, end }: StoryTools): Thread {
  const until = hoshinaUntil(end)
  const extended = [0, 1].find((times) => isWorkingDay(JP, localDate(JP.zone, daysLater(until, -90 - 30 * times)))) ?? 0
  const approved = daysLater(until, -90 - 30 * extended)
  const at = workedLater(JP, approved, -6)
  yield at
  const { id } = await as('haruka').deals.register(
    dealOf(at, 170, 'Visit to their data centre', {
      customer: 'Hoshina Motors K.K.',
      account_domain: 'hoshina.example',
      country: 'JP',
      product: 'flow',
      amount_minor: 48_600_000,
      currency: 'JPY',
    }),
  )
  yield approved
  await as('kenji').deals.approve({ id })
  if (extended === 0) return
  yield workedLater(JP, daysLater(approved, 55), 2)
  await as('haruka').deals.extend({ id, progress: 'Second visit is set; their budget round ends next month.' })
}

/** Wattlebird refers itself: a person sees whose name that is. */
async function* selfReferral({ as, end }: StoryTools): Thread {
  const at = momentOf(AU, dayBefore(AU, end, 121), 0.6)
  yield at
  const { id } = await as('josh').deals.register(
    dealOf(at, 60, 'Talk with our own operations', {
      customer: 'Wattlebird Pty Ltd',
      account_domain: 'wattlebird.example',
      country: 'AU',
      product: 'care',
      amount_minor: 45_000_000,
      currency: 'AUD',
      route: 'direct',
    }),
  )
  yield momentOf(AU, dayBefore(AU, end, 120), 0.2)
  await as('kenji').deals.reject({ id, reason_code: 'not_genuine', text: 'The customer is your own firm: nobody refers itself.' })
}

/** The ten deals that every demonstration shows, in their exact states, and one that was none. */
export const named = (tools: StoryTools): Thread[] => [
  nordwind(tools),
  helvio(tools),
  aurelia(tools),
  vantor(tools),
  veldhaven(tools, 'pat', 60),
  veldhaven(tools, 'rivka', 58),
  veldhaven(tools, 'arjun', 57),
  tindra(tools),
  alcorta(tools),
  greatBasin(tools),
  solace(tools),
  hoshina(tools),
  selfReferral(tools),
]
