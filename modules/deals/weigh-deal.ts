import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { runRemembered, statement } from '../../kernel/statements.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { RuleDocument } from '../decisions/contract.ts'
import { fitting } from '../decisions/in-force.ts'
import { publishedDocuments } from '../decisions/queries.ts'
import { isOutside } from '../ecosystems/rules.ts'
import { conflictAmong } from './conflict-among.ts'
import { type Customer, scopeKey } from './customer.ts'
import type { DealFacts } from './facts.ts'
import { familiesOf, isOwnEarlier, productsOf, type Rival, rivalsAmong, rivalsQuery, type Sought } from './find-rivals.ts'
import { knewAtAnotherFirm } from './former-firm.ts'
import { leaveTaken, rivalsOfLeft } from './leave-taken.ts'
import { nextNumber } from './number-deals.ts'
import { type DealPartner, partnerOf } from './partner-of.ts'
import { planValue } from './plan-value.ts'
import type { DealState } from './queries.ts'
import { type HeldScope, heldScopes } from './scopes.ts'
import { type Terms, termsIn } from './terms.ts'

export interface Weighed {
  facts: DealFacts
  /** The products that are left to be had, where others hold some of them. */
  left: Pick<DealState, 'product' | 'more_products' | 'refused_products'>
  rivals: Rival[]
  account_key: string
  account_id: string | null
  partner: DealPartner
  families: ReadonlyMap<string, string>
  value_plan_minor: number | null
  terms: Terms
  /** The table in force; none lets a person decide. */
  table: RuleDocument | undefined
}

/** What a registration has by being weighed. */
export interface Placed {
  completed_at: string
  /** Null while it has none. */
  number: number | null
  /** The scopes that are held for its customer, of one that is not stored yet. */
  held: readonly HeldScope[]
}

/** Each product's family: the unit in which scopes are kept. */
export async function productFamilies(ctx: Ctx): Promise<Map<string, string>> {
  const rows = await runRemembered(ctx, 'deals.families', {}, (bare) =>
    bare.db
      .selectFrom('products')
      .select(['code', 'family'])
      .where('tenant_id', '=', bare.tenant_id)
      .where('state', '=', 'active'),
  )
  return new Map(rows.map((row) => [row.code, row.family]))
}

export const customerOf = (deal: DealState): Customer => ({
  name: deal.account_name,
  domain: deal.account_domain,
  country: deal.country,
  number: deal.customer_number,
})

export interface KnownRow {
  is_customer: boolean
  named: boolean
  first_seen_at: string | null
  family: boolean
}

// What the host knows of the customer, and whether another firm of its group is registered; reduced to facts at once.
const KNOWN = `select a.is_customer,
      exists (select from named_accounts n where n.tenant_id = a.tenant_id and n.account_id = a.id and n.recorded_at <= $3 and n.ended_at is null
        and n.from_on <= $3::timestamptz::date and (n.until_on is null or n.until_on >= $3::timestamptz::date)) as named,
      (select min(o.first_seen_at) from opportunities o where o.tenant_id = a.tenant_id and o.account_id = a.id and o.outcome is null
        and o.archived_at is null and o.first_seen_at <= $3 and (o.product is null or o.product = any($4::text[]))) as first_seen_at,
      exists (select from deal_inners i where i.tenant_id = a.tenant_id and i.account_id = any(array(
        select f.id from accounts f where f.tenant_id = a.tenant_id and f.id <> a.id
          and (f.id = a.parent_id or f.parent_id = a.id or f.parent_id = a.parent_id) limit 200))) as family
    from accounts a where a.tenant_id = $1 and a.id = $2`

const hostKnowledge = (ctx: Ctx, deal: DealState, account_id: string) =>
  statement<KnownRow>(KNOWN, ctx.tenant_id, account_id, deal.completed_at ?? ctx.now, productsOf(deal))

const factsOfHost = (row: KnownRow | undefined, at: string) => ({
  existing_customer: row?.is_customer ?? false,
  named_account: row?.named ?? false,
  host_opportunity_days: row?.first_seen_at ? Math.floor((Date.parse(at) - Date.parse(row.first_seen_at)) / 86_400_000) : null,
  family: row?.family ?? false,
})

const PLACE = `insert into deal_queues (tenant_id, account_key, places, last_at) values ($1, $2, 1, $3)
    on conflict (tenant_id, account_key) do update set places = deal_queues.places + 1, last_at = greatest(excluded.last_at, deal_queues.last_at + interval '1 microsecond')
    returning last_at`

/** Takes the next place in line for a customer: the row's lock lets one registration at a time be weighed for it. */
const placeQuery = (ctx: Ctx, account_key: string) => statement<{ last_at: string }>(PLACE, ctx.tenant_id, account_key, ctx.now)

/**
 * What is known of the customer: the registration's place in line, taken where asked, its rivals, and what the host has of the
 * account; for one that is not stored yet the scopes that are held for the customer, and its number as well. One trip, in this
 * order: who waits for the place sees what was stored meanwhile.
 */
