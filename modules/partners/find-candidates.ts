import { sql } from 'kysely'
import { isFreeMail, registrableDomain } from '../../algorithms/matching/domain.ts'
import { nameSimilarity } from '../../algorithms/matching/name-similarity.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { inPartnerScope } from '../access/partner-scope.ts'
import type * as contract from './contract.ts'
import type { Candidate } from './shapes.ts'

const SIMILAR = 0.8

interface Row {
  id: string
  name: string
  legal_name: string
  country: string
  status: Candidate['status']
  parent_id: string | null
  by_domain: boolean
}

function judge(row: Row, given: { name: string; country: string | undefined }): Candidate | null {
  const similarity =
    given.name === '' ? 0 : Math.max(nameSimilarity(given.name, row.name), nameSimilarity(given.name, row.legal_name))
  if (!row.by_domain && similarity < SIMILAR) return null
  const same_country = given.country === row.country
  const agrees: Candidate['agrees'] = []
  if (row.by_domain) agrees.push('domain')
  if (similarity >= SIMILAR) agrees.push('name')
  if (same_country) agrees.push('country')
  // A group's firms share a domain over borders: another country under the same domain is family before it is a duplicate.
  const is_family = row.by_domain && given.country !== undefined && !same_country
  const score = row.by_domain
    ? similarity >= SIMILAR || given.name === ''
      ? 0.98
      : 0.9
    : similarity * (same_country ? 0.97 : 0.85)
  const { id, name, country, status } = row
  return { id, name, country, status, score: Math.round(score * 1000) / 1000, agrees, is_family }
}

/** Partners that may be the firm given, best first. */
export async function findCandidates(
  ctx: Ctx,
  { name = '', domain, country }: Input<typeof contract.candidates>,
): Promise<Output<typeof contract.candidates>> {
  const registrable = domain === undefined ? null : registrableDomain(domain)
  const own = registrable !== null && !isFreeMail(registrable) ? registrable : null
  const first = normaliseName(name).tokens[0] ?? ''
  // The first core word finds the similar ones: partners are thousands, not millions.
  const { rows } =
    await sql<Row>`select partners.id, partners.name, partners.legal_name, partners.country, partners.status, partners.parent_id,
      exists (select from partner_domains d where d.tenant_id = ${ctx.tenant_id} and d.partner_id = partners.id and d.domain = ${own}) as by_domain
    from partners where partners.tenant_id = ${ctx.tenant_id} and partners.archived_at is null and ${inPartnerScope(ctx)}
      and (partners.id in (select d.partner_id from partner_domains d where d.tenant_id = ${ctx.tenant_id} and d.domain = ${own})
        or (${first} <> '' and starts_with(partners.name_key, ${first.slice(0, 3)})))
    order by partners.id limit 500`.execute(ctx.db)
  const items = rows.map((row) => judge(row, { name, country })).filter((one) => one !== null)
  return { items: items.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, 20) }
}
