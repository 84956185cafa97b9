import { addCalendarDays, addWorkingDays, isWorkingDay, localDate } from '../../kernel/calendar.ts'
import type { Input } from '../../kernel/contract.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type extend, extended } from './contract.ts'
import { changeDeal, startProtectionClocks, termsOf } from './outcomes.ts'
import { partnerOf } from './partner-of.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { PROTECTION } from './rules.ts'
import type { Deal } from './shapes.ts'
import type { Terms } from './terms.ts'

const KEEPS = ['onboarding', 'active']

/** So many days after an end, or on the partner's next working day where that is none: nobody loses a scope on a holiday. */
export function extendedEnd(
  from: string,
  days: number,
  calendar: WorkCalendar | null,
): { until_at: string; moved_from: string | null } {
  const plain = addCalendarDays('UTC', from, days)
  if (!calendar || isWorkingDay(calendar, localDate(calendar.zone, plain))) return { until_at: plain, moved_from: null }
  return { until_at: addWorkingDays(calendar, plain, 1), moved_from: plain }
}

export interface Extension {
  until_at: string
  /** The end by days alone, where that was no working day. */
  moved_from: string | null
  /** How many the terms leave, this one included. */
  left: number
  /** The zone in which the partner reads its days. */
  zone: string
  /** Its partner may keep scopes now. */
  isAllowed: boolean
  terms: Terms
}

/** What an extension of a deal's protection comes to by the terms and the partner's calendar. */
export async function extensionOf(
  ctx: Ctx,
  deal: { partner_id: string; protected_until: string | null; extensions: number },
): Promise<Extension> {
  const partner = await partnerOf(ctx, deal.partner_id)
  const terms = await termsOf(ctx, partner)
  const end = extendedEnd(deal.protected_until ?? ctx.now, terms.extension_days, partner.calendar)
  const zone = partner.calendar?.zone ?? 'UTC'
  return { ...end, terms, zone, left: terms.max_extensions - deal.extensions, isAllowed: KEEPS.includes(partner.status) }
}

/** Extends a protection before it ends, with what has moved; as often as the terms allow. */
export async function extendProtection(ctx: Ctx, { id, progress }: Input<typeof extend>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  const protection = PROTECTION.move(deal.protection, 'extend')
  const { until_at, left, isAllowed, terms } = await extensionOf(ctx, deal)
  if (!isAllowed) throw new Refusal('conflict', 'The partnership is suspended or has ended: its protections are not extended')
  if (left <= 0)
    throw new Refusal('conflict', `A protection is extended ${terms.max_extensions} times at most; ask your partner manager`)
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
