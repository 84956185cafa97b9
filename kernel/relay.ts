import { sql } from 'kysely'
import { chainHash, digestOf, type EventBody } from './events.ts'
import type { HeardEvent, Listener } from './module.ts'
import { asSystem, type House, tenantsOf } from './run.ts'
import { insertLater } from './statements.ts'

const BATCH = 500
/** The job that carries one event to one listener. */
export const DELIVER = 'kernel.deliver'

export interface Delivery {
  event_id: string
  listener: string
}

interface Row extends EventBody {
  salt: string
}

/** Tenants whose outbox holds events. */
export const tenantsWithOutbox = (house: House): Promise<string[]> =>
  tenantsOf(house, () => sql`select app.tenants_with_outbox() as tenant_id`)

const listenersOf = (house: House, type: string): Listener[] =>
  house.modules.flatMap((module) => module.listeners.filter((listener) => listener.event.type === type))

/**
 * Takes a batch of a tenant's outbox: appends it to the chain and hands it to the listeners, in one transaction.
 * With `queued`, deliveries become jobs of that transaction; otherwise they are returned for the caller to run.
 */
export async function relayTenant(
  house: House,
  tenant_id: string,
  queued: boolean,
): Promise<{ taken: number; deliveries: Delivery[] }> {
  return asSystem(house, tenant_id, async (ctx) => {
    // The head's row lock lets one relay at a time work on a tenant.
    const head = await sql<{
      seq: number
      hash: string
    }>`insert into chain_heads (tenant_id, seq, hash) values (${tenant_id}, 0, '')
      on conflict (tenant_id) do update set seq = chain_heads.seq returning seq, hash`.execute(ctx.db)
    const { rows } =
      await sql<Row>`select e.id, e.type, e.version, e.subject_type, e.subject_id, e.party_id, e.actor_id, e.via, e.at, e.data, e.changes, e.salt
      from outbox o join events e on e.tenant_id = o.tenant_id and e.id = o.event_id
      where o.tenant_id = ${tenant_id} order by o.event_id limit ${BATCH}`.execute(ctx.db)
    let { seq, hash } = head.rows[0] ?? { seq: 0, hash: '' }
    const links = rows.map((row) => {
      const digest = digestOf(row, row.salt)
      seq += 1
      hash = chainHash(hash, seq, digest)
      return { tenant_id, seq, event_id: row.id, digest, hash }
    })
    if (links.length === 0) return { taken: 0, deliveries: [] }
    insertLater(ctx, 'event_chain', links)
    await sql`update chain_heads set seq = ${seq}, hash = ${hash} where tenant_id = ${tenant_id}`.execute(ctx.db)
    await sql`delete from outbox where tenant_id = ${tenant_id} and event_id = any(${rows.map((row) => row.id)}::uuid[])`.execute(
      ctx.db,
    )
    const deliveries = rows.flatMap((row) =>
      listenersOf(house, row.type).map((listener) => ({ event_id: row.id, listener: listener.name })),
    )
    if (queued) for (const delivery of deliveries) ctx.enqueue(DELIVER, { ...delivery })
    return { taken: rows.length, deliveries: queued ? [] : deliveries }
  })
}

/** Lets one listener hear one event; a second delivery finds the inbox row and does nothing. */
export async function deliver(house: House, tenant_id: string, { event_id, listener: name }: Delivery): Promise<void> {
  const listener = house.modules.flatMap((module) => module.listeners).find((one) => one.name === name)
  if (!listener) throw new Error(`There is no listener ${name}`)
  await asSystem(house, tenant_id, async (ctx) => {
    const { rows: first } =
      await sql`insert into inbox (tenant_id, event_id, listener, at) values (${tenant_id}, ${event_id}, ${name}, ${ctx.now})
      on conflict do nothing returning listener`.execute(ctx.db)
    if (first.length === 0) return
    const { rows } = await sql<HeardEvent<never>>`select id, type, subject_id, party_id, actor_id, at, data from events
      where tenant_id = ${tenant_id} and id = ${event_id}`.execute(ctx.db)
    const heard = rows[0]
    if (heard) await listener.hear(ctx, heard)
  })
}

export interface ChainReport {
  events: number
  /** The first place where the chain does not hold, or null. */
  broken_at: number | null
}

/** Recomputes a tenant's chain from its events, in batches. */
export async function verifyChain(house: House, tenant_id: string): Promise<ChainReport> {
  let [seq, hash] = [0, '']
  for (;;) {
    const rows = await house.database.tx({ tenant_id, parties: '*', actor_id: null }, { read_only: true }, async ({ db }) => {
      const read = await sql<
        Row & { seq: number; digest: string; hash: string }
      >`select c.seq, c.digest, c.hash, e.id, e.type, e.version, e.subject_type, e.subject_id,
          e.party_id, e.actor_id, e.via, e.at, e.data, e.changes, e.salt
        from event_chain c left join events e on e.tenant_id = c.tenant_id and e.id = c.event_id
        where c.tenant_id = ${tenant_id} and c.seq > ${seq} order by c.seq limit 2000`.execute(db)
      return read.rows
    })
    for (const row of rows) {
      const whole =
        row.seq === seq + 1 &&
        row.id !== null &&
        digestOf(row, row.salt) === row.digest &&
        chainHash(hash, row.seq, row.digest) === row.hash
      if (!whole) return { events: seq, broken_at: seq + 1 }
      ;({ seq, hash } = row)
    }
    if (rows.length < 2000) return { events: seq, broken_at: null }
  }
}
