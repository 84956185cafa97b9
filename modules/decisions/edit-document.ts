import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { edit, RuleDocument } from './contract.ts'
import { checkBody } from './kinds.ts'
import { documentForUpdate, getDocument } from './queries.ts'
import { DOCUMENT } from './rules.ts'

/** Changes a draft; a tested one becomes a draft again, since what was tested is no longer what it says. */
export async function editDocument(ctx: Ctx, { id, title, body }: Input<typeof edit>): Promise<RuleDocument> {
  const document = await documentForUpdate(ctx, id)
  const state = DOCUMENT.move(document.state, 'edit')
  const changed = {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body: JSON.stringify(await checkBody(ctx, document.kind, body)) }),
  }
  await ctx.db
    .updateTable('rule_documents')
    .set({ ...changed, state, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  return getDocument(ctx, { id })
}
