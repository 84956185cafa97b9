import type { StoryTools, Thread } from '../story.ts'
import { kestrel } from './story-kestrel.ts'
import { named } from './story-named.ts'
import { planSales, type Sale } from './story-plan.ts'
import { rivals } from './story-rivals.ts'
import { reminders, rules } from './story-rules.ts'
import { tellSale } from './story-sale.ts'
import { handOn, supersede } from './story-superseded.ts'
import { waiting } from './story-waiting.ts'

const tell = (tools: StoryTools, sale: Sale): Thread =>
  sale.handed ? handOn(tools, sale) : sale.outcome === 'superseded' ? supersede(tools, sale) : tellSale(tools, sale)

/** Two years of registrations: the ten that have names, the others by number, and the other host's. */
export const story = (tools: StoryTools): Thread[] => [
  ...named(tools),
  ...waiting(tools),
  ...rivals(tools),
  rules(tools),
  reminders(tools),
  ...planSales(tools.end).map((sale) => tell(tools, sale)),
  ...kestrel(tools),
]
