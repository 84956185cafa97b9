import { CLAUSES, publishNow } from '../decisions/demo.ts'
import { dayBefore, momentOf, type StoryTools, type Thread } from '../story.ts'
import { calendarOf } from './story-sale.ts'

const NL = calendarOf('NL')
const SLOWER = {
  number: 7,
  title: 'Our clock',
  text: 'We decide within 24 working hours. If we do not, protection is granted; a price never is.',
}

/** Since three months ago the host reminds partners once more, a week before a protection ends. */
export async function* reminders({ as, end }: StoryTools): Thread {
  yield momentOf(NL, dayBefore(NL, end, 95), 0.3)
  await publishNow(as('vera'), { kind: 'deals.terms', title: 'Terms of registrations', body: { warn_days: [30, 14, 7, 3] } })
}

/** How the rules of engagement grew to what they are: clauses were added, and the host's clock became shorter. */
export async function* rules({ as, end }: StoryTools): Thread {
  for (const [day, clauses] of [
    [520, 9],
    [400, 10],
    [290, 11],
    [170, 12],
  ] as const) {
    yield momentOf(NL, dayBefore(NL, end, day), 0.2)
    // The cast published the first; the last is the one in force.
    const body = { clauses: CLAUSES.slice(0, clauses).map((clause) => (day > 170 && clause.number === 7 ? SLOWER : clause)) }
    await publishNow(as('vera'), { kind: 'engagement', title: 'Rules of engagement', body })
  }
}
