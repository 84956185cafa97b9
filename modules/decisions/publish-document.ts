import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { checkScope } from './check-scope.ts'
import { type publish, published, type RuleDocument, type retire } from './contract.ts'
import { checkBody } from './kinds.ts'
import { documentForUpdate, getDocument } from './queries.ts'
import { DOCUMENT } from './rules.ts'

/** Puts a tested document in force from a moment on; what is in force for the same scope ends then. */
export async function publishDocument(ctx: Ctx, { id, from = ctx.now }: Input<typeof publish>): Promise<RuleDocument> {
  const document = await documentForUpdate(ctx, id)
  const state = DOCUMENT.move(document.state, 'publish')
  if (from < ctx.now)
    throw new Refusal('invalid', 'from: rules never hold for the past; choose a moment to come', {
      issues: [{ path: 'from', message: 'choose a moment to come' }],
    })
  // What it names may have been retired since it was drafted.
  await checkScope(ctx, document.scope)
  await checkBody(ctx, document.kind, document.body)
  await ctx.db
    .updateTable('rule_documents')
    .set({ retired_at: from })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('kind', '=', document.kind)
    .where('scope_kind', '=', document.scope.kind)
    .where(sql<boolean>`coalesce(scope_value, '') = ${document.scope.value ?? ''}`)
    .where('state', '=', 'published')
    .where((eb) => eb.or([eb('retired_at', 'is', null), eb('retired_at', '>', from)]))
    .execute()
  await ctx.db
    .updateTable('rule_documents')
    .set({ state, published_from: from, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  ctx.emit(published, { document_id: id, kind: document.kind, number: document.number })
  return getDocument(ctx, { id })
}

/** Ends a published document now, with nothing in its place. */
export async function retireDocument(ctx: Ctx, { id }: Input<typeof retire>): Promise<RuleDocument> {
  const document = await documentForUpdate(ctx, id)
  const state = DOCUMENT.move(document.state, 'retire')
  await ctx.db
    .updateTable('rule_documents')
    .set({ state, retired_at: ctx.now, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  return getDocument(ctx, { id })
}
