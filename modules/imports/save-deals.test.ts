import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'

const year = new Date().getUTCFullYear() + 1

interface Row {
  partner: string
  customer: string
  account_domain: string
  customer_number: string
  country: string
  product: string
  amount_minor: number
  currency: string
  closes_on: string
  evidence_on: string
  deal_type: 'new' | 'renewal'
}

// A fixed generator: every run tells the same story of many who want the same customers.
let state = 20261123
const below = (limit: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T

function rowsFor(partners: readonly string[], accounts: readonly { name: string; domain: string | null }[]): Row[] {
  const firms = ['Oriel Bank', 'Fern Foods', 'Quayside Logistics', 'Tavola Foods', 'Halden Werke', 'Brisk Media', 'Union Steel']
  return Array.from({ length: 170 }, (_, i) => {
    const known = below(4) === 0 ? pick(accounts) : null
    const name = known?.name ?? pick(firms)
    const site = known ? known.domain : `${name.split(' ')[0]?.toLowerCase()}.example`
    const typed = [name, `${name} GmbH`, name.toUpperCase(), name.replace('o', 'a'), `${name} Holding`]
    return {
      partner: pick(partners),
      customer: i % 11 === 0 && site ? site : pick(typed),
      account_domain: below(3) === 0 ? (site ?? '') : '',
      customer_number: below(5) === 0 ? `HRB ${1000 + name.length}` : '',
      country: pick(['DE', 'DE', 'FR', 'US']),
      product: pick(['flow', 'lake', 'lens']),
      amount_minor: pick([1, 90_000_00, 120_000_00, 800_000_00]),
      currency: pick(['EUR', 'EUR', 'USD']),
      closes_on: `${year}-0${1 + below(9)}`,
      evidence_on: below(3) === 0 ? '' : '2026-11-10',
      deal_type: below(6) === 0 ? 'renewal' : 'new',
    }
  })
}

const HEADER =
  'Deal ID;Partner;Customer;Customer site;Company number;Country;Product;Value;Currency;Expected close;Customer contact on;Type'
const lineOf = (row: Row, i: number): string =>
  [
    `X-${i}`,
    row.partner,
    row.customer,
    row.account_domain,
    row.customer_number,
    row.country,
    row.product,
    (row.amount_minor / 100).toFixed(2),
    row.currency,
    row.closes_on,
    row.evidence_on,
    row.deal_type,
  ].join(';')

/** Registers rows one by one, each in a request of its own; the id of each, or null where it was refused. */
async function oneByOne(w: World, rows: readonly Row[], partners: ReadonlyMap<string, string>): Promise<(string | null)[]> {
  const ids: (string | null)[] = []
  for (const { partner, account_domain, customer_number, evidence_on, ...row } of rows) {
    const given = {
      ...row,
      ...(account_domain ? { account_domain } : {}),
      ...(customer_number ? { customer_number } : {}),
      ...(evidence_on ? { evidence_on } : {}),
    }
    const deal = await w
      .as('vera')
      .deals.register({ ...given, partner_id: partners.get(partner) ?? '' })
      .catch((error: { code?: string }) => {
        if (error.code !== 'invalid') throw error
        return null
      })
    ids.push(deal?.id ?? null)
  }
  return ids
}

async function imported(w: World, rows: readonly Row[]): Promise<(string | null)[]> {
  const { imports } = w.as('vera')
  // The second file meets what the first one left in the database.
  for (const [from, until] of [
    [0, 60],
    [60, rows.length],
  ] as const) {
    const text = [HEADER, ...rows.slice(from, until).map((row, i) => lineOf(row, from + i))].join('\n')
    const { id } = await imports.upload({ kind: 'deals', name: 'deals.csv', file: new Uint8Array(Buffer.from(text)) })
    await w.settle()
    await imports.run({ id })
    await w.settle()
    assert.equal((await imports.get({ id })).state, 'done')
  }
  const stored = await w.owner<{ id: string; external_id: string }>(
    `select id, external_id from deals where external_id like 'X-%'`,
  )
  const byNumber = new Map(stored.map((one) => [one.external_id, one.id]))
  return rows.map((_, i) => byNumber.get(`X-${i}`) ?? null)
}

/** Everything that a registration left behind, with rows in place of ids and without the time of day. */
async function left(w: World, ids: readonly (string | null)[]): Promise<unknown[]> {
  const rows = await w.owner<{ id: string; what: unknown }>(
    `select d.id, jsonb_build_object(
       'deal', to_jsonb(d) - '{id,external_id,number,version,created_at,updated_at,completed_at,decided_at,protected_until}'::text[],
       'until', d.protected_until::date, 'is_complete', d.completed_at is not null, 'is_decided', d.decided_at is not null,
       'inner', (select to_jsonb(i) - '{deal_id}'::text[] from deal_inners i where i.deal_id = d.id),
       'keys', (select jsonb_agg(k.key order by k.key) from deal_keys k where k.deal_id = d.id),
       'scopes', (select jsonb_agg(jsonb_build_array(p.account_key, p.product_family, p.country, p.until_at::date, p.ended_at)) from protections p where p.deal_id = d.id),
       'clocks', (select jsonb_agg(jsonb_build_array(c.name, c.ball, c.holder_id, c.party_id, c.calendar, c.due_at::date) order by c.name) from clocks c where c.subject_id = d.id),
       'conflicts', (select jsonb_agg(jsonb_build_array(c.other_deal_id, c.same_scope, c.fields) order by c.other_deal_id) from deal_conflicts c where c.deal_id = d.id),
       'decisions', (select jsonb_agg(jsonb_build_array(s.kind, s.outcome, s.decided_by, s.document_id, s.partner_id, s.reasons, s.facts, f.reasons, f.facts)) from decisions s
          join decision_facts f on f.decision_id = s.id where s.subject_id = d.id),
       'events', (select jsonb_agg(jsonb_build_array(e.type, e.data - '{deal_id}'::text[]) order by e.type, e.data ->> 'other_deal_id') from events e where e.subject_id = d.id)
     ) as what from deals d where d.id = any($1::uuid[])`,
    [ids.filter((id) => id !== null)],
  )
  const place = new Map(ids.map((id, i) => [id ?? '', i]))
  // Ids follow from when they were made, so what is sorted by them is sorted again by the row that they stand for.
  const told = (value: unknown): unknown => {
    if (typeof value === 'string') return place.has(value) ? `row ${place.get(value)}` : value
    if (Array.isArray(value)) return value.map(told)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one)]))
  }
  const sorted = (list: unknown): unknown => (Array.isArray(list) ? list.map((one) => JSON.stringify(one)).sort() : list)
  const byId = new Map(rows.map(({ id, what }) => [id, told(what) as Record<string, unknown>]))
  return ids.map((id) => {
    const what = id === null ? null : byId.get(id)
    return what ? { ...what, conflicts: sorted(what.conflicts), events: sorted(what.events) } : null
  })
}

