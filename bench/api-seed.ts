import pg from 'pg'
import { normaliseName } from '../algorithms/matching/normalise.ts'
import { accountKeys } from '../modules/accounts/account-keys.ts'
import { customerKeys } from '../modules/deals/customer.ts'
import { firmAt, HOST, idOf, isHost, kindOf, PRODUCT, partnerOf, SIZES, type Size, tokenOf } from './api-world.ts'

const BATCH = 5000
const REGIONS: Record<string, string> = { DE: 'DE', AT: 'AT', GB: 'GB', NL: 'NL', US: 'US', ES: 'ES' }
const CALENDAR = { zone: 'Europe/Berlin', holidays: null, week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }

/** Inserts rows given as JSON; `columns` are "name type" as jsonb_to_recordset reads them. */
async function put(db: pg.Client, table: string, columns: string, rows: readonly object[]): Promise<void> {
  const names = columns.split(', ').map((column) => column.split(' ')[0])
  for (let at = 0; at < rows.length; at += BATCH) {
    await db.query(
      `insert into ${table} (${names.join(', ')}) select ${names.map((n) => `r.${n}`).join(', ')} from jsonb_to_recordset($1::jsonb) as r(${columns})`,
      [JSON.stringify(rows.slice(at, at + BATCH))],
    )
  }
}

async function seedPartners(db: pg.Client, tenant_id: string, size: Size): Promise<void> {
  const { partners, users } = SIZES[size]
  const now = new Date().toISOString()
  const managers = Array.from({ length: users }, (_, i) => i).filter(isHost)
  const firms = Array.from({ length: partners }, (_, i) => {
    const { name, country } = firmAt(50_000_000 + i)
    const manager_id = idOf('member', HOST, managers[i % managers.length] ?? 0)
    const same = { tenant_id, number: 100_000 + i, country, region: REGIONS[country], manager_id, status: 'active' }
    const times = { status_at: now, created_at: now, updated_at: now }
    return { ...same, ...times, id: idOf('partner', i, i), legal_name: name, name_key: normaliseName(name).key }
  })
  await put(
    db,
    'partners',
    'tenant_id uuid, id uuid, number int, legal_name text, name_key text, country text, region text, manager_id uuid, status text, status_at timestamptz, created_at timestamptz, updated_at timestamptz',
    firms,
  )
  const tracks = firms.map(({ id }) => ({ tenant_id, partner_id: id, track: 'reseller', since_at: now }))
  await put(db, 'partner_tracks', 'tenant_id uuid, partner_id uuid, track text, since_at timestamptz', tracks)
}

async function seedUsers(db: pg.Client, tenant_id: string, size: Size): Promise<void> {
  const { partners, users } = SIZES[size]
  const now = new Date().toISOString()
  const people = Array.from({ length: users }, (_, i) => {
    const partner = partnerOf(i, partners)
    const host = isHost(i)
    const email = `user-${i}@bench.example`
    const same = {
      tenant_id,
      name: `User ${i}`,
      email,
      person_id: idOf('person', partner, i),
      member_id: idOf('member', partner, i),
    }
    const party_id = host ? null : idOf('partner', partner, partner)
    return { ...same, i, party_id, side: host ? 'inner' : 'outer', role: host ? 'channel_manager' : 'partner_seller' }
  })
  const login = people.map(({ person_id: id, name, email }) => ({ id, name, email, emailVerified: true }))
  await put(db, 'auth."user"', '"id" text, "name" text, "email" text, "emailVerified" boolean', login)
  const sessions = people.map(({ i, person_id }) => {
    const times = { expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(), createdAt: now, updatedAt: now }
    return { ...times, id: `session-${i}`, token: tokenOf(i), userId: person_id }
  })
  await put(
    db,
    'auth."session"',
    '"id" text, "token" text, "userId" text, "expiresAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz',
    sessions,
  )
  const members = people.map((one) => ({ ...one, id: one.member_id, state: 'active', created_at: now }))
  await put(
    db,
    'members',
    'tenant_id uuid, id uuid, person_id uuid, party_id uuid, side text, name text, email text, state text, created_at timestamptz',
    members,
  )
  const roles = people.map((one) => {
    const scope = isHost(one.i) && one.i % 40 === 19 ? { regions: ['EMEA'] } : {}
    return { ...one, id: idOf('other', partnerOf(one.i, partners), one.i), scope, granted_at: now }
  })
  await put(
    db,
    'member_roles',
    'tenant_id uuid, id uuid, member_id uuid, party_id uuid, role text, scope jsonb, granted_at timestamptz',
    roles,
  )
  await put(db, 'person_tenants', 'person_id uuid, tenant_id uuid', people)
}

async function seedAccounts(db: pg.Client, tenant_id: string, size: Size): Promise<void> {
  for (let at = 0; at < SIZES[size].accounts; at += BATCH) {
    const firms = Array.from({ length: Math.min(BATCH, SIZES[size].accounts - at) }, (_, k) => {
      const firm = firmAt(at + k)
      return { ...firm, id: idOf('account', HOST, at + k), name_key: normaliseName(firm.name).key }
    })
    await db.query(
      `insert into accounts (tenant_id, id, name, name_key, country, domain, company_number, created_at, updated_at)
       select $1, r.id, r.name, r.name_key, r.country, r.domain, r.number, now(), now()
       from jsonb_to_recordset($2::jsonb) as r(id uuid, name text, name_key text, country text, domain text, number text)`,
      [tenant_id, JSON.stringify(firms)],
    )
    const pairs = firms.flatMap((one) => accountKeys({ ...one, domains: [one.domain] }).map((key) => [key, one.id] as const))
    await db.query(
      'insert into account_keys (tenant_id, key, account_id) select $1, k.key, k.id from unnest($2::text[], $3::uuid[]) as k (key, id)',
      [tenant_id, pairs.map(([key]) => key), pairs.map(([, id]) => id)],
    )
  }
}

