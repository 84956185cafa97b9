import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Route } from './contract.ts'
import { problem, Refusal } from './errors.ts'
import { admit, limitOf } from './http.ts'
import { type Call, type House, parseInput, refusalOf, runVerb } from './run.ts'

const toolName = (route: Route): string => route.name.replace('.', '_')

const allowed = (route: Route, request: FastifyRequest): boolean => {
  const actor = request.principal?.actor
  return route.permission === 'public' || route.permission === 'person' || actor?.permissions.has(route.permission) === true
}

// Named as HTTP names it: no field has a hyphen, so none can be hidden by it.
const MATCH = 'If-Match'
const Matched = z
  .int()
  .min(0)
  .optional()
  .describe('The `version` that you read: refused as stale (412) when the record has changed since')
const inputOf = ({ input, versioned }: Route): z.ZodObject => (versioned ? input.safeExtend({ [MATCH]: Matched }) : input)

function describe(route: Route) {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(inputOf(route), { io: 'input', unrepresentable: 'any' })
  return {
    name: toolName(route),
    description: `${route.summary} (${route.name})`,
    inputSchema: { ...inputSchema, type: 'object' as const },
    annotations: { readOnlyHint: route.method === 'GET', destructiveHint: route.method === 'DELETE' },
  }
}

type Limiter = (route: Route, request: FastifyRequest) => Promise<void>

/** A tool is limited as its route is; a server without limits has none here either. */
function limiterOf(server: FastifyInstance): Limiter {
  if (!server.hasDecorator('createRateLimit')) return async () => {}
  const checks = new Map<string, ReturnType<FastifyInstance['createRateLimit']>>()
  return async (route, request) => {
    const check = checks.get(route.name) ?? server.createRateLimit(limitOf(route))
    checks.set(route.name, check)
    const found = await check(request)
    if (!found.isAllowed && found.isExceeded)
      throw new Refusal('limit', `Too many calls of ${toolName(route)}: wait a moment`, { retry_after: found.ttlInSeconds })
  }
}

async function callTool(house: House, route: Route, args: unknown, enter: () => Promise<Call>) {
  try {
    const call = await enter()
    const { [MATCH]: version, ...input } = parseInput(inputOf(route), args ?? {})
    const { body } = await runVerb(house, route.name, input, {
      ...call,
      actor: { ...call.actor, via: 'mcp' },
      if_match: typeof version === 'number' ? version : null,
    })
    return { content: [{ type: 'text' as const, text: JSON.stringify(body ?? { done: true }) }] }
  } catch (error) {
    const refusal = refusalOf(error, house.refusals)
    if (!refusal) throw error
    return { isError: true, content: [{ type: 'text' as const, text: JSON.stringify(problem(refusal)) }] }
  }
}

// Read at the first call: most installations never have one.
const library = async () => ({
  ...(await import('@modelcontextprotocol/sdk/server/index.js')),
  ...(await import('@modelcontextprotocol/sdk/server/streamableHttp.js')),
  ...(await import('@modelcontextprotocol/sdk/types.js')),
})

/** One tool for each verb that the caller's roles hold, over streamable HTTP; each request is whole in itself. */
export function serveMcp(server: FastifyInstance, house: House, routes: readonly Route[], version: string): void {
  const limit = limiterOf(server)
  const byTool = new Map(routes.map((route) => [toolName(route), route]))
  server.post('/api/mcp', async (request, reply) => {
    if (!request.principal?.person_id && !request.principal?.actor)
      throw new Refusal('unauthenticated', 'Sign in first: send a token or an API key')
    const { Server, StreamableHTTPServerTransport, CallToolRequestSchema, ListToolsRequestSchema } = await library()
    const mcp = new Server({ name: 'rialto', version }, { capabilities: { tools: {} } })
    mcp.setRequestHandler(ListToolsRequestSchema, async () => ({
      tools: routes.filter((route) => allowed(route, request)).map(describe),
    }))
    mcp.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
      const route = byTool.get(params.name)
      if (!route) throw new Refusal('not_found', `There is no tool ${params.name}`)
      return callTool(house, route, params.arguments, async () => {
        await limit(route, request)
        return { ...admit(route, request.principal), request_id: request.id }
      })
    })
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    reply.hijack()
    reply.raw.on('close', () => void mcp.close())
    // The library's transport type lags its own interface under exact optional properties.
    await mcp.connect(transport as Parameters<typeof mcp.connect>[0])
    await transport.handleRequest(request.raw, reply.raw, request.body)
  })
}
