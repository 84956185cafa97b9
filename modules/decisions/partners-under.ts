import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import type { RuleDocument } from './contract.ts'
import { fitting, type RuleScope, withRegions } from './in-force.ts'
import { publishedDocuments } from './queries.ts'

/** Whom a draft would decide over if it were in force: partners in its scope without a more specific document; null where that is everybody. */
export async function partnersUnder(ctx: Ctx, draft: RuleDocument): Promise<string[] | null> {
  const published = await publishedDocuments(ctx, [draft.kind])
  if (draft.scope.kind === 'ecosystem' && published.every(({ scope }) => scope.kind === 'ecosystem')) return null
  // Once published it is the newest of its scope.
  const own = await withRegions(ctx, [{ ...draft, number: Number.MAX_SAFE_INTEGER }])
  const { rows } = await sql<RuleScope & { id: string }>`select p.id, p.region,
      array(select t.track from partner_tracks t where t.tenant_id = p.tenant_id and t.partner_id = p.id) as tracks
    from partners p where p.tenant_id = ${ctx.tenant_id}`.execute(ctx.db)
  return rows.filter((partner) => fitting([...published, ...own], partner).get(draft.kind)?.id === draft.id).map(({ id }) => id)
}