const STATES = {
  protected: { review: 'approved', protection: 'protected' },
  expired: { review: 'approved', protection: 'expired' },
  review: { review: 'under_review', protection: 'none' },
  held: { review: 'submitted', protection: 'held' },
  rejected: { review: 'rejected', protection: 'none' },
} as const
const day = 86_400_000

function dealAt(i: number, tenant_id: string, size: Size) {
  const { partners, deals } = SIZES[size]
  const [partner, n] = [i % partners, Math.floor(i / partners)]
  const firm = firmAt(i)
  const created = Date.now() - ((deals - i) / deals) * 700 * day
  const kind = kindOf(n)
  const at = (millis: number) => new Date(millis).toISOString()
  const until = at(Date.now() + (20 + (i % 70)) * day)
  return {
    ...STATES[kind],
    kind,
    firm,
    until,
    tenant_id,
    id: idOf('deal', partner, n),
    number: 1_000_000 + i,
    partner_id: idOf('partner', partner, partner),
    partner_member_id: idOf('member', partner, partner),
    account_id: idOf('account', HOST, i),
    account_name: firm.name,
    account_domain: firm.domain,
    country: firm.country,
    product: PRODUCT,
    amount_minor: 1_000_000 + (i % 997) * 10_000,
    amount_plan_minor: 1_000_000 + (i % 997) * 10_000,
    currency: 'EUR',
    closes_on: at(Date.now() + (i % 300) * day).slice(0, 10),
    stage: 'open',
    price: 'list',
    completed_at: at(created),
    created_at: at(created),
    updated_at: at(created),
    protected_until: kind === 'protected' ? until : null,
  }
}
type SeededDeal = ReturnType<typeof dealAt>

const DEAL =
  'tenant_id uuid, id uuid, number int, partner_id uuid, partner_member_id uuid, account_name text, account_domain text, country text, product text, amount_minor bigint, currency text, closes_on date, review text, protection text, stage text, price text, completed_at timestamptz, protected_until timestamptz, created_at timestamptz, updated_at timestamptz'

const CLOCKS: Partial<Record<SeededDeal['kind'], string>> = {
  protected: 'deals.protection',
  review: 'deals.review',
  held: 'deals.hold',
}

async function seedDeals(db: pg.Client, tenant_id: string, size: Size): Promise<void> {
  for (let from = 0; from < SIZES[size].deals; from += BATCH) {
    const deals = Array.from({ length: Math.min(BATCH, SIZES[size].deals - from) }, (_, k) => dealAt(from + k, tenant_id, size))
    const own = (kind: string, k: number) =>
      idOf('other', Number.parseInt(deals[k]?.id.slice(9, 13) ?? '', 16), from + k + (kind === 'clock' ? 2 ** 36 : 2 ** 37))
    await put(db, 'deals', DEAL, deals)
    const inners = deals.map((deal) => ({ ...deal, deal_id: deal.id }))
    await put(db, 'deal_inners', 'tenant_id uuid, deal_id uuid, account_id uuid, amount_plan_minor bigint', inners)
    const keys = deals.flatMap(({ id: deal_id, partner_id, firm }) =>
      customerKeys(firm).map((key) => ({ tenant_id, key, deal_id, partner_id })),
    )
    await put(db, 'deal_keys', 'tenant_id uuid, key text, deal_id uuid, partner_id uuid', keys)
    const scopes = deals
      .map((deal, k) => ({
        ...deal,
        id: own('scope', k),
        deal_id: deal.id,
        account_key: `a:${deal.account_id}`,
        product_family: PRODUCT,
        from_at: deal.created_at,
        until_at: deal.until,
      }))
      .filter(({ kind }) => kind === 'protected' || kind === 'held')
    await put(
      db,
      'protections',
      'tenant_id uuid, id uuid, deal_id uuid, partner_id uuid, account_key text, product_family text, country text, from_at timestamptz, until_at timestamptz',
      scopes,
    )
    const clocks = deals.flatMap((deal, k) => {
      const name = CLOCKS[deal.kind]
      const about = { tenant_id, subject_type: 'deals', subject_id: deal.id, party_id: deal.partner_id }
      const held = { started_at: deal.created_at, due_at: deal.until, calendar: name === 'deals.review' ? CALENDAR : null }
      return name ? [{ ...about, ...held, id: own('clock', k), name, ball: name === 'deals.review' ? 'inner' : 'outer' }] : []
    })
    await put(
      db,
      'clocks',
      'tenant_id uuid, id uuid, name text, subject_type text, subject_id uuid, party_id uuid, ball text, calendar jsonb, started_at timestamptz, due_at timestamptz',
      clocks,
    )
  }
}

/** Fills the ecosystem with a workload, by bulk statements as the database's owner. */
export async function seedWorkload(owner_url: string, tenant_id: string, size: Size): Promise<void> {
  const db = new pg.Client({ connectionString: owner_url })
  await db.connect()
  try {
    await seedPartners(db, tenant_id, size)
    await seedUsers(db, tenant_id, size)
    await seedAccounts(db, tenant_id, size)
    await seedDeals(db, tenant_id, size)
    // As a server stands that has run for a while: the housekeeping of a bulk load is not what is measured.
    await db.query('vacuum (analyze)')
  } finally {
    await db.end()
  }
}
