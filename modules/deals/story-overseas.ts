import { addWorkingDays, isWorkingDay, localDate, startOfDay } from '../../kernel/calendar.ts'
import { addDays } from '../../kernel/dates.ts'
import { dayBefore, daysLater, momentOf, type StoryTools, type Thread, workedLater } from '../story.ts'
import { met, registered } from './story-deal.ts'
import { calendarOf } from './story-sale.ts'

const US = calendarOf('US')
const JP = calendarOf('JP')
const AU = calendarOf('AU')

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
  const { id } = yield* registered(as('mei'), at, {
    days: 80,
    note: 'Technical validation with their data office',
    customer: 'Solace Health Inc.',
    account_domain: 'solace.example',
    country: 'US',
    product: 'flow',
    more_products: ['guard'],
    amount_minor: 74_000_000,
    currency: 'USD',
    route: 'marketplace',
    description: 'Flow and Guard by private offer; Pellworth delivers',
  })
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
  const { id } = yield* registered(as('haruka'), at, {
    days: 170,
    note: 'Visit to their data centre',
    customer: 'Hoshina Motors K.K.',
    account_domain: 'hoshina.example',
    country: 'JP',
    product: 'flow',
    amount_minor: 48_600_000,
    currency: 'JPY',
  })
  yield approved
  await as('kenji').deals.approve({ id })
  if (extended === 0) return
  yield workedLater(JP, daysLater(approved, 55), 2)
  await as('haruka').deals.extend({ id, progress: 'Second visit is set; their budget round ends next month.' })
}

/** Wattlebird refers itself: a person sees whose name that is. */
async function* selfReferral({ as, end }: StoryTools): Thread {
  const at = momentOf(AU, dayBefore(AU, end, 121), 0.6)
  const { id } = yield* registered(as('josh'), at, {
    days: 60,
    note: 'Talk with our own operations',
    customer: 'Wattlebird Pty Ltd',
    account_domain: 'wattlebird.example',
    country: 'AU',
    product: 'care',
    amount_minor: 45_000_000,
    currency: 'AUD',
    route: 'direct',
  })
  yield momentOf(AU, dayBefore(AU, end, 120), 0.2)
  await as('kenji').deals.reject({ id, reason_code: 'not_genuine', text: 'The customer is your own firm: nobody refers itself.' })
}

/** D8 to D10, whose customers are overseas, and one that was none. */
export const overseas = (tools: StoryTools): Thread[] => [greatBasin(tools), solace(tools), hoshina(tools), selfReferral(tools)]
