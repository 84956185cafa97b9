import type { StoryTools, Thread } from '../story.ts'
import { savePlanRates } from './demo.ts'

/** Each December the hosts enter the plan rates of the coming year. */
async function* planYears(tools: StoryTools): Thread {
  const last = Number(tools.end.slice(0, 4))
  for (const year of [last, last + 1]) {
    yield `${year - 1}-12-10T10:00:00.000Z`
    await savePlanRates(tools, year)
  }
}

export const story = (tools: StoryTools): Thread[] => [planYears(tools)]
