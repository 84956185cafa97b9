import type { StoryTools, Thread } from '../story.ts'
import { kestrel } from './story-kestrel.ts'
import { named } from './story-named.ts'
import { planSales } from './story-plan.ts'
import { tellSale } from './story-sale.ts'
import { waiting } from './story-waiting.ts'

/** Two years of registrations: the ten that have names, the others by number, and the other host's. */
export const story = (tools: StoryTools): Thread[] => [
  ...named(tools),
  ...waiting(tools),
  ...planSales(tools.end).map((sale) => tellSale(tools, sale)),
  ...kestrel(tools),
]
