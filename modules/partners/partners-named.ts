import { sql } from 'kysely'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import type { Ctx } from '../../kernel/module.ts'

const folded = (text: string) => text.trim().toLowerCase()

/** Finds partners as people write them in a file: by name, legal name, site, number or external id; one read for all. */
export async function partnersNamed(ctx: Ctx, texts: readonly string[]): Promise<(text: string) => string | undefined> {
  const keys = [...new Set(texts.flatMap((text) => [folded(text), firmDomain(text) ?? '']))].filter(Boolean)
  const { rows } = await sql<{ key: string; id: string }>`select k.key, p.id from partners p
      cross join lateral (values (lower(p.name)), (lower(p.legal_name)), (p.domain), (p.number::text), (lower(p.external_id))) as k (key)
    where p.tenant_id = ${ctx.tenant_id} and p.merged_into_id is null and k.key = any(${keys}::text[])`.execute(ctx.db)
  const found = new Map(rows.map(({ key, id }) => [key, id]))
  return (text) => found.get(folded(text)) ?? found.get(firmDomain(text) ?? '')
}
