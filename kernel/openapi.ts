import * as z from 'zod'
import { pathParameters, type Route } from './contract.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const {
    $schema: _,
    $defs: __,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json
  // A recursive schema, as any JSON is, is told as anything: its definitions have no place in the document.
  return JSON.parse(JSON.stringify(json), (_key, value) =>
    typeof value?.$ref === 'string' && value.$ref.startsWith('#/$defs/') ? {} : value,
  ) as Json
}

const problemAnswer = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

function parameters(route: Route, properties: Record<string, Json>, required: readonly string[]): Json[] {
  const inPath = pathParameters(route.path)
  const names =
    route.method === 'GET' || route.upload !== undefined ? Object.keys(properties).filter((name) => name !== 'file') : inPath
  const own = names.map((name) => ({
    name,
    in: inPath.includes(name) ? 'path' : 'query',
    required: inPath.includes(name) || required.includes(name),
    schema: properties[name] ?? {},
  }))
  const headers =
    route.method === 'GET' || route.permission === 'public' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]
  return [...own, ...headers, ...(route.versioned ? [{ $ref: '#/components/parameters/IfMatch' }] : [])]
}

const FILE_BODY = {
  requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
}

function bodyOf(route: Route, properties: Record<string, Json>, required: string[]): Json {
  if (route.upload !== undefined) return FILE_BODY
  if (route.method === 'GET' || Object.keys(properties).length === 0) return {}
  const schema = { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false }
  return { requestBody: { required: required.length > 0, content: { 'application/json': { schema } } } }
}

function operation(route: Route): Json {
  const input = schemaOf(route.input, 'input') as { properties?: Record<string, Json>; required?: string[] }
  const inPath = pathParameters(route.path)
  const properties = Object.fromEntries(Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name)))
  const required = (input.required ?? []).filter((name) => !inPath.includes(name))
  const body = bodyOf(route, properties, required)
  const success =
    route.output.def.type === 'void'
      ? { 204: { description: 'Done' } }
      : {
          [route.status ?? 200]: {
            description: 'Done',
            content: { 'application/json': { schema: schemaOf(route.output, 'output') } },
          },
        }
  const open = route.permission === 'public'
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.name.split('.')[0]],
    'x-permission': route.permission,
    parameters: parameters(route, input.properties ?? {}, input.required ?? []),
    ...body,
    security: open ? [{}] : [{ bearer: [] }, { key: [] }],
    responses: {
      ...success,
      ...(open ? {} : { 401: problemAnswer('Not signed in'), 403: problemAnswer('Not allowed') }),
      404: problemAnswer('Not there, or not yours to see'),
      409: problemAnswer('Conflicts with what is there'),
      ...(route.versioned ? { 412: problemAnswer('Changed since the version of If-Match') } : {}),
      ...('requestBody' in body ? { 413: problemAnswer('Too large'), 415: problemAnswer('Of another type') } : {}),
      422: problemAnswer('A field is wrong; `issues` names it'),
      429: problemAnswer('Too many requests'),
    },
  }
}

const PROBLEM = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    instance: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
}

/** The OpenAPI 3.1 document of all routes; `operationId` is `module.verb`. */
export function openapi(
  routes: readonly Route[],
  { title, version, url }: { title: string; version: string; url: string },
): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  const tags = [...new Set(routes.map((route) => route.name.split('.')[0]))].map((name) => ({
    name,
    description: `Verbs of the module ${name}`,
  }))
  return {
    openapi: '3.1.0',
    info: {
      title,
      version,
      description: 'Every verb of the product. Lists are keyset pages; errors are RFC 9457 problems.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    tags,
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'Repeating a request with its key does it once',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
        },
        IfMatch: {
          name: 'If-Match',
          in: 'header',
          required: false,
          description: 'The ETag that was read; refused with 412 when the record has changed since',
          schema: { type: 'string' },
        },
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
  }
}
