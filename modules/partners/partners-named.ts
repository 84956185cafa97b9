import { sql } from 'kysely'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import type { Ctx } from '../../kernel/module.ts'
import { inPartnerScope } from '../access/partner-scope.ts'

const folded = (text: string) => text.trim().toLowerCase()

/**
 * Finds partners as people write them in a file: by name, legal name, site, number or external id; one read for all. What was merged is
 * found as its survivor; what two share, or what lies outside of the actor's scope, is nobody.
 */
export async function partnersNamed(ctx: Ctx, texts: readonly string[]): Promise<(text: string) => string | undefined> {
  const keys = [...new Set(texts.flatMap((text) => [folded(text), firmDomain(text) ?? '']))].filter(Boolean)
  const { rows } = await sql<{ key: string; id: string }>`select distinct k.key, p.id from partners n
      join partners p on p.tenant_id = n.tenant_id and p.id = coalesce(n.merged_into_id, n.id) and p.merged_into_id is null
      cross join lateral (values (lower(n.name)), (lower(n.legal_name)), (n.domain), (n.number::text), (lower(n.external_id))) as k (key)
    where n.tenant_id = ${ctx.tenant_id} and k.key = any(${keys}::text[]) and ${inPartnerScope(ctx, 'p')}`.execute(ctx.db)
  const found = Map.groupBy(rows, ({ key }) => key)
  const only = (key: string) => (found.get(key)?.length === 1 ? found.get(key)?.[0]?.id : undefined)
  return (text) => only(folded(text)) ?? only(firmDomain(text) ?? '')
}
