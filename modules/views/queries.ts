import type { Ctx } from '../../kernel/module.ts'
import type { SavedView } from './contract.ts'

/** The one door: a view is its maker's own. */
export const visibleViews = (ctx: Ctx) =>
  ctx.db
    .selectFrom('saved_views')
    .select(['id', 'page', 'name', 'query'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('member_id', '=', ctx.actor.member_id ?? '')

/** A person's views of a page, by name; a person keeps at most a hundred of them. */
export async function listViews(ctx: Ctx, { page }: { page: string }): Promise<{ items: SavedView[] }> {
  if (!ctx.actor.member_id) return { items: [] }
  return { items: await visibleViews(ctx).where('page', '=', page).orderBy('name').limit(100).execute() }
}
