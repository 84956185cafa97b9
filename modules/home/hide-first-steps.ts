import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'

export const FIRST_STEPS = 'first_steps'

/** Hides the first steps from one person for good; from their colleagues nothing is hidden. */
export async function hideFirstSteps(ctx: Ctx): Promise<void> {
  const { member_id } = ctx.actor
  if (!member_id) throw new Refusal('forbidden', 'Only a person of the ecosystem hides something from themselves')
  await ctx.db
    .insertInto('hidden_parts')
    .values({ tenant_id: ctx.tenant_id, id: ctx.id(), member_id, part: FIRST_STEPS, hidden_at: ctx.now })
    .onConflict((clash) => clash.columns(['tenant_id', 'member_id', 'part']).doNothing())
    .execute()
}
