import type { Updateable } from 'kysely'
import type { Tables } from '../../kernel/db.ts'
import type { Ctx } from '../../kernel/module.ts'

/** Writes fields of an import that the caller locked, and counts its version on. */
export async function changeImport(
  ctx: Ctx,
  row: { id: string; version: number },
  values: Updateable<Tables['imports']>,
): Promise<void> {
  await ctx.db
    .updateTable('imports')
    .set({ ...values, version: row.version + 1 })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', row.id)
    .execute()
}