async function readCustomer(ctx: Ctx, deal: DealState, of: { sought: Sought; account_key: string; place: boolean }) {
  const isNew = deal.version === 0
  const { account_id } = of.sought
  const [placed, rows, known, held, next] = await ctx.judgeAll([
    of.place || !deal.completed_at ? placeQuery(ctx, of.account_key) : null,
    rivalsQuery(ctx, of.sought),
    account_id ? hostKnowledge(ctx, deal, account_id) : null,
    isNew ? heldScopes(ctx, [{ deal, account_key: of.account_key }]) : null,
    isNew ? nextNumber(ctx) : null,
  ])
  return {
    rows,
    host: known[0],
    held,
    completed_at: placed[0]?.last_at ?? deal.completed_at ?? ctx.now,
    number: isNew ? (next[0]?.number ?? null) : deal.number,
  }
}

/** Everything that facts are made of, read for one deal. */
export interface Read {
  partner: DealPartner
  match: 'none' | 'review' | 'same'
  known: KnownRow | undefined
  rivals: readonly Rival[]
  record: { open: number; refused: number }
  /** Whoever registers knew the account at another firm. */
  moved?: boolean
  value_plan_minor: number | null
  now: string
}

/** The facts of a deal from what was read. */
export function factsFrom(deal: DealState, read: Read): DealFacts {
  const { partner, match, known, rivals, record, value_plan_minor, now } = read
  return {
    partner_active: partner.status === 'active',
    own_duplicate: rivals.some((one) => isOwnEarlier(deal, one)),
    conflict: conflictAmong(rivals, deal),
    evidence: deal.evidence_on !== null,
    value_plan_minor,
    deal_type: deal.deal_type,
    route: deal.route,
    discount_asked_bps: deal.discount_asked_bps,
    product: deal.product,
    products: productsOf(deal),
    country: deal.country,
    out_of_territory: isOutside(partner.territory, deal.country),
    tracks: partner.tracks,
    open_registrations: record.open,
    ...factsOfHost(known, deal.completed_at ?? now),
    account_match: match,
    refused_30_days: record.refused,
    known_from_former_firm: read.moved ?? false,
  }
}

/** What a partner has open, and what was refused lately; each is one range of an index made for it. */
async function partnerRecord(ctx: Ctx, partner_id: string): Promise<{ open: number; refused: number }> {
  const [row] = await runRemembered(ctx, 'deals.record', { partner_id, now: ctx.now }, (bare, { partner_id: id, now }) => ({
    compile: () =>
      sql<{ open: number; refused: number }>`select
        (select count(*)::int from deals where tenant_id = ${bare.tenant_id} and partner_id = ${id}
          and review in ('submitted', 'under_review', 'info_requested', 'approved') and stage = 'open') as open,
        (select count(*)::int from deals where tenant_id = ${bare.tenant_id} and partner_id = ${id}
          and review = 'rejected' and decided_at > ${now}::timestamptz - interval '30 days') as refused`.compile(bare.db),
  }))
  return row ?? { open: 0, refused: 0 }
}

/** Everything that the table may ask about a deal, weighed now, with its place in line taken. */
export async function weighDeal(ctx: Ctx, deal: DealState, place: boolean): Promise<Weighed & Placed> {
  const customer = customerOf(deal)
  // Reads that do not need one another travel together; the judged one last, as those that follow are judged, too.
  const [partner, families, record, value_plan_minor, published, found] = await Promise.all([
    partnerOf(ctx, deal.partner_id),
    productFamilies(ctx),
    partnerRecord(ctx, deal.partner_id),
    planValue(ctx, deal.amount_minor, deal.currency),
    publishedDocuments(ctx, ['deals.review', 'deals.terms']),
    findAccount(ctx, customer),
  ])
  const documents = fitting(published, partner)
  const best = found.matches[0]
  const account_id = best?.band === 'same' ? best.id : null
  // A site that many bodies share names none of them.
  const account_key = account_id ? `a:${account_id}` : scopeKey(found.shared_domain ? { ...customer, domain: null } : customer)
  const sought = {
    ...customer,
    deal_id: deal.id,
    partner_id: deal.partner_id,
    families: familiesOf(deal, families),
    account_id,
    shared_domain: found.shared_domain,
  }
  const { rows, host, ...placed } = await readCustomer(ctx, deal, { sought, account_key, place })
  const rivals = rivalsAmong(rows, sought, { familyOf: families, now: ctx.now })
  const moved = await knewAtAnotherFirm(ctx, deal, rivals)
  const read = {
    partner,
    match: best?.band ?? ('none' as const),
    known: host,
    rivals,
    record,
    moved,
    value_plan_minor,
    now: ctx.now,
  }
  const left = leaveTaken(deal, rivals, families)
  const facts = factsFrom({ ...deal, ...left }, { ...read, rivals: rivalsOfLeft(rivals, left, families) })
  return {
    facts,
    left,
    rivals,
    account_key,
    account_id,
    partner,
    families,
    value_plan_minor,
    ...placed,
    terms: termsIn(documents.get('deals.terms')),
    table: documents.get('deals.review'),
  }
}
