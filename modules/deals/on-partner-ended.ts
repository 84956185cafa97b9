import type { Ctx, HeardEvent } from '../../kernel/module.ts'
import { changeDeal, releaseScope } from './outcomes.ts'
import { dealForUpdate } from './queries.ts'
import { REVIEW } from './rules.ts'
import { restartReview } from './set-stage.ts'

const REVIEWED = ['under_review', 'info_requested']
const OVER = ['won', 'lost']

const registrationsOf = (ctx: Ctx, partner_id: string) =>
  ctx.db
    .selectFrom('deals')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('partner_id', '=', partner_id)
    .where('stage', 'not in', OVER)
    .orderBy('id')

/** A place in line that was kept is given up; what is under review waits without a clock, since nobody can decide it now. */
async function letGo(ctx: Ctx, id: string): Promise<void> {
  const deal = await dealForUpdate(ctx, id)
  await releaseScope(ctx, deal)
  if (deal.protection === 'held') await changeDeal(ctx, id, { review: REVIEW.move(deal.review, 'lapse') })
}

/** A suspended or ended partner holds no scope any longer; its registrations stay for the record. */
async function release(ctx: Ctx, partner_id: string): Promise<void> {
  const rows = await registrationsOf(ctx, partner_id)
    .where((is) => is.or([is('protection', 'in', ['held', 'protected']), is('review', 'in', REVIEWED)]))
    .execute()
  for (const { id } of rows) await letGo(ctx, id)
}

type About = { partner_id: string }
export const releaseSuspendedDeals = (ctx: Ctx, event: HeardEvent<About>): Promise<void> => release(ctx, event.data.partner_id)
export const releaseTerminatedDeals = (ctx: Ctx, event: HeardEvent<About>): Promise<void> => release(ctx, event.data.partner_id)

/** What was under review when its partner was suspended is reviewed from now on. */
export async function reviewReinstatedDeals(ctx: Ctx, { data: { partner_id } }: HeardEvent<About>): Promise<void> {
  const rows = await registrationsOf(ctx, partner_id).where('review', 'in', REVIEWED).execute()
  for (const { id } of rows) await restartReview(ctx, await dealForUpdate(ctx, id))
}
