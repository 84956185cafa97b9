import { sql } from 'kysely'
import { addCalendarDays } from '../../kernel/calendar.ts'
import { ensureClock, type NewClock, startClock } from '../../kernel/clocks.ts'
import type { Ctx } from '../../kernel/module.ts'

/** For as long as somebody may still press the button of an old mail and be told what became of it. */
const KEPT_DAYS = 30
const EVERY_DAYS = 7
/** Of one transaction. */
const MOST = 500

const forgetting = (ctx: Ctx, due_at: string): NewClock => ({
  name: 'links.forget',
  subject_type: 'ecosystems',
  subject_id: ctx.tenant_id,
  party_id: null,
  ball: 'inner',
  due_at,
})

/** Sees to it that old links are cleared away some day, where nothing does yet: one clock for all links of an ecosystem. */
export const forgetSomeDay = (ctx: Ctx): Promise<void> =>
  ensureClock(ctx, forgetting(ctx, addCalendarDays('UTC', ctx.now, KEPT_DAYS)))

/** Clears away links that ended or were used long ago, and goes on at once where there are more, else in a week while any link is left. */
export async function forgetLinks(ctx: Ctx): Promise<void> {
  const { tenant_id, now } = ctx
  const gone = await sql`delete from mail_links where tenant_id = ${tenant_id} and id in (select l.id from mail_links l
    where l.tenant_id = ${tenant_id} and coalesce(l.used_at, l.expires_at) < ${addCalendarDays('UTC', now, -KEPT_DAYS)}
    order by coalesce(l.used_at, l.expires_at) limit ${MOST}) returning id`.execute(ctx.db)
  if (gone.rows.length === MOST) return void (await startClock(ctx, forgetting(ctx, now)))
  const { rows: left } = await sql`select from mail_links where tenant_id = ${tenant_id} limit 1`.execute(ctx.db)
  if (left.length > 0) await startClock(ctx, forgetting(ctx, addCalendarDays('UTC', now, EVERY_DAYS)))
}
