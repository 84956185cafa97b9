import { addWorkingMinutes } from '../../kernel/calendar.ts'
import type { RawInput } from '../../kernel/contract.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import type { Api } from '../cast.ts'
import { MERIDIAN_REGIONS } from '../ecosystems/demo.ts'
import { dayBefore, daysLater, momentOf, type Random, type StoryTools, type Thread, workedLater } from '../story.ts'
import type { register } from './contract.ts'
import type { Deal } from './shapes.ts'
import { localAmount } from './story-amounts.ts'
import type { Sale } from './story-plan.ts'

type Registration = RawInput<typeof register>
type Stage = Deal['stage']

export function calendarOf(country: string): WorkCalendar {
  const calendar = MERIDIAN_REGIONS.find((one) => one.code === country)?.calendar
  if (!calendar) throw new Error(`There is no region ${country}`)
  return calendar
}

const NOTES = {
  meeting: ['Workshop with their operations lead', 'First meeting at their site', 'Architecture review with the data team'],
  call: ['Call with the head of data', 'Call about scope and dates', 'Call with purchasing'],
  mail: ['They answered our outline by mail', 'They asked for an offer by mail'],
  poc: ['Pilot agreed for one site', 'Proof of concept with last year of data'],
} as const
const LOST = ['They stay with what they have', 'A rival was cheaper', 'The budget was moved to next year', 'No decision']

export interface Telling {
  tools: StoryTools
  sale: Sale
  random: Random
  calendar: WorkCalendar
  seller: Api
  manager: Api
}

const evidenceOf = (random: Random, on: string) => {
  const kind = random.pick(['meeting', 'call', 'mail', 'poc'] as const)
  return { evidence_on: on, evidence_kind: kind, evidence_note: random.pick(NOTES[kind]) }
}

export function registrationOf({ sale, random }: Telling, at: string): Registration {
  const { customer, product, eur_minor, cause, seller } = sale
  const tender =
    cause === 'tender' ? { deal_type: 'tender' as const, tender: `T-${sale.id + 100}`, prepares_tender: sale.id % 2 === 0 } : {}
  return {
    customer: customer.name,
    account_domain: customer.domain,
    country: customer.country,
    product,
    ...localAmount(eur_minor, customer.country),
    closes_on: daysLater(at, 30 + (sale.id % 90)).slice(0, 7),
    route: ['olivar', 'ponteverde'].includes(seller.key) ? 'distributor' : sale.id % 5 === 0 ? 'direct' : 'resale',
    ...tender,
    ...(sale.outcome === 'won' && sale.id % 12 === 0 ? { discount_asked_bps: 500 } : {}),
    ...evidenceOf(random, daysLater(at, -random.int(1, 20)).slice(0, 10)),
  }
}

/** What makes a person look at it: the customer is on the list of names, or the host's sellers were there before. */
async function* prepare({ tools, sale, random, calendar }: Telling, at: string): Thread {
  if (sale.cause === 'named') {
    yield workedLater(calendar, daysLater(at, -random.int(20, 34)), 1)
    const id = await accountId(tools, sale.customer.external_id)
    await tools.as('vera').accounts.add_named({ id, from_on: (await tools.now()).slice(0, 10), note: 'Strategic account' })
  }
  if (sale.cause === 'own') {
    yield workedLater(calendar, daysLater(at, -random.int(6, 30)), 1)
    await tools.as('dana').accounts.create_opportunity({
      external_id: `crm-s${sale.id}`,
      account_external_id: sale.customer.external_id,
      name: `${sale.customer.name.split(' ')[0]}: first talks`,
      product: sale.product,
      amount_minor: sale.eur_minor,
      currency: 'EUR',
      stage: 'discovery',
    })
  }
}

const accountId = (tools: StoryTools, external_id: string): Promise<string> =>
  tools.inside('meridian', async (ctx) => {
    const row = await ctx.db
      .selectFrom('accounts')
      .select('id')
      .where('tenant_id', '=', ctx.tenant_id)
      .where('external_id', '=', external_id)
      .executeTakeFirstOrThrow()
    return row.id
  })

const REASONS = {
  own: { reason_code: 'host_opportunity', clause: 4, text: 'We were in talks there before this registration was complete.' },
  named: {
    reason_code: 'named_account',
    clause: 3,
    text: 'The customer is on the named-account list since before this registration.',
  },
  value: { reason_code: 'not_genuine', text: 'The customer does not know of this project.' },
  tender: { reason_code: 'other', text: 'The tender was withdrawn.' },
  rule: { reason_code: 'other', text: 'Not a fit.' },
} as const

/** A person decides after the hours that this one takes, or nobody does and the clock runs out. */
async function* decide(telling: Telling, deal: Deal, at: string): Thread {
  const { sale, calendar, manager } = telling
  if (sale.missed) {
    yield new Date(Date.parse(addWorkingMinutes(calendar, at, 16 * 60)) + 60_000).toISOString()
    return
  }
  yield workedLater(calendar, at, sale.hours || 2)
  const { id } = deal
  if (sale.outcome === 'refused')
    await manager.deals.reject({
      id,
      reason_code: 'already_protected',
      clause: 1,
      text: 'Another registration was complete first.',
    })
  else if (sale.outcome === 'rejected') await manager.deals.reject({ id, ...REASONS[sale.cause] })
  else await manager.deals.approve({ id })
}

