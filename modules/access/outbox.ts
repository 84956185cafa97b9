import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage } from '../../kernel/pages.ts'
import type * as contract from './contract.ts'

const visibleMails = (ctx: Ctx) =>
  ctx.db
    .selectFrom('mails')
    .select(['id', 'to_address', 'template', 'subject', sql<'waiting' | 'kept' | 'sent'>`state`.as('state'), 'created_at'])
    .where('tenant_id', '=', ctx.tenant_id)

export async function listMails(ctx: Ctx, input: Input<typeof contract.list_mails>): Promise<Output<typeof contract.list_mails>> {
  let query = visibleMails(ctx)
  if (input.to_address) query = query.where('to_address', '=', input.to_address.toLowerCase())
  if (input.q)
    query = query.where(sql<boolean>`position(lower(${input.q}) in lower(coalesce(subject, '') || ' ' || to_address)) > 0`)
  return keysetPage(query, input, { sorts: { created_at: sql`created_at` }, fallback: '-created_at', id: sql`id` })
}

export async function getMail(ctx: Ctx, { id }: Input<typeof contract.get_mail>): Promise<Output<typeof contract.get_mail>> {
  const mail = await visibleMails(ctx).select(['html', 'plain']).where('id', '=', id).executeTakeFirst()
  if (!mail) throw new Refusal('not_found', 'There is no such mail')
  return mail
}
