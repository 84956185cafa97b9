import { addDays } from '../../kernel/dates.ts'
import { MERIDIAN_REGIONS } from '../ecosystems/demo.ts'
import { dayBefore, momentOf, type StoryTools, type Thread } from '../story.ts'
import { tellVantor } from './demo.ts'
import { saveAccounts } from './save-accounts.ts'
import { saveOpportunities } from './save-opportunities.ts'
import { OWN_POOL, storyAccounts } from './story-firms.ts'

const BATCH = 500
const MONTHS = 24
const A_MONTH = 22
const OPEN_MONTHS = 4

const home = () => {
  const calendar = MERIDIAN_REGIONS.find((one) => one.code === 'NL')?.calendar
  if (!calendar) throw new Error('There is no region NL')
  return calendar
}

function refuse(saved: readonly { issues: readonly unknown[] }[]): void {
  const bad = saved.find(({ issues }) => issues.length > 0)
  if (bad) throw new Error(`The story's row was refused: ${JSON.stringify(bad.issues)}`)
}

/** On the first day the host brings its accounts from the system before. */
async function* migration(tools: StoryTools): Thread {
  yield momentOf(home(), dayBefore(home(), tools.end, 729), 0.1)
  const rows = storyAccounts()
  for (let from = 0; from < rows.length; from += BATCH)
    refuse(await tools.inside('meridian', (ctx) => saveAccounts(ctx, rows.slice(from, from + BATCH))))
}

const PRODUCTS = ['lake', 'flow', 'lens', 'guard', 'care']

/** Month by month the host's own sellers open opportunities and close older ones. */
async function* ownWork(tools: StoryTools): Thread {
  const random = tools.random('opportunities')
  const accounts = storyAccounts().slice(OWN_POOL)
  const names = new Map<string, string>()
  for (let month = 0; month < MONTHS; month += 1) {
    yield momentOf(home(), dayBefore(home(), tools.end, 715 - month * 30), 0.6)
    const today = (await tools.now()).slice(0, 10)
    const opened = Array.from({ length: A_MONTH }, (_, i) => {
      const account = random.pick(accounts)
      return {
        external_id: `crm-o${month}-${i}`,
        account_external_id: account.external_id,
        name: `${account.name.split(' ')[0]}: ${random.pick(['platform', 'migration', 'pilot', 'renewal', 'second site'])}`,
        product: random.pick(PRODUCTS),
        amount_minor: random.int(20, 400) * 100_000,
        currency: 'EUR',
        stage: 'discovery',
        opened_on: addDays(today, -random.int(0, 20)),
      }
    })
    const closed =
      month < OPEN_MONTHS
        ? []
        : Array.from({ length: A_MONTH }, (_, i) => ({
            external_id: `crm-o${month - OPEN_MONTHS}-${i}`,
            stage: 'closed',
            closed_on: today,
            outcome: random.next() < 0.45 ? ('won' as const) : ('lost' as const),
          }))
    const named = closed.map((row) => ({ ...row, name: names.get(row.external_id) ?? '' }))
    refuse(await tools.inside('meridian', (ctx) => saveOpportunities(ctx, [...opened, ...named])))
    for (const row of opened) names.set(row.external_id, row.name)
  }
}

/** First seen the day after a partner's registration was complete, with an older date typed in. */
async function* vantor(tools: StoryTools): Thread {
  yield momentOf(home(), dayBefore(home(), tools.end, 8), 0.5)
  await tellVantor(tools, addDays(tools.end.slice(0, 10), -30))
}

export const story = (tools: StoryTools): Thread[] => [migration(tools), ownWork(tools), vantor(tools)]
