import { partnerIdOf } from '../partners/story.ts'
import { dayBefore, daysLater, momentOf, type StoryTools, type Thread, workedLater } from '../story.ts'
import { SELLERS, type Seller } from './story-book.ts'
import type { Sale } from './story-plan.ts'
import { calendarOf, fileSale, registeredAt, registrationOf, sell, type Telling, tellingOf } from './story-sale.ts'

const US = calendarOf('US')
const BOUGHT = 'stonebrook'
/** The working day after the partner was bought and its access had ended. */
const handedAt = (end: string, order: number) => momentOf(US, dayBefore(US, end, 199), 0.2 + (order % 7) * 0.05)
const TOLD = 'Stonebrook now belongs to a competitor of ours; its open deals go on without it.'

const bought = (): Seller => {
  const seller = SELLERS.get(BOUGHT)
  if (!seller) throw new Error(`Nobody sells at ${BOUGHT}`)
  return seller
}

/** Begun by the partner that was bought, handed by the host to another, and seen through by that one. */
export async function* handOn(tools: StoryTools, sale: Sale): Thread {
  const telling = tellingOf(tools, { ...sale, outcome: 'open' })
  const before = momentOf(US, dayBefore(US, tools.end, 200 + 15 + (sale.id % 12)), telling.random.next())
  yield before
  const begun = await tools.as(bought().who).deals.register(registrationOf(telling, before))
  const at = handedAt(tools.end, sale.id)
  yield at
  const deal = await telling.manager.deals.reassign({
    id: begun.id,
    to_partner_id: await partnerIdOf(tools, sale.seller.key),
    text: TOLD,
    note: 'They expect a call this week; a first workshop has taken place.',
  })
  const until = momentOf(US, dayBefore(US, tools.end, sale.day), telling.random.next())
  yield* sell({ ...telling, sale }, deal, at, until)
}

/** Begun some days before the registration that takes its place. */
function beganAt(tools: StoryTools, { sale, calendar, random }: Telling): string {
  if (sale.ended_by === 'host') return momentOf(US, dayBefore(US, tools.end, sale.day + 18), random.next())
  if (typeof sale.ended_by !== 'object') return momentOf(calendar, dayBefore(calendar, tools.end, sale.day), random.next())
  return workedLater(calendar, daysLater(registeredAt(tellingOf(tools, sale.ended_by)), -random.int(8, 30)), 1)
}

/** A registration that another took the place of. */
export async function* supersede(tools: StoryTools, sale: Sale): Thread {
  const telling = tellingOf(tools, sale)
  const { seller, manager, calendar, random } = telling
  const at = beganAt(tools, telling)
  const { id } = yield* fileSale(telling, at)
  if (sale.ended_by === 'host') {
    yield handedAt(tools.end, sale.id)
    await manager.deals.reassign({ id, to_partner_id: null, text: TOLD })
  } else if (sale.ended_by === 'letter') {
    const later = workedLater(calendar, daysLater(at, random.int(9, 30)), 1)
    yield later
    const written_on = daysLater(later, -2).slice(0, 10)
    await manager.deals.overrule({ id, written_on, text: 'The customer told us in writing that it decides for another way.' })
  } else if (sale.ended_by) {
    yield workedLater(calendar, registeredAt(tellingOf(tools, sale.ended_by)), 2)
    await seller.deals.supersede({ id, by_id: sale.ended_by.deal_id ?? '', text: 'Registered anew with the scope that they buy' })
  }
}
