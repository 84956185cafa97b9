import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { customerKeys } from './customer.ts'
import { BLOCK_LIMIT, LIMIT, LIVE, type Rival, type RivalRow, rivalsAmong, type Sought, WHOLE } from './find-rivals.ts'
import { microsOf } from './micros.ts'

export interface RivalBook {
  /** The rivals of one registration among all that stood before it, those of this batch included. */
  of: (sought: Sought) => Rival[]
  /** Enters a registration of this batch, so that later ones meet it. */
  enter: (row: RivalRow) => void
}

const soughtKeys = (sought: Sought): string[] =>
  customerKeys(sought).filter((key) => !(sought.shared_domain && key.startsWith('d:')))

// Each key is probed once, however many registrations have it, and cut off as for one registration.
async function probeAll(ctx: Ctx, keys: readonly string[], account_ids: readonly string[]) {
  const whole = keys.filter((key) => WHOLE.test(key))
  const parts = keys.filter((key) => !WHOLE.test(key))
  const { tenant_id } = ctx
  const { rows } = await sql<{ key: string; ids: string[] }>`
    select k.key, array(select x.deal_id from deal_keys x where x.tenant_id = ${tenant_id} and x.key = k.key limit ${sql.lit(LIMIT)}) as ids
      from unnest(${whole}::text[]) as k (key)
    union all
    select k.key, array(select x.deal_id from deal_keys x where x.tenant_id = ${tenant_id} and x.key = k.key limit ${sql.lit(BLOCK_LIMIT + 1)}) as ids
      from unnest(${parts}::text[]) as k (key)
    union all
    select 'a:' || a.id, array(select i.deal_id from deal_inners i where i.tenant_id = ${tenant_id} and i.account_id = a.id) as ids
      from unnest(${account_ids}::uuid[]) as a (id)`.execute(ctx.db)
  return new Map(rows.map(({ key, ids }) => [key, ids]))
}

async function liveRows(ctx: Ctx, ids: readonly string[]): Promise<RivalRow[]> {
  const { rows } =
    await sql<RivalRow>`select d.id, d.partner_id, d.account_name, d.account_domain, d.customer_number, d.country, d.product, d.more_products, d.deal_type,
      d.tender, d.review, d.stage, d.protection, d.protected_until, d.completed_at,
      (select i.account_id from deal_inners i where i.tenant_id = d.tenant_id and i.deal_id = d.id) as account_id
    from deals d where d.tenant_id = ${ctx.tenant_id} and d.id = any(${ids}::uuid[]) and d.review = any(${LIVE}::text[])`.execute(
      ctx.db,
    )
  return rows
}

// What has no place in line stands last.
const placeOf = ({ completed_at }: RivalRow): number => (completed_at === null ? Number.MAX_SAFE_INTEGER : microsOf(completed_at))

/** Reads what many registrations may meet, in two reads for all; for the host's own work, which sees every registration. */
export async function rivalsOfMany(ctx: Ctx, all: readonly Sought[], familyOf: ReadonlyMap<string, string>): Promise<RivalBook> {
  const keys = [...new Set(all.flatMap(soughtKeys))]
  const byKey = await probeAll(ctx, keys, [...new Set(all.flatMap(({ account_id }) => account_id ?? []))])
  const rows = new Map((await liveRows(ctx, [...new Set([...byKey.values()].flat())])).map((row) => [row.id, row]))

  const candidates = (sought: Sought): RivalRow[] => {
    const met = new Set<string>()
    for (const key of soughtKeys(sought)) {
      const ids = byKey.get(key) ?? []
      if (!WHOLE.test(key) && ids.length > BLOCK_LIMIT) continue
      for (const id of ids.slice(0, LIMIT)) met.add(id)
    }
    for (const id of sought.account_id ? (byKey.get(`a:${sought.account_id}`) ?? []) : []) met.add(id)
    met.delete(sought.deal_id)
    const found = [...met].flatMap((id) => rows.get(id) ?? [])
    return found.sort((a, b) => placeOf(a) - placeOf(b)).slice(0, LIMIT)
  }
  return {
    of: (sought) => rivalsAmong(candidates(sought), sought, { familyOf, now: ctx.now }),
    enter: (row) => {
      if (LIVE.includes(row.review)) rows.set(row.id, row)
      const own = customerKeys({
        name: row.account_name,
        domain: row.account_domain,
        country: row.country,
        number: row.customer_number,
      })
      for (const key of row.account_id ? [...own, `a:${row.account_id}`] : own) byKey.get(key)?.push(row.id)
    },
  }
}
