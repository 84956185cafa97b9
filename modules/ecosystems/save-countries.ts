import { sql } from 'kysely'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { insertLater } from '../../kernel/statements.ts'
import { territories } from './rules.ts'

/** Gives a region these countries and no others; refuses one that stands in another region. */
export async function saveCountries(ctx: Ctx, region_code: string, countries: readonly string[]): Promise<void> {
  const { tenant_id } = ctx
  await ctx.db.deleteFrom('region_countries').where('tenant_id', '=', tenant_id).where('region_code', '=', region_code).execute()
  const wanted = [...new Set(countries)]
  if (wanted.length === 0) return
  const taken = await ctx.db
    .selectFrom('region_countries')
    .select(['country', 'region_code'])
    .where('tenant_id', '=', tenant_id)
    .where('country', 'in', wanted)
    .execute()
  if (taken.length > 0) {
    const issues = taken.map((one) => ({
      path: `countries.${countries.indexOf(one.country)}`,
      message: `${one.country} stands in the region ${one.region_code}; take it out there first`,
    }))
    throw invalid(issues)
  }
  insertLater(
    ctx,
    'region_countries',
    wanted.map((country) => ({ tenant_id, country, region_code })),
  )
}

/** Draws the territory of every region anew; writes those that changed. */
export async function drawTerritories(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{
    code: string
    parent_code: string | null
    state: string
    territory: string[]
    countries: string[]
  }>`select r.code, r.parent_code, r.state, r.territory, array(select c.country::text from region_countries c
      where c.tenant_id = r.tenant_id and c.region_code = r.code) as countries
    from regions r where r.tenant_id = ${ctx.tenant_id}`.execute(ctx.db)
  const drawn = territories(rows)
  for (const { code, territory } of rows) {
    const now = drawn.get(code) ?? []
    if (now.join() === territory.join()) continue
    await ctx.db
      .updateTable('regions')
      .set({ territory: now })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('code', '=', code)
      .execute()
  }
}
