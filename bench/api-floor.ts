// The floor under bench `api`, a process of its own: node:http and pg, one statement a request, no rights, no checks, no audit.
// It answers the loader's list, read and create from the same tables, so that what the product costs can be told as a ratio on
// whatever machine it runs. A create stores one row, or, as `rows`, all the rows that a registration comes to, in the tables where
// they belong. Its database and port stand in argv.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { uuidv7 } from '../kernel/ids.ts'
import { insertsQuery } from '../kernel/statements.ts'
import { idOf, partnerOf, SIZES, type Size } from './api-world.ts'

const [url = '', port = '', size = 'S', creates = 'row'] = process.argv.slice(2)
const COLUMNS = `id, number, version, partner_id, account_name, account_domain, country, product, more_products, deal_type, route, amount_minor,
  currency, closes_on, review, protection, stage, price, discount_asked_bps, discount_granted_bps, completed_at, protected_until, created_at`
const pool = new pg.Pool({ connectionString: url, max: 10 })
await pool.query('create table if not exists floor_deals (id bigserial primary key, tenant_id uuid, partner_id uuid, body jsonb)')
const { rows } = await pool.query<{ tenant_id: string }>("select tenant_id from ecosystems where slug = 'meridian'")
const tenant_id = rows[0]?.tenant_id ?? ''

function partnerOfToken(token: string): string {
  const partner = partnerOf(Number.parseInt(token.slice('Bearer bench'.length), 16), SIZES[size as Size].partners)
  return idOf('partner', partner, partner)
}

type Row = Record<string, unknown>

// The tables of a registration with the column that says whose a row is.
const TABLES = {
  deals: 'id',
  protections: 'deal_id',
  clocks: 'subject_id',
  decisions: 'subject_id',
  deal_inners: 'deal_id',
  deal_keys: 'deal_id',
  events: 'subject_id',
  audits: 'subject_id',
} as const

// An ecosystem of the floor's own, so that nobody's lists get what it stores.
const own_tenant = uuidv7()

/** The rows of the newest protected registration, table by table, and what they refer to in the floor's ecosystem. */
async function newestRows(): Promise<Map<string, Row[]>> {
  const read = async (text: string, values: unknown[]) =>
    (await pool.query<{ row: Row }>(text, values)).rows.map(({ row }) => row)
  const last = 'select to_jsonb(d) as row from deals d where tenant_id = $1 and protection = $2 order by created_at desc limit 1'
  const [deal] = await read(last, [tenant_id, 'protected'])
  const found = new Map<string, Row[]>()
  for (const [table, column] of Object.entries(TABLES))
    found.set(
      table,
      await read(`select to_jsonb(t) as row from ${table} t where tenant_id = $1 and ${column} = $2`, [tenant_id, deal?.id]),
    )
  const facts = 'select to_jsonb(t) as row from decision_facts t where tenant_id = $1 and decision_id = $2'
  const [decision] = found.get('decisions') ?? []
  found.set('decision_facts', await read(facts, [tenant_id, decision?.id]))
  const elsewhere = JSON.stringify({ tenant_id: own_tenant, parent_id: null, distributor_id: null, merged_into_id: null })
  for (const [table, id] of [['partners', deal?.partner_id] as const, ['rule_documents', decision?.document_id] as const]) {
    const stored =
      "select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and not attisdropped"
    const names = (await pool.query<{ attname: string }>(stored, [table])).rows.map(({ attname }) => `"${attname}"`)
    const copied = `select (jsonb_populate_record(t, $3::jsonb)).* from ${table} t where tenant_id = $1 and id = $2`
    await pool.query(`insert into ${table} (${names}) select ${names} from (${copied}) as copied`, [tenant_id, id, elsewhere])
  }
  return found
}

const pattern = creates === 'rows' ? await newestRows() : new Map<string, Row[]>()
let made = 0

/** Stores rows like those of a registration: the same tables, new ids. */
async function storeRows(): Promise<unknown> {
  const [deal_id, decision_id] = [uuidv7(), uuidv7()]
  made += 1
  const own = { tenant_id: own_tenant, number: made, deal_id, subject_id: deal_id, decision_id, account_key: `floor:${deal_id}` }
  const inserts = [...pattern].map(([table, rows]) => ({
    table,
    clash: 'fails' as const,
    rows: rows.map((row) => {
      const ids: Row = { id: table === 'deals' ? deal_id : table === 'decisions' ? decision_id : uuidv7(), ...own }
      return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, column in ids ? ids[column] : value]))
    }),
  }))
  const outbox =
    inserts.find(({ table }) => table === 'events')?.rows.map(({ id: event_id }) => ({ tenant_id: own_tenant, event_id })) ?? []
  const { sql, parameters } = insertsQuery([...inserts, { table: 'outbox', clash: 'fails', rows: outbox }])
  await pool.query({ name: 'rows', text: sql, values: [...parameters] })
  return { id: deal_id }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}

async function answerTo(request: IncomingMessage): Promise<unknown> {
  const partner_id = partnerOfToken(request.headers.authorization ?? '')
  const path = request.url ?? ''
  if (request.method === 'POST' && creates === 'rows') {
    JSON.parse(await bodyOf(request))
    return storeRows()
  }
  if (request.method === 'POST') {
    const values = [tenant_id, partner_id, await bodyOf(request)]
    const text = 'insert into floor_deals (tenant_id, partner_id, body) values ($1, $2, $3) returning id'
    return (await pool.query({ name: 'create', text, values })).rows[0]
  }
  if (path.includes('?')) {
    const text = `select ${COLUMNS} from deals where tenant_id = $1 and partner_id = $2 order by created_at desc, id desc limit 25`
    return (await pool.query({ name: 'list', text, values: [tenant_id, partner_id] })).rows
  }
  const text = `select ${COLUMNS} from deals where tenant_id = $1 and id = $2`
  return (await pool.query({ name: 'read', text, values: [tenant_id, path.slice(path.lastIndexOf('/') + 1)] })).rows[0]
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = JSON.stringify((await answerTo(request)) ?? null)
  response.writeHead(request.method === 'POST' ? 201 : 200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

createServer((request, response) => void answer(request, response)).listen(Number(port), '127.0.0.1', () => console.log('up'))
