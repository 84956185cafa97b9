import type { Ctx } from '../../kernel/module.ts'
import { counted } from './queries.ts'
import type { Deal } from './shapes.ts'
import type { Registered } from './write-registrations.ts'

// The database leaves zeros out at the end of a time.
const asStored = (at: string): string => at.replace(/\.?0+Z$/, 'Z')
const asStoredOrNull = (at: string | null): string | null => at && asStored(at)

/** A registration that was written just now, as the partner reads it: the same as reading it again, which would cost a fifth of registering. */
export function answerOf(ctx: Ctx, { deal, weighed, clocks, decision }: Registered): Deal {
  const { partner, table } = weighed
  const names = new Map([
    [partner.manager_id, partner.manager_name],
    [deal.partner_member_id, partner.caller_name],
  ])
  const shown = clocks
    .map(({ name, ball, due_at, holder_id, calendar }) => {
      const holder = holder_id === null ? null : (names.get(holder_id) ?? null)
      const clock = { name, ball, started_at: ctx.now, due_at: asStored(due_at), left_minutes: null, calendar, holder }
      return counted(ctx, clock)
    })
    .sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))
  const answer = {
    ...deal,
    protected_until: asStoredOrNull(deal.protected_until),
    partner_name: partner.name,
    manager_name: partner.manager_name ?? null,
    submitted_by: (deal.partner_member_id && partner.caller_name) ?? null,
    clock: shown.find(({ name }) => name !== 'deals.warning') ?? null,
    clocks: shown,
    decision: {
      ...decision,
      by: decision.decided_by,
      document_title: table?.title ?? null,
      document_number: table?.number ?? null,
    },
  }
  // Enumerated columns are texts here; the contract's parse narrows them on the way out, and leaves out what only the host sees.
  return answer as unknown as Deal
}
