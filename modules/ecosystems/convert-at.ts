import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { convert } from '../../kernel/money.ts'
import type * as contract from './contract.ts'
import { crossRate, type Peg, withPegs } from './cross-rate.ts'
import { getEcosystem } from './queries.ts'
import { fiscalYear } from './rules.ts'

interface RateUsed {
  kind: string
  base: string
  currency: string
  rate: string
  on_date: string
}

/** A day's rate, or the plan rate of a fiscal year. */
export type When = { on: string } | { plan_year: number }

const onDay = async (ctx: Ctx, currencies: string[], day: string): Promise<RateUsed[]> => {
  const { rows } = await sql<RateUsed>`select x.kind, x.base, x.currency, x.rate, x.on_date
    from unnest(${currencies}::text[]) as c(currency) cross join unnest(array['ecb', 'manual']) as k(kind)
    cross join lateral (select r.kind, r.base, r.currency, r.rate, r.on_date from rates r
      where r.tenant_id = ${ctx.tenant_id} and r.currency = c.currency and r.kind = k.kind and r.on_date <= ${day}::date
      order by r.on_date desc limit 1) x`.execute(ctx.db)
  return rows
}

const pegsOn = async (ctx: Ctx, day: string): Promise<RateUsed[]> => {
  const { rows } = await sql<RateUsed>`select distinct on (currency) kind, base, currency, rate, on_date from rates
    where tenant_id = ${ctx.tenant_id} and kind = 'peg' and on_date <= ${day}::date order by currency, on_date desc`.execute(
    ctx.db,
  )
  return rows
}

const planOf = (ctx: Ctx, year: number): Promise<RateUsed[]> =>
  ctx.db
    .selectFrom('rates')
    .select(['kind', 'base', 'currency', 'rate', 'on_date'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('plan_year', '=', year)
    .execute()

// The later row wins; on one day what a person entered wins over the bank's.
const latest = (rows: RateUsed[]): RateUsed[] => {
  const best = new Map<string, RateUsed>()
  for (const row of rows) {
    const held = best.get(row.currency)
    const wins = !held || row.on_date > held.on_date || (row.on_date === held.on_date && row.kind === 'manual')
    if (wins) best.set(row.currency, row)
  }
  return [...best.values()]
}

/** The base that most rates share, against which the others are triangulated. */
function pivotOf(rows: RateUsed[], fallback: string): string {
  const counts = new Map<string, number>()
  for (const { base } of rows) counts.set(base, (counts.get(base) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? fallback
}

function rateOf(rows: RateUsed[], pegs: RateUsed[], from: string, to: string): string {
  const base = pivotOf(rows, 'EUR')
  const rates = Object.fromEntries(rows.filter((row) => row.base === base).map((row) => [row.currency, row.rate]))
  const hung: Peg[] = [...rows.filter((row) => row.base !== base), ...pegs].map(({ currency, base: anchor, rate }) => ({
    currency,
    anchor,
    rate,
  }))
  return crossRate(withPegs(rates, hung, base), from, to, base)
}

/** The rate from one currency to another; refuses with the remedy when a rate is missing. */
export async function rateAt(ctx: Ctx, from: string, to: string, when: When): Promise<string> {
  if (from === to) return '1'
  const plan = 'plan_year' in when
  const pegs = await pegsOn(ctx, plan ? await endOfYear(ctx, when.plan_year) : when.on)
  const needed = new Set([from, to, 'USD', ...pegs.flatMap((peg) => [peg.base, peg.currency])])
  const rows = plan ? await planOf(ctx, when.plan_year) : latest(await onDay(ctx, [...needed], when.on))
  try {
    return rateOf(rows, pegs, from, to)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const asked = plan ? `in the plan of ${when.plan_year}` : `on ${when.on}`
    throw invalid([{ path: 'currency', message: `from ${from} to ${to} ${asked}: ${error.message}` }])
  }
}

/** The first day of a fiscal year of the ecosystem. */
export async function startOfYear(ctx: Ctx, year: number): Promise<string> {
  const { fiscal } = await getEcosystem(ctx)
  return fiscalYear(fiscal, year).starts_on
}
const endOfYear = async (ctx: Ctx, year: number): Promise<string> => {
  const { fiscal } = await getEcosystem(ctx)
  const { quarters } = fiscalYear(fiscal, year)
  return quarters.at(-1)?.ends_on ?? `${year}-12-31`
}

/** The currencies in use that today's plan year has no rate for, by itself or by a peg. */
export async function planGaps(ctx: Ctx): Promise<Output<typeof contract.plan_gaps>> {
  const { currencies, reporting_currency } = await getEcosystem(ctx)
  const plan_year = await planYearOf(ctx, ctx.now.slice(0, 10))
  const [rows, pegs] = await Promise.all([planOf(ctx, plan_year), pegsOn(ctx, await endOfYear(ctx, plan_year))])
  const hasRate = (currency: string) => {
    try {
      return currency === reporting_currency || rateOf(rows, pegs, currency, reporting_currency) !== ''
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }
  return { plan_year, currencies: currencies.filter((currency) => !hasRate(currency)) }
}

/** Converts an amount at the rate of a day or of a plan year, rounded once, half to even. */
export async function convertAt(
  ctx: Ctx,
  { amount_minor, from, to }: { amount_minor: number; from: string; to: string },
  when: When,
): Promise<{ amount_minor: number; currency: string; rate: string }> {
  const rate = await rateAt(ctx, from, to, when)
  return { amount_minor: convert(amount_minor, from, to, rate), currency: to, rate }
}

/** The plan year that a day falls in. */
export async function planYearOf(ctx: Ctx, day: string): Promise<number> {
  const { fiscal } = await getEcosystem(ctx)
  return fiscalYear(fiscal, day).year
}

export async function convertAmount(ctx: Ctx, input: Input<typeof contract.convert>): Promise<Output<typeof contract.convert>> {
  const { on, plan_year, ...amount } = input
  if (on !== undefined && plan_year !== undefined)
    throw invalid([{ path: 'plan_year', message: 'give `on` or `plan_year`, not both' }])
  return convertAt(ctx, amount, plan_year === undefined ? { on: on ?? ctx.now.slice(0, 10) } : { plan_year })
}
