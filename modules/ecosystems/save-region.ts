import { hasHolidays } from '../../kernel/calendar.ts'
import type { Input } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { getRegion, regionChain } from './queries.ts'
import { drawTerritories, saveCountries } from './save-countries.ts'

/** A calendar that cannot be reckoned would break every deadline of the region, so it is not stored. */
function checkHolidays({ holidays }: contract.Region['calendar']): void {
  if (holidays === null || hasHolidays(holidays)) return
  const message = `there is no holiday table for '${holidays}'; take a country with an optional state, as DE or DE-BY, or leave it empty and list the days off`
  throw invalid([{ path: 'calendar.holidays', message }])
}

// Regions are saved one after another: what one is home to hangs on all the others.
async function holdRegions(ctx: Ctx): Promise<void> {
  await ctx.db.selectFrom('ecosystems').select('tenant_id').where('tenant_id', '=', ctx.tenant_id).forUpdate().execute()
}

export async function saveRegion(ctx: Ctx, input: Input<typeof contract.save_region>): Promise<contract.Region> {
  const { code, name, parent_code, state, countries } = input
  checkHolidays(input.calendar)
  await holdRegions(ctx)
  if (parent_code !== null) {
    const chain = await regionChain(ctx, parent_code)
    if (chain.length === 0) throw invalid([{ path: 'parent_code', message: `'${parent_code}' is no region; make it first` }])
    if (chain.includes(code)) throw invalid([{ path: 'parent_code', message: `'${parent_code}' lies below ${code} itself` }])
  }
  const row = await ctx.db
    .selectFrom('regions')
    .select(['id', 'version'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
  ctx.match(row?.version ?? 0)
  const id = row?.id ?? ctx.id()
  const values = { name, parent_code, state, calendar: JSON.stringify(input.calendar), version: (row?.version ?? 0) + 1 }
  if (row) await ctx.db.updateTable('regions').set(values).where('tenant_id', '=', ctx.tenant_id).where('id', '=', id).execute()
  else
    await ctx.db
      .insertInto('regions')
      .values({ tenant_id: ctx.tenant_id, id, code, ...values })
      .execute()
  if (countries) await saveCountries(ctx, code, countries)
  await drawTerritories(ctx)
  ctx.emit(contract.region_saved, { region_id: id, code })
  const saved = await getRegion(ctx, code)
  if (!saved) throw new Error('A saved region is there')
  return saved
}
