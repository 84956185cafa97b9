import { type Ctx, defineModule, type InboxRow, type Module, serve } from '../../kernel/module.ts'
import { accounts } from '../accounts/index.ts'
import { deals } from '../deals/index.ts'
import { partners } from '../partners/index.ts'
import * as contract from './contract.ts'
import { firstSteps } from './first-steps.ts'
import { hideFirstSteps } from './hide-first-steps.ts'

/** The rooms whose work lands in the inbox and whose records are found by search. */
const rooms: readonly Module[] = [partners, accounts, deals]

async function readInbox(ctx: Ctx): Promise<{ items: InboxRow[]; now: string }> {
  const rows = await Promise.all(rooms.map((room) => room.inbox?.(ctx) ?? []))
  // Rows without a deadline come after those with one.
  const items = rows.flat().sort((a, b) => (a.due_at ?? '9999').localeCompare(b.due_at ?? '9999'))
  return { items: items.slice(0, 100), now: ctx.now }
}

export const home = defineModule('home', {
  routes: [
    serve(contract.inbox, readInbox),
    serve(contract.first_steps, firstSteps),
    serve(contract.hide_first_steps, hideFirstSteps),
    serve(contract.search, async (ctx, { q }) => ({
      items: (await Promise.all(rooms.map((room) => room.search?.(ctx, q) ?? []))).flat().slice(0, 30),
    })),
  ],
})
