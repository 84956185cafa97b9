import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { type World, world } from '../test/harness.ts'
import { aDeal } from './deals/demo.ts'

let w: World
let url: string
before(async () => {
  w = await world()
  url = await w.app.server.listen({ port: 0, host: '127.0.0.1' })
})
after(() => w.close())

interface Document {
  openapi: string
  paths: Record<string, Record<string, { operationId: string }>>
}

test('health answers when the database does', async () => {
  const answer = await fetch(`${url}/api/health`)
  assert.equal(answer.status, 200)
})

test('the API document names every operation module.verb, and its pages are served from here', async () => {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as Document
  assert.equal(document.openapi, '3.1.0')
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId))
  assert.ok(ids.includes('deals.approve') && ids.every((id) => /^[a-z_]+\.[a-z_]+$/.test(id)))
  const page = await (await fetch(`${url}/api/docs`)).text()
  assert.ok(!/https?:\/\//.test(page), 'the page names another site')
})

test('metrics are read from this machine', async () => {
  const text = await (await fetch(`${url}/api/metrics`)).text()
  assert.match(text, /rialto_http_seconds_count\{[^}]*route="\/api\/health"/)
})

test('metrics tell what the background has not done yet, and whether the database answers', async () => {
  const read = async (name: string) => {
    const text = await (await fetch(`${url}/api/metrics`)).text()
    return Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  }
  const backlog = async () => [await read('rialto_backlog{of="events"}'), await read('rialto_backlog{of="clocks"}')]
  await w.settle()
  assert.deepEqual([await backlog(), await read('rialto_db_up')], [[0, 0], 1])
  const { id } = await aDeal(w.as('pat'), { customer: 'Waits for the relay', account_domain: 'waits.example' })
  await w.owner(`update clocks set due_at = due_at - interval '1 year' where subject_id = $1`, [id])
  await w.owner(`update clock_due set next_at = next_at - interval '1 year' where tenant_id = $1`, [w.tenants.meridian])
  const [events, clocks] = await backlog()
  assert.ok((events ?? 0) > 0 && (clocks ?? 0) > 0, `${events} events, ${clocks} clocks`)
  assert.ok((await read('rialto_backlog_seconds{of="clocks"}')) > 3600)
  await w.settle()
  assert.deepEqual(await backlog(), [0, 0])
})

test('what HTTP has a word for is said in it', async () => {
  const { inject } = { inject: w.app.server.inject.bind(w.app.server) }
  const headers = await w.headers('pat')
  const post = (type: string, payload: string) =>
    inject({ method: 'POST', url: '/api/deals', headers: { ...headers, 'content-type': type }, payload })
  const answers = [
    await post('text/plain', '{}'),
    await post('application/xml', '<a/>'),
    await post('application/json', JSON.stringify({ description: 'x'.repeat(1_100_000) })),
    await inject({ method: 'PUT', url: '/api/deals', headers }),
    await inject({ method: 'GET', url: '/api/deals/one/approve', headers }),
    await inject({ method: 'GET', url: '/api/deals' }),
    await inject({ method: 'GET', url: '/api/%ff' }),
    await inject({ method: 'GET', url: '/api/nothing-here' }),
  ]
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [415, 415, 413, 405, 405, 401, 422, 404],
  )
  for (const { headers: said, statusCode, body } of answers) {
    assert.match(String(said['content-type']), /^application\/problem\+json/)
    const { status, code, detail, instance } = JSON.parse(body) as Record<string, unknown>
    assert.ok(status === statusCode && [code, detail, instance].every((one) => typeof one === 'string' && one !== ''), body)
  }
  const [, , , list, approve, stranger] = answers
  assert.deepEqual([list?.headers.allow, approve?.headers.allow], ['GET, POST', 'POST'])
  assert.equal(stranger?.headers['www-authenticate'], 'Bearer')
})

