import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { SavedView, save } from './contract.ts'
import { visibleViews } from './queries.ts'

const MOST = 100

/** Keeps a page's filters under a name; the same name takes the new filters. */
export async function saveView(ctx: Ctx, { page, name, query }: Input<typeof save>): Promise<SavedView> {
  const { member_id } = ctx.actor
  if (!member_id) throw new Refusal('forbidden', 'Views belong to people')
  const kept = await visibleViews(ctx).where('page', '=', page).execute()
  if (kept.length >= MOST && !kept.some((view) => view.name === name))
    throw new Refusal('limit', `A page keeps ${MOST} views: forget one first`)
  return ctx.db
    .insertInto('saved_views')
    .values({
      tenant_id: ctx.tenant_id,
      id: ctx.id(),
      member_id,
      party_id: ctx.actor.party_id,
      page,
      name,
      query: JSON.stringify(query),
      created_at: ctx.now,
    })
    .onConflict((clash) =>
      clash.columns(['tenant_id', 'member_id', 'page', 'name']).doUpdateSet({ query: JSON.stringify(query) }),
    )
    .returning(['id', 'page', 'name', 'query'])
    .executeTakeFirstOrThrow()
}
