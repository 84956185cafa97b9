import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type * as contract from './contract.ts'
import { getPerson, personId } from './queries.ts'

export async function updateMe(
  ctx: Ctx,
  { name, locale }: Input<typeof contract.update_me>,
): Promise<Output<typeof contract.update_me>> {
  const id = personId(ctx)
  await sql`select app.update_person(${id}, ${name ?? null}, ${locale ?? null})`.execute(ctx.db)
  const person = await getPerson(ctx.db, id)
  return { id, name: person.name, email: person.email, locale: person.locale }
}
