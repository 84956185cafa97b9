import { addWorkingMinutes } from '../../kernel/calendar.ts'
import { endClock, startClock } from '../../kernel/clocks.ts'
import type { Ctx, DueClock, HeardEvent } from '../../kernel/module.ts'
import { price_waited } from './contract.ts'
import { termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'

interface About {
  deal_id: string
  partner_id: string
}

const stateOf = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom('deals')
    .select(['price', 'stage', 'review'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .executeTakeFirst()

/** A protected deal that asks for a special price starts a clock of its own, for whoever grants prices. */
export async function startPriceClock(ctx: Ctx, { at, data }: HeardEvent<About>): Promise<void> {
  if ((await stateOf(ctx, data.deal_id))?.price === 'asked') await startFrom(ctx, at, data)
}

/** A protected deal asks for another price, or for none any more. */
export const askPriceAnew = (
  ctx: Ctx,
  { id, partner_id, price }: { id: string; partner_id: string; price: string },
): Promise<void> =>
  price === 'asked'
    ? startFrom(ctx, ctx.now, { deal_id: id, partner_id })
    : endClock(ctx, { name: 'deals.price', subject_type: 'deals', subject_id: id })

async function startFrom(ctx: Ctx, at: string, { deal_id, partner_id }: About): Promise<void> {
  const partner = await partnerOf(ctx, partner_id)
  const { calendar } = partner
  const minutes = (await termsOf(ctx, partner)).price_working_hours * 60
  const due_at = calendar ? addWorkingMinutes(calendar, at, minutes) : new Date(Date.parse(at) + minutes * 60_000).toISOString()
  const about = { subject_type: 'deals', subject_id: deal_id, party_id: partner_id }
  await startClock(ctx, { name: 'deals.price', ...about, ball: 'inner', calendar, due_at })
}

export const endPriceClock = (ctx: Ctx, { data: { deal_id } }: HeardEvent<About>): Promise<void> =>
  endClock(ctx, { name: 'deals.price', subject_type: 'deals', subject_id: deal_id })

/** A price that waits too long is told of; it is never granted by a clock. */
export async function missPrice(ctx: Ctx, { subject_id, party_id }: DueClock): Promise<void> {
  const deal = await stateOf(ctx, subject_id)
  if (deal?.price !== 'asked' || deal.review !== 'approved' || deal.stage === 'won' || deal.stage === 'lost') return
  if (party_id) ctx.emit(price_waited, { deal_id: subject_id, partner_id: party_id })
}
