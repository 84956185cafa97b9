import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import type { WorkCalendar } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage, type Page } from '../../kernel/pages.ts'
import { runRemembered } from '../../kernel/statements.ts'
import type * as contract from './contract.ts'

export async function getEcosystem(ctx: Ctx): Promise<contract.Ecosystem> {
  return ctx.db.selectFrom('ecosystems').selectAll().where('tenant_id', '=', ctx.tenant_id).executeTakeFirstOrThrow()
}

/** The currency in which the ecosystem reports. */
export async function reportingCurrency(ctx: Ctx): Promise<string> {
  const [row] = await runRemembered(ctx, 'ecosystems.currency', {}, (bare) =>
    bare.db.selectFrom('ecosystems').select('reporting_currency').where('tenant_id', '=', bare.tenant_id),
  )
  return row?.reporting_currency ?? ''
}

const visibleRegions = (ctx: Ctx) =>
  ctx.db
    .selectFrom('regions')
    .select([
      'id',
      'version',
      'code',
      'name',
      'parent_code',
      'calendar',
      sql<'active' | 'retired'>`state`.as('state'),
      'territory',
    ])
    .select(
      sql<string[]>`array(select c.country::text from region_countries c where c.tenant_id = regions.tenant_id
        and c.region_code = regions.code order by c.country)`.as('countries'),
    )
    .where('tenant_id', '=', ctx.tenant_id)

const byCode = { sorts: { code: sql`code`, name: sql`name` }, fallback: 'code', id: sql`id` }
const has = (column: string, words: string) => sql<boolean>`position(lower(${words}) in lower(${sql.ref(column)})) > 0`

export async function listRegions(ctx: Ctx, input: Input<typeof contract.list_regions>): Promise<Page<contract.Region>> {
  let query = visibleRegions(ctx)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.q) query = query.where(has('name', input.q))
  return keysetPage(query, input, byCode)
}

export const getRegion = (ctx: Ctx, code: string): Promise<contract.Region | undefined> =>
  visibleRegions(ctx).where('code', '=', code).executeTakeFirst()

export async function listProducts(ctx: Ctx, input: Input<typeof contract.list_products>): Promise<Page<contract.Product>> {
  let query = ctx.db
    .selectFrom('products')
    .select(['id', 'version', 'code', 'name', 'family', sql<'active' | 'retired'>`state`.as('state')])
    .where('tenant_id', '=', ctx.tenant_id)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.family) query = query.where('family', '=', input.family)
  if (input.q) query = query.where(has('name', input.q))
  return keysetPage(query, input, byCode)
}

export async function listRates(ctx: Ctx, input: Input<typeof contract.list_rates>): Promise<Page<contract.RateRow>> {
  let query = ctx.db
    .selectFrom('rates')
    .select(['id', sql<contract.RateRow['kind']>`kind`.as('kind'), 'base', 'currency', 'rate', 'on_date', 'plan_year'])
    .where('tenant_id', '=', ctx.tenant_id)
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.currency ?? input.q) query = query.where('currency', '=', (input.currency ?? input.q ?? '').toUpperCase())
  if (input.plan_year !== undefined) query = query.where('plan_year', '=', input.plan_year)
  return keysetPage(query, input, {
    sorts: { on_date: sql`on_date`, currency: sql`currency` },
    fallback: '-on_date',
    id: sql`id`,
  })
}

/** Working hours and holidays of a region, for clocks. */
export async function calendarOf(ctx: Ctx, region_code: string): Promise<WorkCalendar> {
  const region = await getRegion(ctx, region_code)
  if (!region) throw invalid([{ path: 'region', message: `'${region_code}' is no region; see the list of regions` }])
  return region.calendar
}

/** What lies in each of these regions: itself and those below it, with how many steps below. */
export async function regionsBelow(ctx: Ctx, codes: readonly string[]): Promise<Map<string, Map<string, number>>> {
  const found = new Map(codes.map((code) => [code, new Map<string, number>()]))
  if (codes.length === 0) return found
  const { rows } = await sql<{ top: string; code: string; step: number }>`with recursive down as (
      select r.code as top, r.code, 0 as step from regions r where r.tenant_id = ${ctx.tenant_id} and r.code = any(${codes}::text[])
      union all select down.top, r.code, down.step + 1 from down join regions r on r.tenant_id = ${ctx.tenant_id} and r.parent_code = down.code
        where down.step < 12)
    select top, code, step from down`.execute(ctx.db)
  for (const { top, code, step } of rows) found.get(top)?.set(code, step)
  return found
}

/** Which of these regions a code falls under: itself and its parents, nearest first. */
export async function regionChain(ctx: Ctx, code: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`with recursive up as (
      select r.code, r.parent_code, 1 as step from regions r where r.tenant_id = ${ctx.tenant_id} and r.code = ${code}
      union all select p.code, p.parent_code, up.step + 1 from up join regions p on p.tenant_id = ${ctx.tenant_id} and p.code = up.parent_code where up.step < 12)
    select code from up order by step`.execute(ctx.db)
  return rows.map((row) => row.code)
}
