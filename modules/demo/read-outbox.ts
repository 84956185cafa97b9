import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'

export interface KeptMail {
  id: string
  to_address: string
  subject: string | null
  state: string
  created_at: string
}

/** The newest mails of an ecosystem. */
export async function readOutbox(
  ctx: Ctx,
  { to_address, limit }: { to_address?: string | undefined; limit: number },
): Promise<KeptMail[]> {
  const whose = to_address ? sql`and to_address = ${to_address.toLowerCase()}` : sql``
  const { rows } = await sql<KeptMail>`select id, to_address, subject, state, created_at from mails
    where tenant_id = ${ctx.tenant_id} ${whose} order by created_at desc, id desc limit ${limit}`.execute(ctx.db)
  return rows
}

export async function readMail(ctx: Ctx, id: string): Promise<KeptMail & { html: string | null; plain: string | null }> {
  const { rows } = await sql<
    KeptMail & { html: string | null; plain: string | null }
  >`select id, to_address, subject, state, created_at, html, plain
    from mails where tenant_id = ${ctx.tenant_id} and id = ${id}`.execute(ctx.db)
  const [mail] = rows
  if (!mail) throw new Refusal('not_found', 'There is no such mail in this ecosystem')
  return mail
}
