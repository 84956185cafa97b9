import { nameRoutes } from '../kernel/contract.ts'
import * as access from './access/contract.ts'
import * as accounts from './accounts/contract.ts'
import * as deals from './deals/contract.ts'
import * as decisions from './decisions/contract.ts'
import * as ecosystems from './ecosystems/contract.ts'
import * as home from './home/contract.ts'
import * as identity from './identity/contract.ts'
import * as imports from './imports/contract.ts'
import * as links from './links/contract.ts'
import * as partners from './partners/contract.ts'
import * as views from './views/contract.ts'

/** Every module's contract, in the order of `index.ts`: one line each. */
export const contracts = nameRoutes({
  identity,
  ecosystems,
  access,
  partners,
  accounts,
  decisions,
  deals,
  links,
  imports,
  views,
  home,
})
