import { createHash } from 'node:crypto'
import { type CompiledQuery, sql } from 'kysely'
import { Refusal } from './errors.ts'
import type { Ctx } from './module.ts'

export interface Answer {
  status: number
  body: unknown
}

/** The hash under which a request is remembered: same route, same input. */
export const requestHash = (route: string, input: unknown): string =>
  createHash('sha256').update(route).update(JSON.stringify(input)).digest('hex')

interface Kept {
  request_hash: string
  status: number | null
  answer: string | null
}

/** Claims the key in this transaction (a twin waits on it), or returns the answer that it already has. */
export async function claimKey(ctx: Ctx, key: string, hash: string): Promise<Answer | null> {
  const actor = ctx.actor.member_id
  const { rows } = await sql`insert into idempotency_keys (tenant_id, actor_id, key, request_hash, at)
    values (${ctx.tenant_id}, ${actor}, ${key}, ${hash}, ${ctx.now}) on conflict do nothing returning key`.execute(ctx.db)
  if (rows.length > 0) return null
  const found = await sql<Kept>`select request_hash, status, answer from idempotency_keys
    where tenant_id = ${ctx.tenant_id} and actor_id = ${actor} and key = ${key}`.execute(ctx.db)
  const kept = found.rows[0]
  if (!kept || kept.status === null)
    throw new Refusal('unavailable', 'The same request is still being worked on: repeat it in a moment')
  if (kept.request_hash !== hash) {
    throw new Refusal('invalid', 'Idempotency-Key: it was used for another request; take a new key', {
      issues: [{ path: 'Idempotency-Key', message: 'was used for another request; take a new key' }],
    })
  }
  return { status: kept.status, body: kept.answer === null ? undefined : (JSON.parse(kept.answer) as unknown) }
}

/** What stores the answer under the key, with the transaction that made it. */
export function answerKept(ctx: Ctx, key: string, answer: Answer): CompiledQuery {
  const body = answer.body === undefined ? null : JSON.stringify(answer.body)
  return sql`update idempotency_keys set status = ${answer.status}, answer = ${body}
    where tenant_id = ${ctx.tenant_id} and actor_id = ${ctx.actor.member_id} and key = ${key}`.compile(ctx.db)
}

/** Forgets the keys of a tenant that are older than 24 hours. */
export async function forgetKeys(ctx: Ctx): Promise<void> {
  await sql`delete from idempotency_keys where tenant_id = ${ctx.tenant_id} and at < ${ctx.now}::timestamptz - interval '24 hours'`.execute(
    ctx.db,
  )
}
