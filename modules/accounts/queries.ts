import { type RawBuilder, sql } from 'kysely'
import { firmDomain } from '../../algorithms/matching/domain.ts'
import { foldToken, normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx, SearchHit } from '../../kernel/module.ts'
import { keysetPage } from '../../kernel/pages.ts'
import { namesOf } from '../access/names-of.ts'
import { timelineOf } from '../timeline.ts'
import type * as contract from './contract.ts'
import type { Account } from './shapes.ts'

export const today = (ctx: Ctx): string => ctx.now.slice(0, 10)

/** The one door to accounts; row rights leave them to the host's own people. */
export const visibleAccounts = (ctx: Ctx) => ctx.db.selectFrom('accounts').where('accounts.tenant_id', '=', ctx.tenant_id)

const isNamed = (ctx: Ctx): RawBuilder<boolean> => sql`exists (select from named_accounts n where n.tenant_id = ${ctx.tenant_id}
  and n.account_id = accounts.id and n.ended_at is null and n.from_on <= ${today(ctx)} and (n.until_on is null or n.until_on >= ${today(ctx)}))`

const memberName = (ctx: Ctx, column: string): RawBuilder<string | null> =>
  sql`(select m.name from members m where m.tenant_id = ${ctx.tenant_id} and m.id = ${sql.ref(column)})`

const ROW = [
  'accounts.id',
  'name',
  'country',
  'domain',
  'company_number',
  'is_customer',
  'segment',
  'owner_id',
  'parent_id',
] as const
const rowOf = (ctx: Ctx) =>
  visibleAccounts(ctx)
    .select([...ROW, 'external_id', 'version', 'created_at', 'updated_at'])
    .select([isNamed(ctx).as('is_named'), memberName(ctx, 'accounts.owner_id').as('owner_name')])

const holdsKey = (ctx: Ctx, key: string): RawBuilder<boolean> => sql`accounts.id in (select k.account_id from account_keys k
  where k.tenant_id = ${ctx.tenant_id} and k.key = ${key})`

/** Words as typed, each the beginning of a word of the name; an address finds its domain. */
export function findsWords(ctx: Ctx, q: string, most?: number): RawBuilder<boolean> {
  const domain = q.includes('.') ? firmDomain(q) : null
  const under = (from: string, to: string) => sql`accounts.id in (select k.account_id from account_keys k
    where k.tenant_id = ${ctx.tenant_id} and k.key >= ${from} and k.key < ${to} ${most === undefined ? sql`` : sql`limit ${sql.lit(most)}`})`
  if (domain) return holdsKey(ctx, `d:${domain}`)
  // Legal forms and short forms go the way that they go in the name's own keys.
  const words = normaliseName(q).tokens.slice(0, 5).map(foldToken)
  if (words.length === 0) return sql`false`
  return sql`(${sql.join(
    words.map((word) => under(`w:${word}`, `w:${word}~`)),
    sql` and `,
  )})`
}

export async function listAccounts(ctx: Ctx, input: Input<typeof contract.list>): Promise<Output<typeof contract.list>> {
  let query = rowOf(ctx).where('archived_at', 'is', null)
  const { q, country, segment, is_customer, is_named, owner_id, parent_id, domain } = input
  if (q) query = query.where(findsWords(ctx, q))
  if (country) query = query.where('country', 'in', country)
  if (segment) query = query.where('segment', 'in', segment)
  if (is_customer !== undefined) query = query.where('is_customer', '=', is_customer)
  if (is_named !== undefined) query = query.where(is_named ? isNamed(ctx) : sql<boolean>`not ${isNamed(ctx)}`)
  if (owner_id) query = query.where('owner_id', '=', owner_id)
  if (parent_id) query = query.where('parent_id', '=', parent_id)
  if (domain) query = query.where(holdsKey(ctx, `d:${firmDomain(domain) ?? ''}`))
  return keysetPage(query, input, {
    sorts: {
      name: sql`accounts.name`,
      country: sql`coalesce(accounts.country, '')`,
      created: sql`accounts.created_at`,
      updated: sql`accounts.updated_at`,
    },
    fallback: 'name',
    id: sql`accounts.id`,
  })
}

