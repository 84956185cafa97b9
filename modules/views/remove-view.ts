import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'

/** Forgets a view of one's own. */
export async function removeView(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('saved_views')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('member_id', '=', ctx.actor.member_id ?? ctx.tenant_id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new Refusal('not_found', 'There is no such view of yours')
}
