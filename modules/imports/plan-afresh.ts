import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'

/**
 * Tables grow by hundreds of thousands of rows while a file comes in, faster than their statistics, and a preview leaves them to look
 * empty: so statements are planned anew in this transaction, and never read a table from end to end.
 */
export async function planAfresh(ctx: Ctx): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)`.execute(
    ctx.db,
  )
}