/** Registers it, with the evidence at once or some days later, and sees it through the host's review. */
export async function* fileSale(telling: Telling, at: string): AsyncGenerator<string, Deal, void> {
  const { sale, calendar, seller, random } = telling
  yield* prepare(telling, at)
  yield at
  const input = registrationOf(telling, at)
  const late = !sale.ended_by && sale.cause === 'rule' && sale.outcome !== 'refused' && sale.id % 6 === 0
  const { evidence_on, evidence_kind, evidence_note, ...bare } = input
  const deal = await seller.deals.register(late ? bare : input)
  sale.deal_id = deal.id
  if (late && deal.protection === 'held') {
    yield workedLater(calendar, at, random.int(6, 30))
    const on = (evidence_on ?? at).slice(0, 10)
    return seller.deals.add_evidence({ id: deal.id, on, kind: evidence_kind ?? 'call', note: evidence_note ?? '' })
  }
  if (deal.review === 'under_review') yield* decide(telling, deal, at)
  return deal
}

const WAYS: Stage[][] = [['proposed', 'committed'], ['proposed'], ['committed'], [], []]

export async function* sell(telling: Telling, deal: Deal, from: string, until: string): Thread {
  const { sale, seller, manager, random, calendar, tools } = telling
  const way: Stage[] = sale.outcome === 'lost' ? random.pick([['qualified'], ['proposed'], [], []]) : random.pick(WAYS)
  const span = Date.parse(until) - Date.parse(from)
  const moment = (share: number) => workedLater(calendar, new Date(Date.parse(from) + span * share).toISOString(), 0.5)
  const { id } = deal
  if (deal.price === 'asked') {
    yield workedLater(calendar, from, sale.hours + 6)
    const granter = sale.id % 24 === 0 ? tools.as('fiona') : manager
    await granter.deals.grant_price({ id, granted_bps: Math.min(deal.discount_asked_bps, 1000) })
  }
  for (const [i, stage] of way.entries()) {
    yield moment(0.3 + (0.55 * (i + 1)) / (way.length + 1))
    await seller.deals.set_stage({ id, stage })
  }
  if (sale.reversed) {
    yield moment(0.9)
    await seller.deals.set_stage({ id, stage: 'won' })
    yield moment(0.96)
    await seller.deals.set_stage({ id, stage: 'committed' })
  }
  yield until
  if (sale.outcome === 'won') await seller.deals.set_stage({ id, stage: 'won' })
  else await seller.deals.set_stage({ id, stage: 'lost', lost_reason: random.pick(LOST) })
}

const OPENED: Stage[][] = [[], ['qualified'], [], ['qualified', 'proposed'], ['proposed']]

async function* keepOpen(telling: Telling, deal: Deal, at: string): Thread {
  const { sale, seller, calendar } = telling
  // Brackwater hoards: of nineteen, four move.
  const usual = OPENED[sale.id % OPENED.length] ?? []
  const stages: Stage[] = sale.seller.key !== 'brackwater' ? usual : sale.moved ? ['qualified'] : []
  for (const [i, stage] of stages.entries()) {
    const next = workedLater(calendar, daysLater(at, 3 + i), 1)
    if (next >= telling.tools.end) return
    yield next
    await seller.deals.set_stage({ id: deal.id, stage })
  }
}

export const tellingOf = (tools: StoryTools, sale: Sale): Telling => ({
  tools,
  sale,
  random: tools.random(`sale ${sale.id}`),
  calendar: calendarOf(sale.seller.country),
  seller: tools.as(sale.seller.who),
  manager: tools.as(sale.seller.manager),
})

/** When it is registered: so long before its day that it can run its course. */
export function registeredAt({ tools, sale, random, calendar }: Telling): string {
  const { outcome, day } = sale
  if (outcome === 'review') return workedLater(calendar, tools.end, sale.left - 16)
  const cycle = outcome === 'won' || outcome === 'lost' ? random.int(24, 82) : 0
  const met = sale.met ? metAt(sale.met, random) : 0
  const days = sale.met ? met : day + cycle
  return momentOf(calendar, dayBefore(calendar, tools.end, days), random.next())
}

// A rival comes while the scope is protected: some days after it was, and well before its end.
function metAt(met: Sale, random: Random): number {
  if (met.outcome === 'open') return Math.max(2, met.day - random.int(7, 20))
  if (met.outcome === 'won') return met.day + random.int(2, 14)
  return met.day - random.int(14, 60)
}

async function* ask(telling: Telling, at: string): Thread {
  yield at
  const deal = await telling.seller.deals.register(registrationOf(telling, at))
  yield workedLater(telling.calendar, at, telling.sale.hours)
  await telling.manager.deals.ask({ id: deal.id, text: 'Which of their sites is this for, and who signs there?' })
}

async function* leave({ seller, calendar, random }: Telling, deal: Deal, at: string): Thread {
  yield workedLater(calendar, daysLater(at, random.int(6, 30)), 1)
  await seller.deals.withdraw({ id: deal.id, text: 'The project was cancelled' })
}

/** One registration from its first day to what became of it. */
export async function* tellSale(tools: StoryTools, sale: Sale): Thread {
  const telling = tellingOf(tools, sale)
  const at = registeredAt(telling)
  if (sale.outcome === 'asked') return yield* ask(telling, at)
  if (sale.outcome === 'review') {
    yield at
    await telling.seller.deals.register(registrationOf(telling, at))
    return
  }
  const deal = yield* fileSale(telling, at)
  if (sale.outcome === 'won' || sale.outcome === 'lost') {
    const until = momentOf(telling.calendar, dayBefore(telling.calendar, tools.end, sale.day), telling.random.next())
    yield* sell(telling, deal, at, until)
  } else if (sale.outcome === 'open') yield* keepOpen(telling, deal, at)
  else if (sale.outcome === 'withdrawn') yield* leave(telling, deal, at)
}
