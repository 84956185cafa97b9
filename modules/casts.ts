import * as access from './access/demo.ts'
import * as accounts from './accounts/demo.ts'
import type { CastTools } from './cast.ts'
import * as deals from './deals/demo.ts'
import * as decisions from './decisions/demo.ts'
import * as ecosystems from './ecosystems/demo.ts'
import * as partners from './partners/demo.ts'

/** The small world that every test and the demo start from: each room's part in the order of the rooms, one line each. */
export const casts: readonly ((tools: CastTools) => Promise<void>)[] = [
  ecosystems.found,
  access.cast,
  ecosystems.cast,
  partners.cast,
  accounts.cast,
  decisions.cast,
  deals.cast,
]
