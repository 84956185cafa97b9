import type { Ctx, HeardEvent } from '../../kernel/module.ts'
import { releaseScope } from './outcomes.ts'
import { dealForUpdate } from './queries.ts'

const LIVE = ['held', 'protected']

/** A suspended or ended partner holds no scope any longer; its registrations stay for the record. */
async function release(ctx: Ctx, partner_id: string): Promise<void> {
  const rows = await ctx.db
    .selectFrom('deals')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('partner_id', '=', partner_id)
    .where('protection', 'in', LIVE)
    .where('stage', 'not in', ['won', 'lost'])
    .orderBy('id')
    .execute()
  for (const { id } of rows) await releaseScope(ctx, await dealForUpdate(ctx, id))
}

type About = { partner_id: string }
export const releaseSuspendedDeals = (ctx: Ctx, event: HeardEvent<About>): Promise<void> => release(ctx, event.data.partner_id)
export const releaseTerminatedDeals = (ctx: Ctx, event: HeardEvent<About>): Promise<void> => release(ctx, event.data.partner_id)
