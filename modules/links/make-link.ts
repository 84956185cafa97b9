import { createHash, randomBytes } from 'node:crypto'
import type { Ctx } from '../../kernel/module.ts'
import { forgetSomeDay } from './forget-links.ts'

export interface NewLink {
  /** The one verb that it lets its holder do, as `deals.extend`. */
  verb: string
  subject_id: string
  /** How the record stands now; the link ends when that changes. */
  basis: string
  member_id: string
  party_id: string
  expires_at: string
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Makes a link for one person, one verb and one record, and gives its token, which is stored nowhere; those made before end. */
export async function makeLink(ctx: Ctx, { verb, subject_id, member_id, ...link }: NewLink): Promise<string> {
  const { tenant_id, now } = ctx
  await ctx.db
    .updateTable('mail_links')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenant_id)
    .where('subject_id', '=', subject_id)
    .where('member_id', '=', member_id)
    .where('verb', '=', verb)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  const token = randomBytes(32).toString('base64url')
  const row = { tenant_id, id: ctx.id(), verb, subject_id, member_id, token_hash: hashOf(token), created_at: now, ...link }
  await ctx.db.insertInto('mail_links').values(row).execute()
  await forgetSomeDay(ctx)
  return token
}
