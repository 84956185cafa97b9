import type { Ctx, InboxRow } from '../../kernel/module.ts'
import { visiblePartners } from './queries.ts'

/** What of partners needs this person now: a firm that nobody at the host looks after. */
export async function partnerInbox(ctx: Ctx): Promise<InboxRow[]> {
  if (ctx.actor.side !== 'inner' || !ctx.can('partners.assign_manager')) return []
  const rows = await visiblePartners(ctx)
    .select(['id', 'name', 'number', 'status', 'created_at'])
    .where('manager_id', 'is', null)
    .where('parent_id', 'is', null)
    .where('archived_at', 'is', null)
    .where('status', 'in', ['onboarding', 'active'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(10)
    .execute()
  return rows.map(({ id, name, number, status, created_at }) => ({
    id: `partners:${id}:no_manager`,
    kind: 'partners.no_manager',
    title: name,
    why: { key: 'partners.no_manager', values: { number, status } },
    subject_type: 'partners',
    subject_id: id,
    due_at: null,
    started_at: created_at,
    left_minutes: null,
    ball: 'inner',
  }))
}
