import { type RawBuilder, sql } from 'kysely'
import { tenantsWithDueClocks } from '../kernel/clocks.ts'
import type { Ctx } from '../kernel/module.ts'
import { tenantsWithOutbox } from '../kernel/relay.ts'
import { asSystem, type House } from '../kernel/run.ts'

interface Waiting {
  count: number
  since: string | null
}
export interface Late {
  count: number
  /** How long the oldest of them waits. */
  seconds: number
}

async function late(house: House, tenants: readonly string[], question: (ctx: Ctx) => RawBuilder<Waiting>): Promise<Late> {
  const all: Late = { count: 0, seconds: 0 }
  for (const tenant_id of tenants) {
    const found = await asSystem(
      house,
      tenant_id,
      async (ctx) => {
        const { count = 0, since = null } = (await question(ctx).execute(ctx.db)).rows[0] ?? {}
        return { count, seconds: since === null ? 0 : (Date.parse(ctx.now) - Date.parse(since)) / 1000 }
      },
      { read_only: true },
    )
    all.count += found.count
    all.seconds = Math.max(all.seconds, found.seconds)
  }
  return all
}

/** What the background has not done yet: events that are not in the chain, and clocks that are due. It grows where no worker runs. */
export async function readBacklog(house: House): Promise<{ events: Late; clocks: Late }> {
  return {
    events: await late(
      house,
      await tenantsWithOutbox(house),
      ({ tenant_id }) => sql<Waiting>`select count(*)::int as count, min(e.at) as since
        from outbox o join events e on e.tenant_id = o.tenant_id and e.id = o.event_id where o.tenant_id = ${tenant_id}`,
    ),
    clocks: await late(
      house,
      await tenantsWithDueClocks(house),
      ({ tenant_id, now }) => sql<Waiting>`select count(*)::int as count, min(due_at) as since
        from clocks where tenant_id = ${tenant_id} and due_at <= ${now} and fired_at is null and ended_at is null`,
    ),
  }
}
