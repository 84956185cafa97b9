import type { Input } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { startOfYear } from './convert-at.ts'

/** Stores a rate; one of the same kind, pair and day is replaced. */
export async function saveRate(ctx: Ctx, input: Input<typeof contract.save_rate>): Promise<contract.RateRow> {
  const { kind, base, currency, rate, plan_year, was } = input
  if (base === currency) throw invalid([{ path: 'currency', message: `${currency} against itself needs no rate` }])
  if (kind === 'plan' && plan_year === undefined)
    throw invalid([{ path: 'plan_year', message: 'a plan rate needs its fiscal year' }])
  if (kind !== 'plan' && plan_year !== undefined) throw invalid([{ path: 'plan_year', message: 'belongs to plan rates only' }])
  const on_date = plan_year === undefined ? (input.on_date ?? ctx.now.slice(0, 10)) : await startOfYear(ctx, plan_year)
  const row = {
    tenant_id: ctx.tenant_id,
    id: ctx.id(),
    kind,
    base,
    currency,
    rate,
    on_date,
    plan_year: plan_year ?? null,
    at: ctx.now,
  }
  const saved = await ctx.db
    .insertInto('rates')
    .values(row)
    .onConflict((conflict) => {
      const same = conflict.columns(['tenant_id', 'kind', 'base', 'currency', 'on_date'])
      if (was === null) return same.doNothing()
      const replaced = same.doUpdateSet((ref) => ({ rate: ref.ref('excluded.rate'), at: ref.ref('excluded.at') }))
      return was === undefined ? replaced : replaced.where('rates.rate', '=', was)
    })
    .returning('id')
    .executeTakeFirst()
  if (!saved) throw new Refusal('stale', 'Another rate stands there by now: read it, then replace it')
  ctx.emit(contract.rate_saved, { rate_id: saved.id, kind, currency })
  return { id: saved.id, kind, base, currency, rate, on_date, plan_year: plan_year ?? null }
}
