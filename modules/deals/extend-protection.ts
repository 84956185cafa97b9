import { addCalendarDays } from '../../kernel/calendar.ts'
import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type extend, extended } from './contract.ts'
import { changeDeal, startProtectionClocks, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { PROTECTION } from './rules.ts'
import type { Deal } from './shapes.ts'

/** Extends a protection before it ends, with what has moved; as often as the terms allow. */
export async function extendProtection(ctx: Ctx, { id, progress }: Input<typeof extend>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  const protection = PROTECTION.move(deal.protection, 'extend')
  const terms = await termsOf(ctx, await partnerOf(ctx, deal.partner_id))
  if (deal.extensions >= terms.max_extensions)
    throw new Refusal('conflict', `A protection is extended ${terms.max_extensions} times at most; ask your partner manager`)
  const until_at = addCalendarDays('UTC', deal.protected_until ?? ctx.now, terms.extension_days)
  await ctx.db
    .updateTable('protections')
    .set({ until_at })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('deal_id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
  await changeDeal(ctx, id, {
    protection,
    protected_until: until_at,
    extensions: deal.extensions + 1,
    description: [deal.description, progress].filter(Boolean).join('\n\n'),
  })
  await startProtectionClocks(ctx, deal, until_at, terms.warn_days)
  ctx.emit(
    extended,
    { deal_id: id, partner_id: deal.partner_id },
    { changes: { protected_until: [deal.protected_until, until_at] } },
  )
  return getDeal(ctx, { id })
}
