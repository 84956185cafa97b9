import { addCalendarDays } from '../../kernel/calendar.ts'
import type { Ctx, HeardEvent } from '../../kernel/module.ts'
import { extensionOf } from '../deals/extend-protection.ts'
import { dayIn, type Reader, tell } from '../deals/on-deal-news.ts'
import { getDeal } from '../deals/queries.ts'
import { VERB } from './extension-link.ts'
import { endingMail } from './mails/ending.ts'
import { makeLink } from './make-link.ts'

/** No link outlives this, nor the protection that it extends. */
const LINK_DAYS = 14

const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b)

/** The fields of the button: a link of the reader's own, or the deal's page where there is nothing to extend or no partner reads. */
async function buttonFor(ctx: Ctx, deal_id: string, { member_id, party_id, locale }: Reader) {
  const deal = await getDeal(ctx, { id: deal_id })
  const { protected_until } = deal
  if (!protected_until) return {}
  const { until_at, left, zone } = await extensionOf(ctx, deal)
  const day = (at: string) => dayIn(zone, locale, at)
  const told = { due: day(protected_until), is_last: left <= 0 ? 1 : null }
  if (left <= 0 || !party_id) return told
  const expires_at = earlier(protected_until, addCalendarDays('UTC', ctx.now, LINK_DAYS))
  const link = { verb: VERB, subject_id: deal_id, basis: protected_until, member_id, party_id, expires_at }
  const token = await makeLink(ctx, link)
  const query = new URLSearchParams({ deal: deal_id, lang: locale, token })
  return { ...told, below: `/extend?${query}`, extended_until: day(until_at), link_until: day(expires_at) }
}

/** A protection ends soon: its mail holds a button that extends it without signing in. */
export const mailWarning = (ctx: Ctx, event: HeardEvent<{ deal_id: string; partner_id: string; days: number }>): Promise<void> =>
  tell(ctx, event, {
    template: endingMail,
    fields: async (_, reader) => ({ days: event.data.days, ...(await buttonFor(ctx, event.data.deal_id, reader)) }),
  })
