import type { Contract, Output, RawInput, Route } from './contract.ts'

type Verbs<M> = { [K in keyof M as M[K] extends Route ? K : never]: M[K] }
type RoutesOf<M> = {
  [K in keyof Verbs<M>]: (
    ...args: Record<never, never> extends RawInput<Verbs<M>[K]>
      ? [input?: RawInput<Verbs<M>[K]>, options?: CallOptions]
      : [input: RawInput<Verbs<M>[K]>, options?: CallOptions]
  ) => Promise<Output<Verbs<M>[K]>>
}
/** The typed client of a set of contracts: `client.deals.approve({ id })`. */
export type Client<C extends Record<string, Contract>> = { [M in keyof C]: RoutesOf<C[M]> }

export interface CallOptions {
  /** Sent as If-Match: the version that was read. */
  version?: number
  /** Sent as Idempotency-Key: repeating the call with the same key never does it twice. */
  key?: string
  signal?: AbortSignal
}

/** Method and path of each route by its name. */
export type RouteTable = Record<string, readonly [method: string, path: string]>

export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | Blob
  signal?: AbortSignal
}
export interface Received {
  status: number
  text: string
}
export interface Transport {
  send: (sent: Sent) => Promise<Received>
  /** Headers of every call, as the token and the tenant. */
  headers?: () => Record<string, string>
}

/** The server's refusal or a transport failure, as the caller sees it: `code` of the problem document, its status, its issues. */
export class ClientError extends Error {
  readonly code: string
  readonly status: number
  readonly problem: Record<string, unknown>
  constructor(status: number, problem: Record<string, unknown>) {
    super(typeof problem.detail === 'string' ? problem.detail : `The server answered ${status}`)
    this.name = 'ClientError'
    this.status = status
    this.code = typeof problem.code === 'string' ? problem.code : 'unavailable'
    this.problem = problem
  }
}

function query(rest: Record<string, unknown>): string {
  const pairs = Object.entries(rest).flatMap(([key, value]) => {
    if (value === undefined || value === null || value === '') return []
    return [`${encodeURIComponent(key)}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`]
  })
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

/** The address and body of one call, path parameters taken out of the input. */
export function callOf(
  table: RouteTable,
  name: string,
  input: Record<string, unknown>,
): { method: string; url: string; body?: NonNullable<Sent['body']> } {
  const entry = table[name]
  if (!entry) throw new Error(`There is no route ${name}`)
  const [method, path] = entry
  const rest = { ...input }
  const url = path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest[key]
    delete rest[key]
    return encodeURIComponent(String(value))
  })
  const { file } = rest
  if (method !== 'GET' && (file instanceof Uint8Array || file instanceof Blob)) {
    delete rest.file
    return { method, url: `/api${url}${query(rest)}`, body: file as Uint8Array<ArrayBuffer> | Blob }
  }
  return method === 'GET'
    ? { method, url: `/api${url}${query(rest)}` }
    : { method, url: `/api${url}`, body: JSON.stringify(rest) }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { detail: text.slice(0, 300) }
  }
}

/** Makes the typed client over any transport (fetch in a browser, inject in a test). */
export function makeClient<C extends Record<string, Contract>>(table: RouteTable, transport: Transport): Client<C> {
  const call = async (name: string, input: Record<string, unknown> = {}, options: CallOptions = {}) => {
    const { method, url, body } = callOf(table, name, input)
    const headers: Record<string, string> = { accept: 'application/json', ...transport.headers?.() }
    if (body !== undefined) headers['content-type'] = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
    if (options.version !== undefined) headers['if-match'] = `"${options.version}"`
    if (options.key) headers['idempotency-key'] = options.key
    const sent: Sent = { method, url, headers }
    if (body !== undefined) sent.body = body
    if (options.signal) sent.signal = options.signal
    const { status, text } = await transport.send(sent)
    if (status >= 400) throw new ClientError(status, parse(text))
    return text ? JSON.parse(text) : undefined
  }
  const modules = new Map<string, unknown>()
  // The shape is known to the compiler from the contracts; at run time a name is put together from the two property reads.
  return new Proxy({} as Client<C>, {
    get(_, module: string) {
      if (!modules.has(module)) {
        const verbs = {
          get: (_t: object, verb: string) => (input?: Record<string, unknown>, options?: CallOptions) =>
            call(`${module}.${verb}`, input, options),
        }
        modules.set(module, new Proxy({}, verbs))
      }
      return modules.get(module)
    },
  })
}
