import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { checkScope } from './check-scope.ts'
import { type draft, drafted, type RuleDocument } from './contract.ts'
import { checkBody } from './kinds.ts'
import { getDocument } from './queries.ts'

/** A new draft takes the next number of its kind and scope. */
export async function draftDocument(ctx: Ctx, { kind, title, scope, body }: Input<typeof draft>): Promise<RuleDocument> {
  const checked = await checkBody(ctx, kind, body)
  await checkScope(ctx, scope)
  const last = await ctx.db
    .selectFrom('rule_documents')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('tenant_id', '=', ctx.tenant_id)
    .where('kind', '=', kind)
    .where('scope_kind', '=', scope.kind)
    .where(sql<boolean>`coalesce(scope_value, '') = ${scope.value ?? ''}`)
    .executeTakeFirst()
  const [id, number] = [ctx.id(), (last?.number ?? 0) + 1]
  await ctx.db
    .insertInto('rule_documents')
    .values({
      tenant_id: ctx.tenant_id,
      id,
      kind,
      title,
      scope_kind: scope.kind,
      scope_value: scope.value,
      number,
      state: 'draft',
      body: JSON.stringify(checked),
      created_at: ctx.now,
      created_by: ctx.actor.member_id,
    })
    .execute()
  ctx.emit(drafted, { document_id: id, kind, number })
  return getDocument(ctx, { id })
}
