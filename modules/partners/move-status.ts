import { sql } from 'kysely'
import type { EventType, Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { endMembersOf } from '../access/update-member.ts'
import * as contract from './contract.ts'
import { getPartner, partnerForUpdate } from './queries.ts'
import { STATUS } from './rules.ts'

type StatusVerb = Parameters<typeof STATUS.move>[1]
interface Step {
  id: string
  reason?: string
  text: string
}

async function move(
  ctx: Ctx,
  verb: StatusVerb,
  event: EventType,
  { id, reason, text }: Step,
): Promise<Output<typeof contract.get>> {
  const before = await partnerForUpdate(ctx, id)
  const next = STATUS.move(before.status, verb)
  const status = verb === 'reinstate' ? (before.status_before ?? next) : next
  await ctx.db
    .updateTable('partners')
    .set({
      status,
      status_before: verb === 'suspend' ? before.status : null,
      status_reason: reason ?? null,
      status_text: text,
      status_at: ctx.now,
      updated_at: ctx.now,
      version: sql`version + 1`,
    })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  ctx.emit(event, { partner_id: id, ...(reason ? { reason } : {}) }, { changes: { status: [before.status, status] } })
  return getPartner(ctx, { id })
}

export const activatePartner = (ctx: Ctx, input: Input<typeof contract.activate>) =>
  move(ctx, 'activate', contract.activated, input)
export const suspendPartner = (ctx: Ctx, input: Input<typeof contract.suspend>) => move(ctx, 'suspend', contract.suspended, input)
export const reinstatePartner = (ctx: Ctx, input: Input<typeof contract.reinstate>) =>
  move(ctx, 'reinstate', contract.reinstated, input)

/** Ends the partnership and, in the same moment, the access of its people; what they did stays. */
export async function terminatePartner(
  ctx: Ctx,
  input: Input<typeof contract.terminate>,
): Promise<Output<typeof contract.terminate>> {
  const partner = await move(ctx, 'terminate', contract.terminated, input)
  await endMembersOf(ctx, input.id)
  return partner
}
