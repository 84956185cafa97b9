import type { Input } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { checkDeal } from './check-deal.ts'
import { type add_evidence, evidence_added } from './contract.ts'
import { changeDeal } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import type { Deal } from './shapes.ts'

/** Adds the dated two-way contact; a registration that waited for it is judged anew, in its place. */
export async function addEvidence(ctx: Ctx, { id, on, kind, note }: Input<typeof add_evidence>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  if (on > ctx.now.slice(0, 10)) throw invalid([{ path: 'on', message: 'the contact must have taken place' }])
  const evidence = { evidence_on: on, evidence_kind: kind, evidence_note: note || null }
  await changeDeal(ctx, id, evidence)
  ctx.emit(evidence_added, { deal_id: id, partner_id: deal.partner_id })
  if (deal.review === 'submitted') await checkDeal(ctx, { ...deal, ...evidence }, { place: false })
  return getDeal(ctx, { id })
}
