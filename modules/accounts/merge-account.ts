import { sql, type UpdateObject } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Tables } from '../../kernel/db.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { hangUnder, lockHierarchy } from '../circles.ts'
import * as contract from './contract.ts'
import { type Known, keysOf } from './plan-account.ts'
import { accountForUpdate, getAccount, today } from './queries.ts'
import { lockKnown } from './save-accounts.ts'
import { changeKeys } from './write-accounts.ts'

async function moveRows(
  ctx: Ctx,
  table: 'opportunities' | 'named_accounts',
  from_id: string,
  into_id: string,
): Promise<string[]> {
  const rows = await ctx.db
    .updateTable(table)
    .set({ account_id: into_id })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('account_id', '=', from_id)
    .returning('id')
    .execute()
  return rows.map((row) => row.id).sort()
}

/** Entries of the one that goes hold on for the one that stays, unless that one is named itself. */
async function moveNamed(ctx: Ctx, from_id: string, into_id: string): Promise<string[]> {
  const own = await ctx.db
    .selectFrom('named_accounts')
    .select('id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('account_id', '=', into_id)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today(ctx))]))
    .executeTakeFirst()
  return own ? [] : moveRows(ctx, 'named_accounts', from_id, into_id)
}

/** The domains of both, the survivor's main one kept. */
async function joinDomains(ctx: Ctx, gone: Known, stays: Known): Promise<string[]> {
  await ctx.db
    .updateTable('account_domains')
    .set({ account_id: stays.id })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('account_id', '=', gone.id)
    .execute()
  if (gone.domain && gone.domain !== stays.domain && stays.domain) {
    await ctx.db
      .insertInto('account_domains')
      .values({ tenant_id: ctx.tenant_id, account_id: stays.id, domain: gone.domain, added_at: ctx.now })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'domain']).doNothing())
      .execute()
  }
  return [...new Set([...stays.domains, ...gone.domains, ...(gone.domain ? [gone.domain] : [])])]
    .filter((one) => one !== (stays.domain ?? gone.domain))
    .sort()
}

/** The one ends in the other, which takes over what it lacks; records that ended in the one lead to the other at once. */
async function writeBoth(ctx: Ctx, gone: Known, stays: Known, domains: string[]): Promise<void> {
  const values = {
    domain: stays.domain ?? gone.domain,
    country: stays.country ?? gone.country,
    company_number: stays.company_number ?? gone.company_number,
    is_customer: stays.is_customer || gone.is_customer,
    owner_id: stays.owner_id ?? gone.owner_id,
    shared_domain: stays.shared_domain || gone.shared_domain,
  }
  const touch = { updated_at: ctx.now, version: sql<number>`version + 1` }
  const update = (set: UpdateObject<Tables, 'accounts'>, column: 'id' | 'merged_into_id', id: string) =>
    ctx.db.updateTable('accounts').set(set).where('tenant_id', '=', ctx.tenant_id).where(column, '=', id).execute()
  await update({ ...touch, merged_into_id: stays.id, archived_at: ctx.now }, 'id', gone.id)
  await update({ ...touch, ...values }, 'id', stays.id)
  await update({ merged_into_id: stays.id }, 'merged_into_id', gone.id)
  await changeKeys(ctx, [{ id: stays.id, before: keysOf(stays), after: keysOf({ ...stays, ...values, domains }) }])
}

export async function mergeAccount(
  ctx: Ctx,
  { id, into_id }: Input<typeof contract.merge>,
): Promise<Output<typeof contract.merge>> {
  if (id === into_id) throw invalid([{ path: 'into_id', message: 'name another account' }])
  await lockHierarchy(ctx)
  await accountForUpdate(ctx, id)
  const both = await lockKnown(ctx, [id, into_id].sort())
  const [gone, stays] = [both.get(id), both.get(into_id)]
  if (!gone || !stays || stays.archived_at)
    throw new Refusal('not_found', 'into_id: there is no such account, or it was merged itself')
  const domains = await joinDomains(ctx, gone, stays)
  const moved = {
    opportunities: await moveRows(ctx, 'opportunities', id, into_id),
    children: await hangUnder(ctx, ['accounts', 'parent_id'], id, into_id),
    named: await moveNamed(ctx, id, into_id),
    from: {
      domain: gone.domain,
      domains: gone.domains,
      is_customer: gone.is_customer,
      parent_id: gone.parent_id,
      owner_id: gone.owner_id,
    },
  }
  await writeBoth(ctx, gone, stays, domains)
  const merge = { from_id: id, into_id, merged_at: ctx.now, merged_by: ctx.actor.member_id, moved: JSON.stringify(moved) }
  await ctx.db
    .insertInto('account_merges')
    .values({ tenant_id: ctx.tenant_id, id: ctx.id(), ...merge })
    .execute()
  ctx.emit(contract.merged, { account_id: id, into_id })
  ctx.emit(contract.absorbed, { account_id: into_id, from_id: id })
  return getAccount(ctx, { id: into_id })
}
