import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { convert } from '../../kernel/money.ts'
import type { FoundAccounts } from '../accounts/find-account.ts'
import { findAccounts } from '../accounts/find-accounts.ts'
import { fitting } from '../decisions/in-force.ts'
import { publishedDocuments } from '../decisions/queries.ts'
import { planYearOf, rateAt } from '../ecosystems/convert-at.ts'
import { getEcosystem } from '../ecosystems/queries.ts'
import { scopeKey } from './customer.ts'
import { familiesOf } from './find-rivals.ts'
import { plusMicros } from './micros.ts'
import { type DealPartner, TERRITORY } from './partner-of.ts'
import type { DealState } from './queries.ts'
import { type RivalBook, rivalsOfMany } from './rivals-of-many.ts'
import { termsIn } from './terms.ts'
import { customerOf, factsFrom, type KnownRow, type Placed, productFamilies, type Weighed } from './weigh-deal.ts'

export type Weighing = Weighed & Pick<Placed, 'completed_at' | 'number'>

interface Known extends KnownRow {
  family_ids: string[]
}

async function partnersById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, DealPartner>> {
  const { rows } =
    await sql<DealPartner>`select p.id, p.name, p.status, p.region, p.manager_id, p.distributor_id, r.calendar, ${TERRITORY} as territory,
      array(select t.track from partner_tracks t where t.tenant_id = p.tenant_id and t.partner_id = p.id order by t.track) as tracks
    from partners p left join regions r on r.tenant_id = p.tenant_id and r.code = p.region
    where p.tenant_id = ${ctx.tenant_id} and p.id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

interface Record {
  open: number
  refused: number
}

async function partnerRecords(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Record>> {
  const { rows } = await sql<Record & { partner_id: string }>`select partner_id,
      (count(*) filter (where review in ('submitted', 'under_review', 'info_requested') or (review = 'approved' and stage = 'open')))::int as open,
      (count(*) filter (where review = 'rejected' and decided_at > ${ctx.now}::timestamptz - interval '30 days'))::int as refused
    from deals where tenant_id = ${ctx.tenant_id} and partner_id = any(${ids}::uuid[]) and (stage = 'open' or review = 'rejected')
    group by partner_id`.execute(ctx.db)
  return new Map(rows.map(({ partner_id, open, refused }) => [partner_id, { open, refused }]))
}

/** The plan value of an amount, with each currency's rate read once; null where the plan has none. */
async function planValues(ctx: Ctx, currencies: readonly string[]): Promise<(amount: number, currency: string) => number | null> {
  const { reporting_currency: to } = await getEcosystem(ctx)
  const others = currencies.filter((currency) => currency !== to)
  const plan_year = others.length === 0 ? 0 : await planYearOf(ctx, ctx.now.slice(0, 10))
  const rates = new Map<string, string>()
  for (const from of others) {
    const rate = await rateAt(ctx, from, to, { plan_year }).catch((error: unknown) => {
      if (error instanceof Refusal) return null
      throw error
    })
    if (rate !== null) rates.set(from, rate)
  }
  return (amount, currency) => {
    if (currency === to) return amount
    const rate = rates.get(currency)
    return rate === undefined ? null : convert(amount, currency, to, rate)
  }
}

const pairOf = (account_id: string, product: string) => `${account_id} ${product}`

/** What the host knows of each account and product, and which accounts are of its group. */
async function hostKnowledge(ctx: Ctx, pairs: readonly { account_id: string; product: string }[]): Promise<Map<string, Known>> {
  if (pairs.length === 0) return new Map()
  const distinct = [...new Map(pairs.map((pair) => [pairOf(pair.account_id, pair.product), pair])).values()]
  const { rows } = await sql<Known & { account_id: string; product: string }>`select k.account_id, k.product, a.is_customer,
      exists (select from named_accounts n where n.tenant_id = a.tenant_id and n.account_id = a.id and n.recorded_at <= ${ctx.now} and n.ended_at is null
        and n.from_on <= ${ctx.now}::timestamptz::date and (n.until_on is null or n.until_on >= ${ctx.now}::timestamptz::date)) as named,
      (select min(o.first_seen_at) from opportunities o where o.tenant_id = a.tenant_id and o.account_id = a.id and o.outcome is null
        and o.archived_at is null and o.first_seen_at <= ${ctx.now} and (o.product is null or o.product = k.product)) as first_seen_at,
      f.ids as family_ids, exists (select from deal_inners i where i.tenant_id = a.tenant_id and i.account_id = any(f.ids)) as family
    from jsonb_to_recordset(${JSON.stringify(distinct)}::jsonb) as k(account_id uuid, product text)
      join accounts a on a.tenant_id = ${ctx.tenant_id} and a.id = k.account_id
      cross join lateral (select array(select g.id from accounts g where g.tenant_id = a.tenant_id and g.id <> a.id
        and (g.id = a.parent_id or g.parent_id = a.id or g.parent_id = a.parent_id) limit 200) as ids) f`.execute(ctx.db)
  return new Map(rows.map((row) => [pairOf(row.account_id, row.product), row]))
}

/** Takes the next places in line for many customers, in the order of the registrations; keys are locked in one order, so that two batches cannot lock each other out. */
async function takePlaces(ctx: Ctx, keys: readonly string[]): Promise<string[]> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const wanted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  const { rows } = await sql<{ account_key: string; last_at: string }>`
    insert into deal_queues (tenant_id, account_key, places, last_at)
      select ${ctx.tenant_id}::uuid, w.key, w.n, ${ctx.now}::timestamptz + (w.n - 1) * interval '1 microsecond'
      from unnest(${wanted.map(([key]) => key)}::text[], ${wanted.map(([, count]) => count)}::int[]) as w (key, n)
    on conflict (tenant_id, account_key) do update set places = deal_queues.places + excluded.places,
      last_at = greatest(${ctx.now}::timestamptz, deal_queues.last_at + interval '1 microsecond') + (excluded.places - 1) * interval '1 microsecond'
    returning account_key, last_at`.execute(ctx.db)
  const next = new Map(
    rows.map(({ account_key, last_at }) => [account_key, plusMicros(last_at, 1 - (counts.get(account_key) ?? 1))]),
  )
  return keys.map((key) => {
    const at = next.get(key) ?? ctx.now
    next.set(key, plusMicros(at, 1))
    return at
  })
}

interface Ready {
  deal: DealState
  match: FoundAccounts['matches'][number] | undefined
  account_id: string | null
  account_key: string
  shared_domain: boolean
  completed_at: string
}

async function readyAll(ctx: Ctx, deals: readonly DealState[]): Promise<Ready[]> {
  const found = await findAccounts(ctx, deals.map(customerOf))
  const ready = deals.map((deal, index) => {
    const { matches, shared_domain } = found[index] ?? { matches: [], shared_domain: false }
    const match = matches[0]
    const account_id = match?.band === 'same' ? match.id : null
    const customer = customerOf(deal)
    const account_key = account_id ? `a:${account_id}` : scopeKey(shared_domain ? { ...customer, domain: null } : customer)
    return { deal, match, account_id, account_key, shared_domain }
  })
  const places = await takePlaces(
    ctx,
    ready.map(({ account_key }) => account_key),
  )
  return ready.map((one, index) => ({ ...one, completed_at: places[index] ?? ctx.now }))
}

export interface WeighingBook {
  /** Each registration with the customer for whom it stands in line. */
  customers: readonly { deal: DealState; account_key: string }[]
  /** Weighs the next registration of the batch against all before it. */
  weigh: (deal: DealState) => Weighing
  /** Enters what became of it, so that later ones are weighed against it. */
  enter: (deal: DealState, weighed: Weighing) => void
}

/** Reads everything that many registrations are weighed by, once for all, with their places in line taken. */
export async function weighMany(ctx: Ctx, deals: readonly DealState[]): Promise<WeighingBook> {
  const partner_ids = [...new Set(deals.map(({ partner_id }) => partner_id))]
  const [partners, families, records, planValue, published] = await Promise.all([
    partnersById(ctx, partner_ids),
    productFamilies(ctx),
    partnerRecords(ctx, partner_ids),
    planValues(ctx, [...new Set(deals.map(({ currency }) => currency))]),
    publishedDocuments(ctx, ['deals.review', 'deals.terms']),
  ])
  // The places are locks: what others registered for these customers is read after they are taken.
  const ready = new Map((await readyAll(ctx, deals)).map((one) => [one.deal.id, one]))
  const soughtOf = ({ deal, account_id, shared_domain }: Ready) => ({
    ...customerOf(deal),
    deal_id: deal.id,
    partner_id: deal.partner_id,
    families: familiesOf(deal, families),
    account_id,
    shared_domain,
  })
  const pairs = [...ready.values()].flatMap(({ deal, account_id }) => (account_id ? [{ account_id, product: deal.product }] : []))
  const [rivals, known] = await Promise.all([
    rivalsOfMany(ctx, [...ready.values()].map(soughtOf), families),
    hostKnowledge(ctx, pairs),
  ])
  const registered = new Set<string>()
  const rules = new Map<string, Pick<Weighed, 'terms' | 'table'>>()
  const rulesFor = ({ id, region, tracks }: DealPartner) => {
    const known = rules.get(id)
    if (known) return known
    const documents = fitting(published, { region, tracks })
    const found = { terms: termsIn(documents.get('deals.terms')), table: documents.get('deals.review') }
    rules.set(id, found)
    return found
  }
  const recordOf = (id: string): Record => records.get(id) ?? { open: 0, refused: 0 }

  return {
    customers: [...ready.values()],
    weigh: (deal) => {
      const one = ready.get(deal.id)
      const partner = partners.get(deal.partner_id)
      if (!one || !partner) throw new Refusal('not_found', 'There is no such partner, or it is not yours to see')
      const { account_id, account_key, completed_at } = one
      const value_plan_minor = planValue(deal.amount_minor, deal.currency)
      const host = account_id ? known.get(pairOf(account_id, deal.product)) : undefined
      const met = rivals.of(soughtOf(one))
      const facts = factsFrom(deal, {
        partner,
        match: one.match?.band ?? 'none',
        known: host && { ...host, family: host.family || host.family_ids.some((id) => registered.has(id)) },
        rivals: met,
        record: recordOf(deal.partner_id),
        value_plan_minor,
        now: ctx.now,
      })
      const { product, more_products, refused_products } = deal
      return {
        facts,
        left: { product, more_products, refused_products },
        rivals: met,
        account_key,
        account_id,
        partner,
        families,
        value_plan_minor,
        completed_at,
        number: deal.number,
        ...rulesFor(partner),
      }
    },
    enter: (deal, { account_id }) => {
      enterRival(rivals, deal, account_id)
      if (account_id) registered.add(account_id)
      const { open, refused } = recordOf(deal.partner_id)
      const isRefused = deal.review === 'rejected'
      records.set(deal.partner_id, { open: open + (isRefused ? 0 : 1), refused: refused + (isRefused ? 1 : 0) })
    },
  }
}

function enterRival(rivals: RivalBook, deal: DealState, account_id: string | null): void {
  const { id, partner_id, account_name, account_domain, customer_number, country, product, more_products, deal_type, tender } =
    deal
  const { review, stage, protection, protected_until, completed_at } = deal
  const about = {
    id,
    partner_id,
    account_name,
    account_domain,
    customer_number,
    country,
    product,
    more_products,
    deal_type,
    tender,
  }
  rivals.enter({ ...about, review, stage, protection, protected_until, completed_at, account_id })
}
