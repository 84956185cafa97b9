import type { Ctx, DueClock } from '../../kernel/module.ts'
import { recordDecision } from '../decisions/decide.ts'
import { clock_missed, decided } from './contract.ts'
import { territoryReason } from './judge-deal.ts'
import { approveScope, startReviewClock } from './outcomes.ts'
import { type DealState, dealForUpdate } from './queries.ts'
import { usualReason } from './usual-reasons.ts'
import { weighDeal } from './weigh-deal.ts'

// Clause 7 never decides over a named account, a tender or what the partner has already, nor where another holds the scope by now.
const barred = (deal: DealState, facts: { [name: string]: unknown }) =>
  deal.deal_type === 'tender' ||
  facts.own_duplicate === true ||
  facts.named_account === true ||
  facts.conflict === 'protected' ||
  facts.partner_active !== true

/** The host let its clock run out: the rules grant protection, never a price, and the miss is reported. */
export async function missReview(ctx: Ctx, { subject_id }: DueClock): Promise<void> {
  const deal = await dealForUpdate(ctx, subject_id)
  if (deal.review !== 'under_review') return
  const weighed = await weighDeal(ctx, deal, false)
  ctx.emit(clock_missed, { deal_id: deal.id, partner_id: deal.partner_id })
  // What is protected already waits for its value, which no clock grants.
  const granted = deal.protection === 'none' && !barred(deal, weighed.facts) && (await approveScope(ctx, deal, weighed))
  if (!granted) return startReviewClock(ctx, deal, weighed)
  recordDecision(ctx, {
    kind: 'deals.review',
    subject_type: 'deals',
    subject_id: deal.id,
    partner_id: deal.partner_id,
    outcome: 'approve',
    by: 'clock',
    facts: weighed.facts,
    reasons: [usualReason('clock', 7), ...territoryReason(weighed.facts)],
  })
  ctx.emit(decided, { deal_id: deal.id, partner_id: deal.partner_id, outcome: 'approve', by: 'clock', clause: 7 })
}
