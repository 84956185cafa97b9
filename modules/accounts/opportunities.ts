import { type RawBuilder, sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage } from '../../kernel/pages.ts'
import type * as contract from './contract.ts'
import { findsWords } from './queries.ts'
import { saveOpportunities } from './save-opportunities.ts'
import type { Opportunity } from './shapes.ts'

const visibleOpportunities = (ctx: Ctx) =>
  ctx.db
    .selectFrom('opportunities as o')
    .innerJoin('accounts as a', (join) => join.onRef('a.tenant_id', '=', 'o.tenant_id').onRef('a.id', '=', 'o.account_id'))
    .select([
      'o.id',
      'o.account_id',
      'a.name as account_name',
      'o.external_id',
      'o.name',
      'o.product',
      'o.amount_minor',
      'o.currency',
      'o.stage',
      'o.owner_id',
    ])
    .select(['o.opened_on', 'o.first_seen_at', 'o.expected_close_on', 'o.closed_on', 'o.version'])
    .select([
      sql<Opportunity['outcome']>`o.outcome`.as('outcome'),
      sql<string | null>`(select m.name from members m where m.tenant_id = ${ctx.tenant_id} and m.id = o.owner_id)`.as(
        'owner_name',
      ),
    ])
    .where('o.tenant_id', '=', ctx.tenant_id)
    .where('o.archived_at', 'is', null)

const ofAccount = (ctx: Ctx, found: RawBuilder<boolean>): RawBuilder<boolean> =>
  sql`exists (select from accounts where accounts.tenant_id = ${ctx.tenant_id} and accounts.id = o.account_id and ${found})`

export async function listOpportunities(
  ctx: Ctx,
  input: Input<typeof contract.list_opportunities>,
): Promise<Output<typeof contract.list_opportunities>> {
  let query = visibleOpportunities(ctx)
  const { q, account_id, owner_id, product, stage, is_open } = input
  if (q) query = query.where(ofAccount(ctx, findsWords(ctx, q)))
  if (account_id) query = query.where('o.account_id', '=', account_id)
  if (owner_id) query = query.where('o.owner_id', '=', owner_id)
  if (product) query = query.where('o.product', '=', product)
  if (stage) query = query.where('o.stage', '=', stage)
  if (is_open !== undefined) query = query.where('o.outcome', is_open ? 'is' : 'is not', null)
  return keysetPage(query, input, {
    sorts: { first_seen: sql`o.first_seen_at`, name: sql`o.name` },
    fallback: '-first_seen',
    id: sql`o.id`,
  })
}

export async function getOpportunity(ctx: Ctx, { id }: { id: string }): Promise<Output<typeof contract.get_opportunity>> {
  const row = await visibleOpportunities(ctx).where('o.id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such opportunity')
  return row
}

async function saveOne(ctx: Ctx, row: Parameters<typeof saveOpportunities>[1][number]): Promise<Opportunity> {
  const [saved] = await saveOpportunities(ctx, [row])
  if (!saved) throw new Error('Nothing was saved')
  if (saved.issues.length > 0) throw invalid(saved.issues)
  return getOpportunity(ctx, { id: saved.id })
}

export const createOpportunity = (ctx: Ctx, input: Input<typeof contract.create_opportunity>) => saveOne(ctx, input)

export async function updateOpportunity(
  ctx: Ctx,
  input: Input<typeof contract.update_opportunity>,
): Promise<Output<typeof contract.update_opportunity>> {
  const row = await ctx.db
    .selectFrom('opportunities')
    .select(['name', 'version'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', input.id)
    .where('archived_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such opportunity')
  ctx.match(row.version)
  return saveOne(ctx, { ...input, name: input.name ?? row.name })
}
