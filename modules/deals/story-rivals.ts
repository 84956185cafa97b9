import { dayBefore, momentOf, type StoryTools, type Thread, workedLater } from '../story.ts'
import { registered } from './story-deal.ts'
import { calendarOf } from './story-sale.ts'

const [NL, DE] = [calendarOf('NL'), calendarOf('DE')]

/** Brightpath is asked back for a scope that Rivertech comes for, too: nobody holds it yet, and a person decides by the queue. */
async function* zuiderhaven({ as, end }: StoryTools): Thread {
  const scope = { customer: 'Zuiderhaven Opslag BV', account_domain: 'zuiderhaven.example', country: 'NL', product: 'lake' }
  const at = momentOf(NL, dayBefore(NL, end, 4), 0.4)
  const { id } = yield* registered(as('pat'), at, {
    days: 90,
    note: 'Walk through their tank terminal',
    ...scope,
    amount_minor: 29_500_000,
    currency: 'EUR',
  })
  yield workedLater(NL, at, 2)
  await as('carl').deals.ask({ id, text: 'Which of their terminals is this for, and who signs there?' })
  const rival = workedLater(DE, end, -2)
  yield* registered(as('rivka'), rival, {
    days: 80,
    note: 'Call with their head of data',
    ...scope,
    amount_minor: 31_000_000,
    currency: 'EUR',
  })
}

/** Rivertech writes the customer almost as Brightpath's protected one is written: one firm or two, a person asks. */
async function* silbertal({ as, end }: StoryTools): Thread {
  const scope = { country: 'DE', product: 'lens', currency: 'EUR' }
  const first = momentOf(DE, dayBefore(DE, end, 30), 0.5)
  yield* registered(as('pat'), first, {
    days: 100,
    note: 'Review of their metering data',
    ...scope,
    customer: 'Silbertal Energiewerk GmbH',
    account_domain: 'silbertal-energie.example',
    amount_minor: 14_000_000,
  })
  const at = momentOf(DE, dayBefore(DE, end, 4), 0.6)
  const { id } = yield* registered(as('rivka'), at, {
    days: 90,
    note: 'First meeting at their site',
    ...scope,
    customer: 'Silbertal Energiewerke AG',
    account_domain: 'silbertal-werke.example',
    amount_minor: 12_500_000,
  })
  yield workedLater(DE, at, 2)
  await as('carl').deals.ask({ id, text: 'Please give their number in the trade register: the name alone is not enough.' })
}

/** Rivertech's two open conflicts with Brightpath. */
export const rivals = (tools: StoryTools): Thread[] => [zuiderhaven(tools), silbertal(tools)]
