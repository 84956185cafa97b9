import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReceivedFile, Route } from './contract.ts'
import { invalid } from './errors.ts'
import type { Files } from './files.ts'

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
