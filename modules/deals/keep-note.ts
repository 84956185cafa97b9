import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { note } from './contract.ts'
import { changeDeal } from './outcomes.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import type { Deal } from './shapes.ts'

/** Keeps a note that only the host reads. */
export async function keepNote(ctx: Ctx, { id, text }: Input<typeof note>): Promise<Deal> {
  await dealForUpdate(ctx, id)
  await sql`insert into deal_inners (tenant_id, deal_id, internal_note) values (${ctx.tenant_id}, ${id}, ${text})
    on conflict (tenant_id, deal_id) do update set internal_note = excluded.internal_note`.execute(ctx.db)
  await changeDeal(ctx, id, {})
  return getDeal(ctx, { id })
}
