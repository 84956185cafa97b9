import { dayBefore, momentOf, type StoryTools, type Thread, workedLater } from '../story.ts'
import { registered } from './story-deal.ts'
import { overseas } from './story-overseas.ts'
import { calendarOf } from './story-sale.ts'

const NL = calendarOf('NL')
const ES = calendarOf('ES')
const NO = calendarOf('NO')
const US = calendarOf('US')

/** D1: protected, and refused to a rival who comes with the alias. */
async function* nordwind({ as, end }: StoryTools): Thread {
  const at = momentOf(NL, dayBefore(NL, end, 41), 0.3)
  const { id } = yield* registered(as('pat'), at, {
    days: 120,
    note: 'Workshop at their depot in Kiel',
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
  })
  yield workedLater(NL, at, 70)
  await as('pat').deals.set_stage({ id, stage: 'qualified' })
}

/** D2: the parent's scope is Pellworth's, so a person looks. */
async function* helvio({ as, end }: StoryTools): Thread {
  const before = momentOf(US, dayBefore(US, end, 50), 0.4)
  yield* registered(as('dev@pellworth.example'), before, {
    days: 100,
    note: 'Kick-off with their platform team',
    customer: 'Helvio Inc',
    account_domain: 'helvio.example',
    country: 'US',
    product: 'lake',
    amount_minor: 21_000_000,
    currency: 'USD',
  })
  const at = workedLater(NL, end, -5)
  yield* registered(as('pat'), at, {
    days: 110,
    note: 'Meeting with their head of research data',
    customer: 'Helvio Pharma AG',
    account_domain: 'helvio-pharma.example',
    country: 'CH',
    product: 'lens',
    amount_minor: 26_000_000,
    currency: 'CHF',
  })
}

/** D3: above the limit of the rule and with a price asked; two working hours are left. */
async function* aurelia({ as, end }: StoryTools): Thread {
  const at = workedLater(NL, end, -14)
  yield* registered(as('pat'), at, {
    days: 95,
    note: 'Requirements session with their claims department',
    customer: 'Aurelia Versicherung AG',
    account_domain: 'aurelia.example',
    country: 'AT',
    product: 'lens',
    more_products: ['guard'],
    amount_minor: 31_000_000,
    currency: 'EUR',
    discount_asked_bps: 800,
    description: 'Lens together with Guard',
  })
}

/** D4: rejected for work that the product first saw a day later. */
async function* vantor({ as, end }: StoryTools): Thread {
  const at = momentOf(NL, dayBefore(NL, end, 9), 0.2)
  const { id } = yield* registered(as('rivka'), at, {
    days: 140,
    note: 'Meeting with their grid planning',
    customer: 'Vantor Energy BV',
    account_domain: 'vantor.example',
    customer_number: '60218734',
    country: 'NL',
    product: 'lake',
    amount_minor: 42_000_000,
    currency: 'EUR',
  })
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
  const { id } = yield* registered(as(who), at, {
    days: 150,
    note: 'Published tender, question round',
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
  })
  yield workedLater(NL, at, 4)
  await as('carl').deals.approve({ id, note: 'Equal terms for every bidder' })
}

/** D6: one win from the next tier. */
async function* tindra({ as, end }: StoryTools): Thread {
  const at = momentOf(NO, dayBefore(NO, end, 60), 0.4)
  const { id } = yield* registered(as('nils'), at, {
    days: 75,
    note: 'Visit to their plant',
    customer: 'Tindra Sjømat AS',
    account_domain: 'tindra.example',
    country: 'NO',
    product: 'flow',
    amount_minor: 43_700_000,
    currency: 'NOK',
  })
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
  yield* registered(as('lucia'), at, {
    days: 80,
    note: 'Meeting with their IT management',
    ...group,
    amount_minor: 9_600_000,
    currency: 'EUR',
    route: 'distributor',
    discount_asked_bps: 1200,
  })
  const rival = workedLater(ES, end, -4)
  yield* registered(as('duarte@ponteverde.example'), rival, {
    days: 80,
    note: 'They asked for an offer',
    ...group,
    amount_minor: 9_900_000,
    currency: 'EUR',
    route: 'distributor',
  })
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
  ...overseas(tools),
]