test('HEAD asks what GET asks', async () => {
  const headers = await w.headers('vera')
  const ask = (method: 'GET' | 'HEAD') => w.app.server.inject({ method, url: '/api/deals?limit=1', headers })
  const [get, head] = [await ask('GET'), await ask('HEAD')]
  assert.deepEqual([head.body, head.headers['content-length']], ['', get.headers['content-length']])
  assert.equal((await w.app.server.inject({ method: 'HEAD', url: '/api/deals?sort=nothing', headers })).statusCode, 422)
})

test('from elsewhere, as behind a proxy on this machine, metrics need a key that has access.metrics', async () => {
  const status = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
    w.app.server.inject({ url: '/api/metrics', headers, remoteAddress }).then((answer) => answer.statusCode)
  const proxied = { 'x-forwarded-for': '203.0.113.9' }
  assert.deepEqual([await status({}), await status(proxied), await status({}, '203.0.113.9')], [200, 403, 403])
  const { key } = await w.as('vera').access.create_key({ name: 'Prometheus', scopes: ['access.metrics'] })
  const other = await w.as('vera').access.create_key({ name: 'Ledger', scopes: ['deals.read'] })
  assert.equal(await status({ ...proxied, authorization: `Bearer ${key}` }), 200)
  assert.equal(await status({ ...proxied, authorization: `Bearer ${other.key}` }), 403)
})

async function agent(name: string): Promise<Client> {
  const headers = await w.headers(name)
  const client = new Client({ name: 'test', version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/api/mcp`), { requestInit: { headers } })
  await client.connect(transport as Parameters<typeof client.connect>[0])
  return client
}

test('an agent sees the tools of its person, and acts with the same rights', async () => {
  const deal = await aDeal(w.as('pat'), { amount_minor: 40_000_000 })
  const pat = await agent('pat')
  const names = (await pat.listTools()).tools.map((tool) => tool.name)
  assert.ok(names.includes('deals_register') && !names.includes('deals_approve'))
  const denied = await pat.callTool({ name: 'deals_approve', arguments: { id: deal.id } })
  assert.equal(denied.isError, true)
  const carl = await agent('carl')
  const done = await carl.callTool({ name: 'deals_approve', arguments: { id: deal.id } })
  assert.match(JSON.stringify(done.content), /protected/)
  await pat.close()
  await carl.close()
})

test('an agent says which version it read, and a stale one is refused', async () => {
  const [member] = (await w.as('vera').access.list({ q: 'elif@' })).items
  const [id, version] = [member?.id ?? '', member?.version ?? 0]
  const vera = await agent('vera')
  const { tools } = await vera.listTools()
  const properties = (name: string) => tools.find((tool) => tool.name === name)?.inputSchema.properties ?? {}
  assert.match(JSON.stringify(properties('access_update')['If-Match']), /refused as stale.*integer/)
  assert.ok(!('If-Match' in properties('access_get')))
  const rename = async (read: unknown) => {
    const sent = await vera.callTool({ name: 'access_update', arguments: { id, name: 'Elif A.', 'If-Match': read } })
    const [{ text }] = sent.content as [{ text: string }]
    return JSON.parse(text) as Record<string, unknown>
  }
  const { status, code } = await rename(version + 1)
  assert.deepEqual([status, code], [412, 'stale'])
  assert.match(String((await rename('soon')).detail), /If-Match/)
  assert.equal((await rename(version)).name, 'Elif A.')
  assert.equal((await rename(version)).code, 'stale')
  await vera.close()
})

test('an agent may call a tool no more often than its person may call the route', async () => {
  const limited = await world({ limited: true })
  try {
    const headers = { ...(await limited.headers('pat')), accept: 'application/json, text/event-stream' }
    const call = async (name: string) => {
      const payload = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: { token: 'x'.repeat(40) } } }
      const answer = await limited.app.server.inject({ method: 'POST', url: '/api/mcp', headers, payload })
      return answer.body
    }
    const answers: string[] = []
    for (let tries = 0; tries < 21; tries += 1) answers.push(await call('access_open_invitation'))
    assert.deepEqual(
      [answers.findIndex((one) => one.includes('Too many calls of access_open_invitation')), answers.length],
      [20, 21],
    )
    assert.ok(!(await call('identity_me')).includes('Too many'))
  } finally {
    await limited.close()
  }
})
