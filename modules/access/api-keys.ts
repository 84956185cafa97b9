import { randomBytes } from 'node:crypto'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { hashToken } from './invite-member.ts'

type ApiKey = Output<typeof contract.revoke_key>
const FIELDS = ['id', 'member_id', 'name', 'hint', 'scopes', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'] as const

// A key must not make keys that outlive it.
const memberId = (ctx: Ctx): string => {
  if (!ctx.actor.member_id || !ctx.actor.person_id)
    throw new Refusal('forbidden', 'Only a person who signed in manages keys, and only the own ones')
  return ctx.actor.member_id
}

export async function listKeys(ctx: Ctx): Promise<Output<typeof contract.list_keys>> {
  const items = await ctx.db
    .selectFrom('api_keys')
    .select(FIELDS)
    .where('tenant_id', '=', ctx.tenant_id)
    .where('member_id', '=', memberId(ctx))
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return { items }
}

/** The tenant stands in the key, so that finding its owner asks one place of a cluster. */
export async function createKey(
  ctx: Ctx,
  { name, scopes, expires_at }: Input<typeof contract.create_key>,
): Promise<Output<typeof contract.create_key>> {
  const member_id = memberId(ctx)
  const beyond = scopes.findIndex((scope) => !ctx.can(scope))
  if (beyond >= 0) throw invalid([{ path: `scopes.${beyond}`, message: `you do not hold '${scopes[beyond]}' yourself` }])
  if (expires_at !== null && expires_at <= ctx.now) throw invalid([{ path: 'expires_at', message: 'must lie ahead' }])
  const key = `rlt_${ctx.tenant_id.replaceAll('-', '')}_${randomBytes(32).toString('base64url')}`
  const id = ctx.id()
  const row = {
    id,
    member_id,
    name,
    hint: `rlt_…${key.slice(-4)}`,
    scopes: [...new Set(scopes)],
    created_at: ctx.now,
    expires_at,
  }
  const saved = await ctx.db
    .insertInto('api_keys')
    .values({ ...row, tenant_id: ctx.tenant_id, party_id: ctx.actor.party_id, key_hash: hashToken(key) })
    .returning(FIELDS)
    .executeTakeFirstOrThrow()
  ctx.emit(contract.key_created, { key_id: id, member_id, partner_id: ctx.actor.party_id })
  return { ...saved, key }
}

export async function revokeKey(ctx: Ctx, { id }: Input<typeof contract.revoke_key>): Promise<ApiKey> {
  const row = await ctx.db
    .updateTable('api_keys')
    .set((set) => ({ revoked_at: set.fn.coalesce('revoked_at', set.val(ctx.now)) }))
    .where('tenant_id', '=', ctx.tenant_id)
    .where('member_id', '=', memberId(ctx))
    .where('id', '=', id)
    .returning(FIELDS)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'You have no such key')
  ctx.emit(contract.key_revoked, { key_id: id, member_id: row.member_id, partner_id: ctx.actor.party_id })
  return row
}
