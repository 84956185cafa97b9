import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import {
  BLOCK_LIMIT,
  type Customer,
  type FoundAccounts,
  type FoundRow,
  keysOf,
  matchesAmong,
  soughtOf,
  WHOLE,
  WHOLE_LIMIT,
} from './find-account.ts'

interface Hits {
  key: string
  ids: string[]
}

// Each key is probed once, however many customers have it, and cut off as for one customer.
async function probeAll(ctx: Ctx, keys: readonly string[]): Promise<Map<string, string[]>> {
  const whole = keys.filter((key) => WHOLE.test(key))
  const parts = keys.filter((key) => !WHOLE.test(key))
  const { rows } =
    await sql<Hits>`select k.key, array(select a.account_id from account_keys a where a.tenant_id = ${ctx.tenant_id} and a.key = k.key
      limit ${sql.lit(WHOLE_LIMIT)}) as ids from unnest(${whole}::text[]) as k (key)
    union all select k.key, array(select a.account_id from account_keys a where a.tenant_id = ${ctx.tenant_id} and a.key = k.key
      limit ${sql.lit(BLOCK_LIMIT + 1)}) as ids from unnest(${parts}::text[]) as k (key)`.execute(ctx.db)
  return new Map(rows.filter(({ key, ids }) => WHOLE.test(key) || ids.length <= BLOCK_LIMIT).map(({ key, ids }) => [key, ids]))
}

type Account = Omit<FoundRow, 'keys'> & { own_id: string }

async function accountsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Account>> {
  const { rows } =
    await sql<Account>`select a.id as own_id, coalesce(a.merged_into_id, a.id) as id, a.name_key, a.country, a.domain, a.company_number,
      a.shared_domain from accounts a
    where a.tenant_id = ${ctx.tenant_id} and a.id = any(${ids}::uuid[]) and (a.archived_at is null or a.merged_into_id is not null)`.execute(
      ctx.db,
    )
  return new Map(rows.map((row) => [row.own_id, row]))
}

/** What `findAccount` says of each of many customers, in two reads for all; for the host's own work, which sees every account. */
export async function findAccounts(ctx: Ctx, customers: readonly Customer[]): Promise<FoundAccounts[]> {
  const sought = customers.map(soughtOf)
  const keys = sought.map(keysOf)
  const hits = await probeAll(ctx, [...new Set(keys.flat())])
  const accounts = await accountsOf(ctx, [...new Set([...hits.values()].flat())])
  return sought.map((one, index) => {
    const found = new Map<string, string[]>()
    for (const key of new Set(keys[index]))
      for (const id of hits.get(key) ?? []) {
        const shared = found.get(id)
        if (shared) shared.push(key)
        else found.set(id, [key])
      }
    const rows = [...found].flatMap(([id, shared]): FoundRow[] => {
      const account = accounts.get(id)
      return account ? [{ ...account, keys: shared }] : []
    })
    return rows.length === 0 ? { matches: [], shared_domain: false } : matchesAmong(one, rows)
  })
}
