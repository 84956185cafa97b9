import type { Compilable } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import { statement } from '../../kernel/statements.ts'
import { type Agreeing, type Customer, compareCustomers, customerKeys } from './customer.ts'
import { overlaps, stands } from './rules.ts'

export interface RivalRow {
  id: string
  partner_id: string
  account_name: string
  account_domain: string | null
  customer_number: string | null
  country: string
  product: string
  more_products: string[]
  deal_type: string
  tender: string | null
  review: string
  stage: string
  protection: string
  protected_until: string | null
  completed_at: string | null
  account_id: string | null
}

export interface Rival extends RivalRow {
  band: 'same' | 'review'
  /** It waits for nothing and holds nothing any more, so that it meets nobody in a scope. */
  over: boolean
  same_scope: boolean
  /** The families that both ask for. */
  met: string[]
  fields: Agreeing[]
}

type Asked = Pick<RivalRow, 'partner_id' | 'deal_type' | 'tender'>

/** The same partner's own registration of the same customer, in whatever scope; of tenders, the same tender. */
export const isOwn = (deal: Asked, one: Rival): boolean =>
  one.partner_id === deal.partner_id &&
  one.band === 'same' &&
  one.deal_type === deal.deal_type &&
  (one.deal_type !== 'tender' || one.tender === deal.tender)

/** The same partner's own registration of the same thing. */
export const isOwnEarlier = (deal: Asked, one: Rival): boolean => one.same_scope && isOwn(deal, one)

export interface Sought extends Customer {
  deal_id: string
  partner_id: string
  families: string[]
  account_id: string | null
  shared_domain: boolean
}

export const LIMIT = 300
/** A part of a name that more registrations share finds nothing by itself. */
export const BLOCK_LIMIT = 40
export const WHOLE = /^[dnsc]:/
export const LIVE = ['submitted', 'under_review', 'info_requested', 'approved']

/** The products of a registration, the leading one first. */
export const productsOf = (deal: { product: string; more_products: readonly string[] }): string[] => [
  deal.product,
  ...deal.more_products,
]

/** The families in which a registration asks for scopes, each once. */
export const familiesOf = (
  deal: { product: string; more_products: readonly string[] },
  familyOf: ReadonlyMap<string, string>,
): string[] => [...new Set(productsOf(deal).map((product) => familyOf.get(product) ?? product))]

// The first $3 keys are whole, the others parts of a name: a part that too many share is dropped. Each of the few rows has its own
// probe of the host's account: as a join, the planner reads the host's whole table.
const RIVALS = `select d.id, d.partner_id, d.account_name, d.account_domain, d.customer_number, d.country, d.product, d.more_products,
      d.deal_type, d.tender, d.review, d.stage, d.protection, d.protected_until, d.completed_at,
      (select i.account_id from deal_inners i where i.tenant_id = d.tenant_id and i.deal_id = d.id) as account_id
    from deals d where d.tenant_id = $1 and d.id in (
      select unnest(h.ids) from unnest($2::text[]) with ordinality as k (key, n) cross join lateral (
        select array(select x.deal_id from deal_keys x where x.tenant_id = $1 and x.key = k.key
          limit case when k.n <= $3 then ${LIMIT} else ${BLOCK_LIMIT + 1} end) as ids offset 0) h
      where k.n <= $3 or cardinality(h.ids) <= ${BLOCK_LIMIT}
      union
      select i.deal_id from deal_inners i where i.tenant_id = $1 and i.account_id = $4::uuid)
    and d.id <> $5 and d.review = any($6::text[]) order by d.completed_at limit ${LIMIT}`

/** Registrations that share a key or the host's account; to be judged, since the caller may be a rival of theirs. */
export function rivalsQuery(ctx: Ctx, sought: Sought): Compilable<RivalRow> {
  const keys = customerKeys(sought).filter((key) => !(sought.shared_domain && key.startsWith('d:')))
  const whole = keys.filter((key) => WHOLE.test(key))
  const parts = keys.filter((key) => !WHOLE.test(key))
  return statement(RIVALS, ctx.tenant_id, [...whole, ...parts], whole.length, sought.account_id, sought.deal_id, LIVE)
}

/** Of these the registrations that may be for the same customer, with the fields that agree. */
export function rivalsAmong(
  rows: readonly RivalRow[],
  sought: Sought,
  { familyOf, now }: { familyOf: ReadonlyMap<string, string>; now: string },
): Rival[] {
  return rows.flatMap((row): Rival[] => {
    const theirs = { name: row.account_name, domain: row.account_domain, country: row.country, number: row.customer_number }
    const ours = sought.shared_domain ? { ...sought, domain: null } : sought
    const { band, fields } = compareCustomers(ours, theirs)
    const joined = sought.account_id !== null && row.account_id === sought.account_id
    if (band === 'different' && !joined) return []
    const account: Agreeing[] =
      joined && !fields.some((one) => one.field === 'domain')
        ? [{ field: 'account', ours: sought.domain ?? sought.name, theirs: row.account_domain ?? row.account_name, how: 'alias' }]
        : []
    const theirs_too = new Set(familiesOf(row, familyOf))
    const over = !stands(row, now)
    const met = !over && overlaps(sought.country, row.country) ? sought.families.filter((family) => theirs_too.has(family)) : []
    const same_scope = met.length > 0
    return [
      {
        ...row,
        band: joined || band === 'same' ? 'same' : 'review',
        over,
        same_scope,
        met,
        fields: [...account, ...fields],
      },
    ]
  })
}
