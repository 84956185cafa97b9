import type { Compilable } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { statement } from '../../kernel/statements.ts'
import { familiesOf } from './find-rivals.ts'
import type { DealState } from './queries.ts'
import { overlaps } from './rules.ts'

export interface Scope {
  account_key: string
  families: readonly string[]
  until_at: string
}

/** The key of a tender's scope is the bidder's own, so that several stand side by side on equal terms. */
const ownKey = (deal: DealState, account_key: string) =>
  deal.deal_type === 'tender' ? `t:${deal.tender}:${deal.partner_id}:${account_key}` : account_key

/** The rows of a deal's scopes, one for each family. */
export const scopeRows = (ctx: Ctx, deal: DealState, { account_key, families, until_at }: Scope) =>
  families.map((product_family) => ({
    tenant_id: ctx.tenant_id,
    id: ctx.id(),
    deal_id: deal.id,
    partner_id: deal.partner_id,
    account_key: ownKey(deal, account_key),
    product_family,
    country: deal.country,
    from_at: ctx.now,
    until_at,
  }))

export interface HeldScope {
  account_key: string
  product_family: string | null
  country: string | null
}

const HELD = `select account_key, product_family, country from protections
    where tenant_id = $1 and account_key = any($2::text[]) and ended_at is null and until_at > $3`

/** The scopes that are held for these registrations' customers, by whomever, as the database's own rule of one holder sees them. */
export const heldScopes = (ctx: Ctx, all: readonly { deal: DealState; account_key: string }[]): Compilable<HeldScope> =>
  statement(HELD, ctx.tenant_id, [...new Set(all.map(({ deal, account_key }) => ownKey(deal, account_key)))], ctx.now)

/** The scopes that a registration would take. */
export const wantedScopes = (
  deal: DealState,
  { account_key, families }: { account_key: string; families: ReadonlyMap<string, string> },
): HeldScope[] =>
  familiesOf(deal, families).map((product_family) => ({
    account_key: ownKey(deal, account_key),
    product_family,
    country: deal.country,
  }))

export interface ScopeBook {
  areFree: (scopes: readonly HeldScope[]) => boolean
  take: (scopes: readonly HeldScope[]) => void
}

/** Tells whether scopes are free beside those that are held and those that were taken since. */
export function scopeBook(held: readonly HeldScope[]): ScopeBook {
  const byKey = Map.groupBy(held, ({ account_key }) => account_key)
  const meets = (a: HeldScope, b: HeldScope) =>
    overlaps(a.product_family, b.product_family) && overlaps(a.country?.trim() ?? null, b.country)
  return {
    areFree: (scopes) => !scopes.some((scope) => byKey.get(scope.account_key)?.some((one) => meets(one, scope))),
    take: (scopes) => {
      for (const scope of scopes) byKey.set(scope.account_key, [...(byKey.get(scope.account_key) ?? []), scope])
    },
  }
}
