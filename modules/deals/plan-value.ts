import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { convertAt, planYearOf } from '../ecosystems/convert-at.ts'
import { reportingCurrency } from '../ecosystems/queries.ts'

/** An amount in the reporting currency at the plan rate of the year; null where the plan has no rate for the currency. */
export async function planValue(ctx: Ctx, amount_minor: number, currency: string): Promise<number | null> {
  const reporting_currency = await reportingCurrency(ctx)
  if (currency === reporting_currency) return amount_minor
  const plan_year = await planYearOf(ctx, ctx.now.slice(0, 10))
  const converted = await convertAt(ctx, { amount_minor, from: currency, to: reporting_currency }, { plan_year }).catch(
    (error: unknown) => {
      if (error instanceof Refusal) return null
      throw error
    },
  )
  return converted?.amount_minor ?? null
}
