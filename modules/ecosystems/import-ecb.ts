import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { isCurrency } from '../../kernel/money.ts'
import * as contract from './contract.ts'
import { getEcosystem } from './queries.ts'

const BATCH = 5000

/** Stores the rates of a file of the European Central Bank; reading it twice changes nothing. */
export async function importEcb(
  ctx: Ctx,
  { content, only_used }: Input<typeof contract.import_ecb>,
): Promise<Output<typeof contract.import_ecb>> {
  const { parseEcbFile } = await import('./ecb-file.ts')
  const read = parseEcbFile(content)
  const { currencies } = await getEcosystem(ctx)
  const unknown = new Set(read.filter(({ currency }) => !isCurrency(currency)).map(({ currency }) => currency))
  const wanted = read.filter(({ currency }) => !unknown.has(currency) && (!only_used || currencies.includes(currency)))
  let stored = 0
  for (let from = 0; from < wanted.length; from += BATCH) {
    const rows = wanted.slice(from, from + BATCH).map(({ on, currency, rate }) => ({ id: ctx.id(), on_date: on, currency, rate }))
    const { rows: changed } = await sql`insert into rates (tenant_id, id, kind, base, currency, rate, on_date, at)
      select ${ctx.tenant_id}::uuid, r.id, 'ecb', 'EUR', r.currency, r.rate, r.on_date, ${ctx.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, on_date date, currency text, rate numeric)
      on conflict (tenant_id, kind, base, currency, on_date) do update set rate = excluded.rate, at = excluded.at
      where rates.rate <> excluded.rate returning id`.execute(ctx.db)
    stored += changed.length
  }
  ctx.emit(contract.rates_imported, { ecosystem_id: ctx.tenant_id, stored })
  return { read: read.length, stored, unknown: [...unknown].sort() }
}
