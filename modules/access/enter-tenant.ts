import { sql } from 'kysely'
import { storeEvents } from '../../kernel/events.ts'
import { type Ctx, makeCtx, SYSTEM } from '../../kernel/module.ts'

/**
 * Runs work as the system of a tenant in the caller's own transaction: for the two doors of people who are nobody yet,
 * the first run and the acceptance of an invitation, after the caller proved the right to it.
 */
export async function enterTenant<T>(ctx: Ctx, tenant_id: string, work: (inside: Ctx) => Promise<T>): Promise<T> {
  await sql`select app.enter(${tenant_id}::uuid, '*', null)`.execute(ctx.db)
  const { ctx: inside, pending } = makeCtx({
    tx: ctx,
    tenant_id,
    actor: { ...SYSTEM, via: ctx.actor.via },
    request_id: ctx.request_id,
  })
  const result = await work(inside)
  storeEvents(inside, pending)
  for (const { job, ref, after } of pending.jobs) ctx.enqueue(job, ref, after ? { after } : {})
  return result
}
