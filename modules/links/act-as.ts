import { sql } from 'kysely'
import type { Actor, Ctx } from '../../kernel/module.ts'
import { actorOf } from '../access/authenticate.ts'
import type { Link } from './find-link.ts'

/** Whom a link speaks for, with no more than these permissions of theirs; null where they hold not all of them any more. */
export function actorBy({ member }: Link, permissions: readonly string[]): Actor | null {
  if (!member) return null
  const actor = actorOf(member)
  if (permissions.some((one) => !actor.permissions.has(one))) return null
  return { ...actor, permissions: new Set(permissions), via: 'mail' }
}

const enter = (ctx: Ctx, { parties, member_id }: Actor) =>
  sql`select app.enter(${ctx.tenant_id}::uuid, ${parties === '*' ? '*' : parties.join(',')}, ${member_id}::uuid)`.execute(ctx.db)

/**
 * From here on the request is this member's: its row rights, its events and its audit row, whoever else is signed in beside it.
 * A judged read would leave it without any party, so verbs that judge are not for links.
 */
export async function actAs(ctx: Ctx, actor: Actor): Promise<void> {
  await enter(ctx, actor)
  Object.assign(ctx, { actor, can: (permission: string) => actor.permissions.has(permission) })
}

/** Reads as this member, then is whoever called again: what a scanner of mails opens is no act of the member's. */
export async function readAs<T>(ctx: Ctx, actor: Actor, read: (inside: Ctx) => Promise<T>): Promise<T> {
  await enter(ctx, actor)
  const found = await read({ ...ctx, actor, can: (permission) => actor.permissions.has(permission) })
  await enter(ctx, ctx.actor)
  return found
}
