import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage } from '../../kernel/pages.ts'
import * as contract from './contract.ts'
import { findsWords, namedEntries, today } from './queries.ts'
import type { NamedEntry } from './shapes.ts'

export async function listNamed(ctx: Ctx, input: Input<typeof contract.list_named>): Promise<Output<typeof contract.list_named>> {
  let query = namedEntries(ctx)
  const { account_id, on, q } = input
  if (account_id) query = query.where('n.account_id', '=', account_id)
  if (q)
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('accounts')
          .select('id')
          .where('accounts.tenant_id', '=', ctx.tenant_id)
          .whereRef('accounts.id', '=', 'n.account_id')
          .where(findsWords(ctx, q)),
      ),
    )
  if (on) {
    query = query.where('n.ended_at', 'is', null).where('n.from_on', '<=', on)
    query = query.where((eb) => eb.or([eb('n.until_on', 'is', null), eb('n.until_on', '>=', on)]))
  }
  return keysetPage(query, input, { sorts: { from: sql`n.from_on`, account: sql`a.name` }, fallback: '-from', id: sql`n.id` })
}

async function lockEntries(ctx: Ctx, account_id: string): Promise<NamedEntry[]> {
  // The account's row lock keeps two people from naming it at once.
  const account = await ctx.db
    .selectFrom('accounts')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', account_id)
    .where('archived_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!account) throw new Refusal('not_found', 'There is no such account')
  return namedEntries(ctx).where('n.account_id', '=', account_id).where('n.ended_at', 'is', null).orderBy('n.from_on').execute()
}

const entryOf = (ctx: Ctx, id: string) => namedEntries(ctx).where('n.id', '=', id).executeTakeFirstOrThrow()

export async function addNamed(
  ctx: Ctx,
  { id: account_id, from_on, until_on, note }: Input<typeof contract.add_named>,
): Promise<Output<typeof contract.add_named>> {
  if (until_on !== null && until_on < from_on) throw invalid([{ path: 'until_on', message: `is before from_on, ${from_on}` }])
  const overlapping = (await lockEntries(ctx, account_id)).find(
    (entry) => (until_on === null || entry.from_on <= until_on) && (entry.until_on === null || entry.until_on >= from_on),
  )
  if (overlapping) {
    const end = overlapping.until_on ? `until ${overlapping.until_on}` : 'without an end'
    throw new Refusal('conflict', `This account is named from ${overlapping.from_on} ${end} already: end that entry first`)
  }
  const id = ctx.id()
  await ctx.db
    .insertInto('named_accounts')
    .values({
      tenant_id: ctx.tenant_id,
      id,
      account_id,
      from_on,
      until_on,
      note,
      recorded_at: ctx.now,
      recorded_by: ctx.actor.member_id,
    })
    .execute()
  ctx.emit(contract.named, { account_id, named_id: id, from_on, until_on })
  return entryOf(ctx, id)
}

/** Ends the entry that holds or is to come; one that has not begun is withdrawn. */
export async function removeNamed(
  ctx: Ctx,
  { id: account_id, until_on }: Input<typeof contract.remove_named>,
): Promise<Output<typeof contract.remove_named>> {
  const last = until_on ?? today(ctx)
  if (last < today(ctx))
    throw invalid([{ path: 'until_on', message: `the list is not changed backwards: give ${today(ctx)} or later` }])
  const entry = (await lockEntries(ctx, account_id)).find((one) => one.until_on === null || one.until_on > last)
  if (!entry) throw new Refusal('conflict', `This account is not on the named list after ${last}`)
  const withdrawn = entry.from_on > last
  await ctx.db
    .updateTable('named_accounts')
    .set(withdrawn ? { ended_at: ctx.now, ended_by: ctx.actor.member_id } : { until_on: last, ended_by: ctx.actor.member_id })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', entry.id)
    .execute()
  ctx.emit(contract.unnamed, { account_id, named_id: entry.id, until_on: last })
  return entryOf(ctx, entry.id)
}
