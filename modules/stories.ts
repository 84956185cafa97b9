import * as accounts from './accounts/story.ts'
import * as deals from './deals/story.ts'
import * as ecosystems from './ecosystems/story.ts'
import * as partners from './partners/story.ts'
import type { Story } from './story.ts'

/** The two years of the demo world: each room's part, told side by side in the order of their moments. */
export const stories: readonly Story[] = [ecosystems.story, partners.story, accounts.story, deals.story]
