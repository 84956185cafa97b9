import { sql } from 'kysely'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { MemberJson } from '../identity/queries.ts'
import { hashOf } from './make-link.ts'

export interface Link {
  link_id: string
  subject_id: string
  basis: string
  expires_at: string
  used_at: string | null
  revoked_at: string | null
  /** As they stand now; null once their access has ended. */
  member: MemberJson | null
  name: string
  ecosystem: string
}

/** The link of a token, for this verb only; reading it changes nothing. */
export async function findLink(ctx: Ctx, token: string, verb: string): Promise<Link> {
  if (!ctx.tenant_id) throw invalid([{ path: 'x-ecosystem', message: 'name the ecosystem of the link in this header' }])
  const { rows } = await sql<{
    link: Link | null
  }>`select app.mail_link(${ctx.tenant_id}, ${hashOf(token)}, ${verb}) as link`.execute(ctx.db)
  const link = rows[0]?.link
  if (!link) throw new Refusal('not_found', 'There is no such link: copy it whole from the mail, or sign in')
  return link
}

export const isOver = (ctx: Ctx, { expires_at, revoked_at }: Link): boolean =>
  revoked_at !== null || Date.parse(expires_at) <= Date.parse(ctx.now)

/** Uses a link up, whoever else tries at the same moment; undone with the transaction where the verb refuses. */
export async function useUp(ctx: Ctx, { link_id }: Link): Promise<void> {
  const taken = await ctx.db
    .updateTable('mail_links')
    .set({ used_at: ctx.now })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', link_id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  if (taken.length === 0) throw new Refusal('conflict', 'This link was used a moment ago, and it works once')
}
