import type { Input, Output } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type * as contract from './contract.ts'
import { findAccount } from './find-account.ts'
import { visibleAccounts } from './queries.ts'

/** The same look-up as for registrations, with names for the host's own eyes. */
export async function findCandidates(
  ctx: Ctx,
  input: Input<typeof contract.candidates>,
): Promise<Output<typeof contract.candidates>> {
  const { name = '', domain, country, company_number } = input
  if (!name && !domain && !company_number) throw invalid([{ path: 'name', message: 'give a name, a domain or a company number' }])
  const { matches } = await findAccount(ctx, { name, domain, country, number: company_number })
  if (matches.length === 0) return { items: [] }
  const ids = matches.map((one) => one.id)
  const rows = await visibleAccounts(ctx).select(['id', 'name', 'country']).where('id', 'in', ids).execute()
  const of = new Map(rows.map((row) => [row.id, row]))
  return { items: matches.flatMap((match) => ((row) => (row ? [{ ...match, ...row }] : []))(of.get(match.id))) }
}
