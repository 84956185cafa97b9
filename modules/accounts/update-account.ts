import { registrableDomain } from '../../algorithms/matching/domain.ts'
import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { lockHierarchy } from '../circles.ts'
import type * as contract from './contract.ts'
import { accountForUpdate, getAccount } from './queries.ts'
import { lockKnown, saveOne } from './save-accounts.ts'

export async function createAccount(ctx: Ctx, input: Input<typeof contract.create>): Promise<Output<typeof contract.create>> {
  return getAccount(ctx, { id: await saveOne(ctx, null, input) })
}

export async function updateAccount(
  ctx: Ctx,
  { id, ...patch }: Input<typeof contract.update>,
): Promise<Output<typeof contract.update>> {
  if (patch.parent_id) await lockHierarchy(ctx)
  await accountForUpdate(ctx, id)
  await saveOne(ctx, id, patch)
  return getAccount(ctx, { id })
}

async function domainsOf(ctx: Ctx, id: string): Promise<string[]> {
  await accountForUpdate(ctx, id)
  return (await lockKnown(ctx, [id])).get(id)?.domains ?? []
}

export async function addDomain(
  ctx: Ctx,
  { id, domain }: Input<typeof contract.add_domain>,
): Promise<Output<typeof contract.add_domain>> {
  const domains = await domainsOf(ctx, id)
  const own = registrableDomain(domain)
  const other = await ctx.db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', 'in', (eb) =>
      eb.selectFrom('account_keys').select('account_id').where('tenant_id', '=', ctx.tenant_id).where('key', '=', `d:${own}`),
    )
    .where('id', '<>', id)
    .where('archived_at', 'is', null)
    .where('shared_domain', '=', false)
    .executeTakeFirst()
  if (other) {
    throw new Refusal(
      'conflict',
      `domain: ${other.name} has it; merge the two accounts, or mark its domain as shared by many bodies`,
      {
        account_id: other.id,
      },
    )
  }
  await saveOne(ctx, id, { domains: [...domains, domain] })
  return getAccount(ctx, { id })
}

export async function removeDomain(
  ctx: Ctx,
  { id, domain }: Input<typeof contract.remove_domain>,
): Promise<Output<typeof contract.remove_domain>> {
  const domains = await domainsOf(ctx, id)
  const own = registrableDomain(domain)
  if (!domains.some((one) => one === own))
    throw new Refusal('not_found', `domain: '${domain}' is no further domain of this account`)
  await saveOne(ctx, id, { domains: domains.filter((one) => one !== own) })
  return getAccount(ctx, { id })
}
