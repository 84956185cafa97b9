import { nameRoutes } from '../kernel/contract.ts'

/** Every module's contract, in the order of `index.ts`: one line each. */
export const contracts = nameRoutes({})
