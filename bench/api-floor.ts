// The floor under bench `api`, a process of its own: node:http and pg, one statement a request, no rights, no checks, no audit.
// It answers the loader's list, read and create from the same tables, so that what the product costs can be told as a ratio on
// whatever machine it runs. Its database and port stand in argv.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { idOf, partnerOf, SIZES, type Size } from './api-world.ts'

const [url = '', port = '', size = 'S'] = process.argv.slice(2)
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}

async function answerTo(request: IncomingMessage): Promise<unknown> {
  const partner_id = partnerOfToken(request.headers.authorization ?? '')
  const path = request.url ?? ''
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
