import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import helmet from 'helmet'
import type { Route } from './contract.ts'
import { csvOf } from './csv.ts'
import { type Problem, problem, Refusal } from './errors.ts'
import { uuidv7 } from './ids.ts'
import type { Log } from './log.ts'
import type { Actor, Via } from './module.ts'
import { acceptFiles, credentialsOf, inputOf, marksOf, receiveFile, refuseForeignOrigin } from './request.ts'
import { type Call, type House, parseInput, refusalOf, runVerb } from './run.ts'

/** Who stands at the door: a person, perhaps entered in a tenant; null when nobody signed in. */
export interface Principal {
  person_id: string | null
  tenant_id: string | null
  actor: Actor | null
  /** They showed a token or a key that lets nobody in, or does so no more. */
  lapsed?: boolean
}

export interface Credentials {
  bearer: string | null
  cookie: string | null
  api_key: string | null
  tenant: string | null
  via: Via
}

export type Authenticate = (credentials: Credentials) => Promise<Principal>

const NOBODY: Actor = {
  member_id: null,
  person_id: null,
  side: 'outer',
  party_id: null,
  parties: [],
  roles: [],
  permissions: new Set(),
  scope: {},
  via: 'web',
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
  }
}

/** The caller of a route, or the refusal that its permission means. */
export function admit(route: Route, principal: Principal | null): { tenant_id: string | null; actor: Actor } {
  const actor = principal?.actor ?? null
  if (route.permission === 'public') return { tenant_id: principal?.tenant_id ?? null, actor: actor ?? NOBODY }
  if (!principal?.person_id && !actor)
    throw new Refusal(
      'unauthenticated',
      principal?.lapsed
        ? 'This sign-in has ended, or the key is not valid: sign in again, or send another key. Nothing was changed'
        : 'Sign in first',
    )
  if (route.permission === 'person')
    return { tenant_id: principal?.tenant_id ?? null, actor: actor ?? { ...NOBODY, person_id: principal?.person_id ?? null } }
  if (!actor || !principal?.tenant_id)
    throw new Refusal('forbidden', 'Name one of your ecosystems in the header x-ecosystem; GET /api/me lists them')
  if (!actor.permissions.has(route.permission))
    throw new Refusal('forbidden', `Your roles do not include ${route.permission}`, { permission: route.permission })
  return { tenant_id: principal.tenant_id, actor }
}

function callOf(request: FastifyRequest, route: Route): Call {
  return { ...admit(route, request.principal), request_id: request.id, ...marksOf(request) }
}

