import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { open_link } from './contract.ts'
import { GONE } from './enter-by-link.ts'

/** Whom a link by mail signs in, without using it up. */
export async function openLink(ctx: Ctx, { token }: Input<typeof open_link>): Promise<Output<typeof open_link>> {
  const { rows } = await sql<{ email: string | null }>`select app.sign_in_link(${token}) as email`.execute(ctx.db)
  const email = rows[0]?.email
  if (!email) throw GONE
  return { email }
}
