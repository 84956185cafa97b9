import { type Compilable, sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { statement } from '../../kernel/statements.ts'

/** Lanes of numbers that one host has: as many registrations at once take a number without waiting. */
const LANES = 32

const NUMBER = `update deal_numbers n set next = n.next + ${LANES} where n.tenant_id = $1
      and n.lane = (select lane from deal_numbers where tenant_id = $1 order by next limit 1 for update skip locked)
    returning n.next - ${LANES} as number`

/** The next number of the free lane with the smallest, which is held until the commit; none while every lane is held. */
export const nextNumber = (ctx: Ctx): Compilable<{ number: number }> => statement(NUMBER, ctx.tenant_id)

/** A number for one deal. */
export async function takeNumber(ctx: Ctx): Promise<number | null> {
  const [next] = await ctx.ask(nextNumber(ctx))
  return next?.number ?? (await takeNumbers(ctx, 1))[0] ?? null
}

/** So many numbers, the smallest first; waits until every lane is free. For imports, and where no lane was free. */
export async function takeNumbers(ctx: Ctx, count: number): Promise<number[]> {
  await sql`insert into deal_numbers (tenant_id, lane, next) select ${ctx.tenant_id}::uuid, l, l + 1 from generate_series(0, ${sql.lit(LANES - 1)}) as l
    on conflict do nothing`.execute(ctx.db)
  await sql`select from deal_numbers where tenant_id = ${ctx.tenant_id} order by lane for update`.execute(ctx.db)
  const { rows } = await sql<{ number: number }>`with free as (
      select n.lane, n.next + ${sql.lit(LANES)} * k as number from deal_numbers n cross join generate_series(0, ${count}::int - 1) as k
      where n.tenant_id = ${ctx.tenant_id} order by number limit ${count}),
    moved as (update deal_numbers n set next = t.last + ${sql.lit(LANES)} from (select lane, max(number) as last from free group by lane) t
      where n.tenant_id = ${ctx.tenant_id} and n.lane = t.lane returning n.lane)
    select number from free order by number`.execute(ctx.db)
  return rows.map(({ number }) => number)
}
