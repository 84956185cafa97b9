import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Route } from '../kernel/contract.ts'
import { Refusal } from '../kernel/errors.ts'
import { sendProblem } from '../kernel/http.ts'
import { serveMcp } from '../kernel/mcp.ts'
import { openapi } from '../kernel/openapi.ts'
import type { House } from '../kernel/run.ts'
import { readBacklog } from './backlog.ts'
import { refuseUnknown } from './refuse-unknown.ts'
import { serveWeb } from './serve-web.ts'

export const VERSION = '0.1.0'

export interface SiteOptions {
  house: House
  routes: readonly Route[]
  public_url: string
  /** The folder of the built web app, or null. */
  web: string | null
}

const DOCS = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rialto API</title></head><body><script id="api-reference" data-url="/api/openapi.json" data-configuration='{"withDefaultFonts":false,"telemetry":false,"agent":{"disabled":true}}'></script>
<script src="/api/docs/reference.js"></script></body></html>`

function serveDocs(server: FastifyInstance): void {
  const script = join(fileURLToPath(import.meta.resolve('@scalar/api-reference')), '..', 'browser', 'standalone.js')
  server.get('/api/docs', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-eval'; img-src 'self' data:; font-src 'self' data:",
      )
      .send(DOCS),
  )
  server.get('/api/docs/reference.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(createReadStream(script)),
  )
}

function serveMetrics(server: FastifyInstance, house: House): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'rialto_http_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const pool = gauge('rialto_db_connections', 'Connections of the pool', ['state'])
  const up = gauge('rialto_db_up', 'Whether the database answers')
  const waiting = gauge('rialto_backlog', 'What the background has not done yet', ['of'])
  const oldest = gauge('rialto_backlog_seconds', 'How long the oldest of it waits', ['of'])
  const look = async () => {
    const found = await readBacklog(house)
    for (const kind of ['events', 'clocks'] as const) {
      waiting.set({ of: kind }, found[kind].count)
      oldest.set({ of: kind }, found[kind].seconds)
    }
  }
  server.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { route: request.routeOptions.url ?? 'none', method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  server.get('/api/metrics', async (request, reply) => {
    // A proxy on this machine brings others' requests, and says so.
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded
    const local = forwarded === undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)
    if (!local && !request.principal?.actor?.permissions.has('access.metrics'))
      return sendProblem(
        reply,
        new Refusal('forbidden', 'Metrics are read from this machine, or with an API key that has access.metrics'),
      )
    const { total, idle, waiting: asking } = house.database.stats()
    pool.set({ state: 'total' }, total)
    pool.set({ state: 'idle' }, idle)
    pool.set({ state: 'waiting' }, asking)
    await look().then(
      () => up.set(1),
      () => up.set(0),
    )
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** The doors that no contract describes: health, the API's document and its pages, metrics, the web app. */
export async function serveSite(server: FastifyInstance, { house, routes, public_url, web }: SiteOptions): Promise<void> {
  server.get('/api/health', async (_request, reply) => {
    await house.database.ping()
    return reply.send({ ready: true, version: VERSION })
  })
  let document: string | undefined
  server.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openapi(routes, { title: 'Rialto', version: VERSION, url: public_url }))
    return reply.type('application/json; charset=utf-8').send(document)
  })
  server.setNotFoundHandler(refuseUnknown(routes))
  serveMcp(server, house, routes, VERSION)
  serveDocs(server)
  serveMetrics(server, house)
  if (web) await serveWeb(server, web)
}