let [single, many]: World[] = []
before(async () => {
  single = await world()
  many = await world()
})
after(async () => {
  await single?.close()
  await many?.close()
})

test('a file leaves exactly what its rows would leave when they were registered one by one, in its order', async () => {
  assert.ok(single && many)
  const { items: partners } = await single.as('vera').partners.list({ limit: 50 })
  const named = new Map(partners.filter(({ status }) => status === 'active').map(({ name, id }) => [name, id]))
  const { items: accounts } = await single.as('vera').accounts.list({ limit: 20 })
  const rows = rowsFor([...named.keys()], accounts)
  const [one, other] = [await oneByOne(single, rows, named), await imported(many, rows)]
  const [expected, found] = [await left(single, one), await left(many, other)]
  for (const [i, row] of rows.entries()) assert.deepEqual(found[i], expected[i], `row ${i}: ${JSON.stringify(row)}`)

  const places = (w: World) => w.owner('select account_key, places from deal_queues order by account_key')
  assert.deepEqual(await places(many), await places(single), 'places in line')
  const late = await many.owner(
    `select from deals a join deals b on b.completed_at <= a.completed_at and substr(b.external_id, 3)::int > substr(a.external_id, 3)::int
       join deal_inners i on i.deal_id = a.id join deal_inners j on j.deal_id = b.id and j.account_id = i.account_id
     where a.external_id like 'X-%' and b.external_id like 'X-%'`,
  )
  assert.equal(late.length, 0, 'for one customer the moments of completeness follow the file')

  // The story must hold every outcome, or it proves little.
  const outcomes = Map.groupBy(
    await many.owner<{ outcome: string; met: boolean }>(
      `select d.review || ' ' || d.protection as outcome, exists (select from deal_conflicts c where c.deal_id = d.id) as met from deals d where d.external_id like 'X-%'`,
    ),
    ({ outcome }) => outcome,
  )
  for (const outcome of ['approved protected', 'rejected none', 'submitted held', 'under_review none'])
    assert.ok((outcomes.get(outcome)?.length ?? 0) >= 5, `${outcome}: ${outcomes.get(outcome)?.length}`)
  assert.ok([...outcomes.values()].flat().filter(({ met }) => met).length >= 40, 'many meet a rival')
  assert.ok(found.includes(null), 'some are refused')
  const numbers = await many.owner<{ at: number }>(
    `select substr(external_id, 3)::int as at from deals where external_id like 'X-%' order by number`,
  )
  assert.deepEqual(
    numbers.map(({ at }) => at),
    other.flatMap((id, i) => (id === null ? [] : [i])),
    'numbers follow the file',
  )
})

test('a row that comes again in one file changes the registration of the first', async () => {
  assert.ok(many)
  const { imports } = many.as('vera')
  const row: Row = {
    partner: 'Brightpath',
    customer: 'Twice Told AG',
    account_domain: '',
    customer_number: '',
    country: 'DE',
    product: 'flow',
    amount_minor: 100_000_00,
    currency: 'EUR',
    closes_on: `${year}-05`,
    evidence_on: '2026-11-10',
    deal_type: 'new',
  }
  const twice = [
    lineOf(row, 900),
    lineOf({ ...row, amount_minor: 200_000_00 }, 900),
    lineOf({ ...row, amount_minor: 200_000_00 }, 900),
  ]
  const { id } = await imports.upload({
    kind: 'deals',
    name: 'twice.csv',
    file: new Uint8Array(Buffer.from([HEADER, ...twice].join('\n'))),
  })
  await many.settle()
  await imports.run({ id })
  await many.settle()
  const done = await imports.get({ id })
  assert.deepEqual([done.created, done.changed, done.unchanged], [1, 1, 1])
})