export function sendProblem(reply: FastifyReply, refusal: Refusal, extra: Partial<Problem> = {}): FastifyReply {
  const document = { ...problem(refusal), ...extra }
  const after = refusal.details.retry_after
  if (typeof after === 'number') reply.header('retry-after', String(after))
  if (document.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(document.status).type('application/problem+json').send(JSON.stringify(document))
}

function answer(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  reply.code(body === undefined ? 204 : status)
  if (body === undefined) return reply.send()
  const version = typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** How often a person may call a route, by whatever door. */
export const limitOf = (route: Route) => ({
  max: route.per_minute ?? (route.upload !== undefined ? 60 : route.method === 'GET' ? 1200 : 300),
  timeWindow: 60_000,
})

function mountUpload(app: FastifyInstance, house: House, route: Route): void {
  const limits = { rateLimit: limitOf(route) }
  void app.register(async (scope) => {
    await acceptFiles(scope)
    scope.route({
      method: route.method,
      url: `/api${route.path}`,
      config: limits,
      handler: async (request, reply) => {
        refuseForeignOrigin(request)
        const call = callOf(request, route)
        const received = await receiveFile(request, { route, files: house.files, tenant_id: call.tenant_id ?? '' })
        try {
          const { status, body } = await runVerb(house, route.name, parseInput(route.input, received), call)
          return answer(reply, status, body)
        } catch (error) {
          await house.files.remove(received.file.key)
          throw error
        }
      },
    })
  })
}

function mount(app: FastifyInstance, house: House, route: Route): void {
  if (route.upload !== undefined) return mountUpload(app, house, route)
  const limits = { rateLimit: limitOf(route) }
  app.route({
    method: route.method,
    url: `/api${route.path}`,
    bodyLimit: route.body_limit ?? 1_048_576,
    config: limits,
    handler: async (request, reply) => {
      refuseForeignOrigin(request)
      const input = parseInput(route.input, inputOf(request))
      const { status, body } = await runVerb(house, route.name, input, callOf(request, route))
      return answer(reply, status, body)
    },
  })
  if (!route.list) return
  app.get(`/api${route.path}.csv`, { config: limits }, async (request, reply) => {
    const input = parseInput(route.input, { ...inputOf(request), limit: 200 })
    const call = callOf(request, route)
    const lines = await csvOf(house, route, input, call)
    reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${route.name}.csv"`)
    return reply.send(lines)
  })
}

function onError(house: House, log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const known = refusalOf(error, house.refusals)
    const [refusal, own] = known ? [known, {}] : (refusalOfFastify(error ?? {}) ?? [])
    if (refusal) return sendProblem(reply, refusal, { instance: request.id, ...own })
    log.error('A request failed: this is a bug', { request_id: request.id, route: request.routeOptions.url, error })
    const document = {
      type: 'urn:rialto:bug',
      title: 'Something went wrong on our side',
      status: 500,
      detail: `Nothing was changed. Tell the operator this number: ${request.id}`,
      code: 'bug',
      instance: request.id,
    }
    return reply.code(500).type('application/problem+json').send(JSON.stringify(document))
  }
}

const TOLD: Record<number, string> = { 413: 'The body is larger than this request takes', 415: 'Send application/json' }
/** What the framework refused, with a status of its own where HTTP has one. */
function refusalOfFastify(error: unknown): [Refusal, Partial<Problem>] | null {
  const { statusCode: status = 500, message = '' } = error as { statusCode?: number; message?: string } // of whatever was thrown
  if (status === 429) return [new Refusal('limit', 'Too many requests: wait a moment', { retry_after: 10 }), {}]
  if (status < 400 || status >= 500) return null
  return [new Refusal('invalid', TOLD[status] ?? message), status in TOLD ? { status } : {}]
}

export interface ServerOptions {
  house: House
  authenticate: Authenticate
  log: Log
  routes: Route[]
  /** Requests a minute are not counted: for load tests of one machine. */
  unlimited?: boolean
  /** Behind a proxy, whose forwarded headers then count. */
  trust_proxy?: boolean
}

const CSP = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
}

/** The one way in: every route of the contracts, behind sign-in, limits, permissions and problem documents. */
export async function makeServer(options: ServerOptions): Promise<FastifyInstance> {
  const { house, authenticate, log } = options
  const app = fastify({
    logger: false,
    genReqId: () => uuidv7(),
    // A proxy of the own network says whom it speaks for; from anywhere else such a header is a claim.
    trustProxy: options.trust_proxy ? 'loopback, linklocal, uniquelocal' : false,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    // An address that is no text at all never reaches a route.
    frameworkErrors: (error, request, reply) => void onError(house, log)(error, request, reply),
  })
  // A body is JSON or a file; text would only be refused later, with a worse reason.
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('principal', null)
  app.setErrorHandler(onError(house, log))
  // By itself, not as the framework's plugin, which makes it anew for each request.
  const shield = helmet({ contentSecurityPolicy: CSP, crossOriginEmbedderPolicy: false, strictTransportSecurity: false })
  app.addHook('onRequest', (request, reply, next) => shield(request.raw, reply.raw, () => next()))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!request.url.startsWith('/api/') || request.url.startsWith('/api/auth/')) return
    reply.header('cache-control', 'no-store')
    request.principal = await authenticate(credentialsOf(request))
  })
  if (!options.unlimited) {
    await app.register(rateLimit, {
      global: false,
      keyGenerator: (request) => request.principal?.actor?.member_id ?? request.principal?.person_id ?? request.ip,
    })
  }
  for (const route of options.routes) if (house.served.has(route.name)) mount(app, house, route)
  return app
}
