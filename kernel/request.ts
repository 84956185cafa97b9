import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReceivedFile, Route } from './contract.ts'
import { invalid, Refusal } from './errors.ts'
import type { Files } from './files.ts'
import type { Credentials } from './http.ts'
import type { Via } from './module.ts'

// What a request holds, read and bounded: who sends it, its input, and a file that comes with it.

const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? (value[0] ?? null) : (value ?? null))

const TENANT = 'x-ecosystem'

/** A public page names its tenant in the path, a link to a download in the query. */
function slugOf(request: FastifyRequest): string | null {
  const slug = (request.params as Record<string, unknown> | null)?.slug ?? (request.query as Record<string, unknown>)[TENANT]
  return typeof slug === 'string' ? slug : null
}

export function credentialsOf(request: FastifyRequest): Credentials {
  const { headers } = request
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
  const told = one(headers['x-rialto-via'])
  const via: Via = told === 'cli' || told === 'mcp' ? told : headers.cookie ? 'web' : 'api'
  return {
    bearer,
    cookie: headers.cookie ?? null,
    api_key: one(headers['x-api-key']),
    tenant: one(headers[TENANT]) ?? slugOf(request),
    via,
  }
}

/** Refuses what a browser sends from another site's page, or from one that it does not name. */
export function refuseForeign({ origin, host }: FastifyRequest['headers']): void {
  if (origin && URL.parse(origin)?.host !== host) throw new Refusal('forbidden', 'This write comes from another site')
}

/** A browser sends cookies by itself, so a write that rests on one must come from our own pages. */
export function refuseForeignOrigin({ method, headers }: FastifyRequest): void {
  if (method !== 'GET' && headers.cookie && !headers.authorization) refuseForeign(headers)
}

const DEEPEST = 64
/** Is JSON nested deeper than anybody writes it? What reads it later may recurse, so it stops here. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one).filter((inner) => typeof inner === 'object') : [],
    )
  }
  return false
}

export const inputOf = (request: FastifyRequest): Record<string, unknown> => {
  const params = request.params as Record<string, unknown>
  if (request.method === 'GET' || request.method === 'HEAD') {
    const { [TENANT]: _, ...query } = request.query as Record<string, unknown>
    return { ...query, ...params }
  }
  const { body } = request
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw new Refusal('invalid', 'The body must be a JSON object')
  if (isTooDeep(body)) throw new Refusal('invalid', `The body is nested deeper than ${DEEPEST} levels`)
  return { ...(body as Record<string, unknown> | null | undefined), ...params }
}

function versionOf(header: string | undefined): number | null {
  if (header === undefined || header === '*') return null
  const version = /^(?:W\/)?"?(\d+)"?$/.exec(header)?.[1]
  if (version === undefined)
    throw new Refusal('invalid', 'If-Match: send the ETag of the record as it was given', {
      issues: [{ path: 'If-Match', message: 'send the ETag as it was given' }],
    })
  return Number(version)
}

function keyOf(header: string | null): string | null {
  if (header === null) return null
  if (header.length < 1 || header.length > 200)
    throw new Refusal('invalid', 'Idempotency-Key: 1 to 200 characters', {
      issues: [{ path: 'Idempotency-Key', message: '1 to 200 characters' }],
    })
  return header
}

/** Which version the caller read, and the key under which the request happens once. */
export const marksOf = ({ headers }: FastifyRequest): { if_match: number | null; key: string | null } => ({
  if_match: versionOf(headers['if-match']),
  key: keyOf(one(headers['idempotency-key'])),
})

/** Lets the routes of this scope take any body as a stream, and forms with one file. */
export async function acceptFiles(scope: FastifyInstance): Promise<void> {
  scope.removeAllContentTypeParsers()
  await scope.register(multipart, { limits: { files: 1, fields: 20, fieldSize: 10_000 } })
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

interface Given {
  source: AsyncIterable<Uint8Array>
  fields: Record<string, unknown>
  name: string | null
}

async function given(request: FastifyRequest, route: Route): Promise<Given> {
  const asked = request.query as Record<string, unknown>
  const none = () => invalid([{ path: 'file', message: 'send the file as the body, or as the part `file` of a form' }])
  if (!request.isMultipart()) {
    if (!request.body) throw none()
    // Without a parser for its type the body is the request's own stream.
    return { source: request.body as AsyncIterable<Uint8Array>, fields: { ...asked }, name: null }
  }
  const part = await request.file({ limits: { fileSize: (route.upload ?? 0) + 1 } })
  if (!part) throw none()
  const fields = Object.entries(part.fields).flatMap(([name, field]) => {
    const one = Array.isArray(field) ? field[0] : field
    return one && one.type === 'field' ? [[name, one.value] as const] : []
  })
  return { source: part.file, fields: { ...asked, ...Object.fromEntries(fields) }, name: part.filename }
}

/** Stores the file that came with a request and gives the route's input: the query or form, the path, and the file. */
export async function receiveFile(
  request: FastifyRequest,
  { route, files, tenant_id }: { route: Route; files: Files; tenant_id: string },
): Promise<Record<string, unknown> & { file: ReceivedFile }> {
  const { source, fields, name } = await given(request, route)
  const { key, size, sha256 } = await files.put(tenant_id, source, route.upload ?? 0)
  // The key is new each time: a repeated request is told by the file's content.
  const file: ReceivedFile = Object.defineProperty({ key, size, sha256 }, 'toJSON', { value: () => ({ size, sha256 }) })
  const named = name !== null && fields.name === undefined ? { name } : {}
  return { ...named, ...fields, ...(request.params as Record<string, unknown>), file }
}
