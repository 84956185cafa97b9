import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import * as contract from './contract.ts'

export async function updateEcosystem(ctx: Ctx, input: Input<typeof contract.update>): Promise<contract.Ecosystem> {
  const row = await ctx.db
    .selectFrom('ecosystems')
    .selectAll()
    .where('tenant_id', '=', ctx.tenant_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  ctx.match(row.version)
  const {
    name = row.name,
    reporting_currency = row.reporting_currency,
    currencies = row.currencies,
    languages = row.languages,
  } = input
  if (!currencies.includes(reporting_currency))
    throw invalid([
      { path: 'reporting_currency', message: `${reporting_currency} is not among the currencies in use; add it there` },
    ])
  const fiscal = { ...row.fiscal, ...input.fiscal }
  const branding = input.branding === undefined ? row.branding : input.branding
  ctx.emit(
    contract.updated,
    { ecosystem_id: ctx.tenant_id },
    { changes: changesOf(row, input.fiscal ? { ...input, fiscal } : input) },
  )
  return ctx.db
    .updateTable('ecosystems')
    .set({
      name,
      reporting_currency,
      currencies,
      languages,
      fiscal: JSON.stringify(fiscal),
      branding: branding && JSON.stringify(branding),
      version: sql`version + 1`,
    })
    .where('tenant_id', '=', ctx.tenant_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Fields whose value differs, old and new. */
function changesOf(row: Record<string, unknown>, input: Record<string, unknown>): Record<string, readonly [unknown, unknown]> {
  const changed = Object.entries(input).filter(
    ([key, value]) => value !== undefined && JSON.stringify(row[key]) !== JSON.stringify(value),
  )
  return Object.fromEntries(changed.map(([key, value]) => [key, [row[key] ?? null, value] as const]))
}
