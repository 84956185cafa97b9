import { sql } from 'kysely'
import type { House } from '../../kernel/run.ts'

type Clocked = Pick<House, 'database'>

// One clock for the whole house, so its row belongs to no tenant.
const NOBODY = '00000000-0000-0000-0000-000000000000'

const inHouse = <T>(house: Clocked, read_only: boolean, work: Parameters<House['database']['tx']>[2]) =>
  house.database.tx({ tenant_id: NOBODY, parties: '*', actor_id: null }, { read_only }, work) as Promise<T>

/** Notes that the world is being told: one whose telling broke off is told anew. */
export async function markLoading(house: Clocked): Promise<void> {
  await keepOffset(house, 0, false)
}

/** Keeps how far the world's time is from the real one, so that a restart goes on with it. */
export async function keepOffset(house: Clocked, millis: number, loaded: boolean): Promise<void> {
  await inHouse<void>(house, false, async ({ db }) => {
    await sql`insert into demo_clocks (tenant_id, offset_millis, loaded) values (${NOBODY}, ${Math.round(millis)}, ${loaded})
      on conflict (tenant_id) do update set offset_millis = excluded.offset_millis, loaded = excluded.loaded`.execute(db)
  })
}

/** What was kept; null when no demo world was ever told here. */
export function keptOffset(house: Clocked): Promise<{ offset_millis: number; loaded: boolean } | null> {
  return inHouse(house, true, async ({ db }) => {
    const { rows } = await sql<{ offset_millis: number; loaded: boolean }>`select offset_millis, loaded from demo_clocks
      where tenant_id = ${NOBODY}`.execute(db)
    return rows[0] ?? null
  })
}