async function familyOf(ctx: Ctx, { id, parent_id }: { id: string; parent_id: string | null }): Promise<Account['family']> {
  const { rows } = await sql<Account['family'][number]>`select f.id, f.name, f.country,
      case when f.id = ${parent_id}::uuid then 'parent' when f.parent_id = ${id} then 'child' else 'sibling' end as relation
    from accounts f where f.tenant_id = ${ctx.tenant_id} and f.id <> ${id} and f.archived_at is null
      and (f.id = ${parent_id}::uuid or f.parent_id = ${id} or f.parent_id = ${parent_id}::uuid)
    order by relation desc, f.name limit 200`.execute(ctx.db)
  return rows
}

export async function getAccount(ctx: Ctx, { id }: { id: string }): Promise<Output<typeof contract.get>> {
  const row = await rowOf(ctx)
    .select(['shared_domain', 'customer_since_on', 'note', 'custom', 'merged_into_id'])
    .select([
      sql<
        string[]
      >`array(select d.domain from account_domains d where d.tenant_id = ${ctx.tenant_id} and d.account_id = accounts.id order by d.domain)`.as(
        'domains',
      ),
      sql<string | null>`(select p.name from accounts p where p.tenant_id = ${ctx.tenant_id} and p.id = accounts.parent_id)`.as(
        'parent_name',
      ),
    ])
    .where('accounts.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such account')
  const [family, named] = await Promise.all([
    familyOf(ctx, row),
    namedEntries(ctx).where('n.account_id', '=', id).orderBy('n.from_on').execute(),
  ])
  return { ...row, family, named }
}

/** Entries of the named list with their account's name. */
export const namedEntries = (ctx: Ctx) =>
  ctx.db
    .selectFrom('named_accounts as n')
    .innerJoin('accounts as a', (join) => join.onRef('a.tenant_id', '=', 'n.tenant_id').onRef('a.id', '=', 'n.account_id'))
    .select([
      'n.id',
      'n.account_id',
      'a.name as account_name',
      'n.from_on',
      'n.until_on',
      'n.note',
      'n.recorded_at',
      'n.ended_at',
    ])
    .where('n.tenant_id', '=', ctx.tenant_id)

/** Locks a visible account and compares the version that the caller read. */
export async function accountForUpdate(ctx: Ctx, id: string) {
  const row = await visibleAccounts(ctx).selectAll('accounts').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such account')
  ctx.match(row.version)
  if (row.merged_into_id)
    throw new Refusal('conflict', 'This account was merged into another: change that one', { into_id: row.merged_into_id })
  if (row.archived_at) throw new Refusal('conflict', 'This account was taken back with the import that brought it')
  return row
}
export type LockedAccount = Awaited<ReturnType<typeof accountForUpdate>>

export async function accountTimeline(
  ctx: Ctx,
  input: Input<typeof contract.timeline>,
): Promise<Output<typeof contract.timeline>> {
  await getAccount(ctx, { id: input.id })
  return timelineOf(ctx, 'accounts', input, namesOf)
}

const SEARCHED = 1000

export async function searchAccounts(ctx: Ctx, words: string): Promise<SearchHit[]> {
  if (ctx.actor.side === 'outer' || !ctx.can('accounts.list')) return []
  // Some of those that begin so will do: naming them all in order would read every one.
  const items = await rowOf(ctx)
    .where('archived_at', 'is', null)
    .where(findsWords(ctx, words, SEARCHED))
    .orderBy('name')
    .limit(10)
    .execute()
  return items.map(({ id, name, country, domain }) => ({
    type: 'accounts',
    id,
    title: name,
    detail: [country, domain].filter(Boolean).join(' · '),
    said: [...(country ? [{ as: 'country', value: country }] : []), ...(domain ? [{ as: 'text', value: domain }] : [])],
  }))
}
