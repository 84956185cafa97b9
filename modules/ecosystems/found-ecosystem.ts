import type { z } from 'zod'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type Founding, founded } from './contract.ts'

/** Makes the ecosystem that `ctx` has entered already; its id is the tenant's. */
export async function foundEcosystem(ctx: Ctx, input: z.output<typeof Founding>): Promise<void> {
  const { tenant_id, now } = ctx
  const { slug, name, reporting_currency, currencies, fiscal, branding, languages } = input
  const taken = await ctx.db
    .insertInto('ecosystem_slugs')
    .values({ slug, tenant_id })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('slug')
    .execute()
  if (taken.length === 0) throw new Refusal('conflict', `slug: '${slug}' is taken by another ecosystem; choose another`)
  const row = { tenant_id, slug, name, reporting_currency, currencies, languages, created_at: now }
  await ctx.db
    .insertInto('ecosystems')
    .values({ ...row, fiscal: JSON.stringify(fiscal), branding: branding === null ? null : JSON.stringify(branding) })
    .execute()
  ctx.emit(founded, { ecosystem_id: tenant_id })
}

/** Claims to be the first ecosystem of an installation; of two who try at once, one succeeds. No slug can be a star, so its row is the claim. */
export async function claimFirst(ctx: Ctx, tenant_id: string): Promise<boolean> {
  const claimed = await ctx.db
    .insertInto('ecosystem_slugs')
    .values({ slug: '*', tenant_id })
    .onConflict((clash) => clash.doNothing())
    .returning('slug')
    .execute()
  return claimed.length > 0
}
