import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type * as contract from './contract.ts'
import { getPerson, personId, sessionsOf } from './queries.ts'

export async function listSessions(ctx: Ctx): Promise<Output<typeof contract.sessions>> {
  return { items: await sessionsOf(ctx.db, personId(ctx)) }
}

export async function revokeSession(ctx: Ctx, { id }: Input<typeof contract.revoke_session>): Promise<void> {
  const { rows } = await sql<{ revoked: boolean }>`select app.revoke_session(${personId(ctx)}, ${id}) as revoked`.execute(ctx.db)
  if (!rows[0]?.revoked) throw new Refusal('not_found', 'You have no such session; it may have ended already')
}

export async function getSecurity(ctx: Ctx): Promise<Output<typeof contract.security>> {
  const { password, two_factor, passkeys } = await getPerson(ctx.db, personId(ctx))
  return { password, two_factor, passkeys }
}
