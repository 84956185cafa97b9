import * as z from 'zod'
import { isCurrency } from './money.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Whose eyes: `inner` is the tenant's own people, `outer` a party's. */
export type Audience = 'inner' | 'outer'

export interface RouteOptions<I extends z.ZodObject, O extends z.ZodType> {
  summary: string
  /** `module.verb` as granted to roles; 'public' needs no sign-in, 'person' needs a signed-in person only. */
  permission: string
  input: I
  output: O
  /** The verb must call ctx.match(row.version); a caller may send If-Match. */
  versioned?: boolean
  /** A list: its output is a page, and it can be exported as CSV. */
  list?: boolean
  /** Leaves an audit event for a read as well. */
  audit?: 'read'
  /** Requests a minute and person; the default is 1,200 for reads, 300 for writes, 60 for uploads. */
  per_minute?: number
  /** Status of success; 200 unless said. */
  status?: number
  /** The field of the answer that is shown once: a repeat with the same Idempotency-Key gets null there. */
  secret?: string
  /** The largest body in bytes; 1 MiB unless said. */
  body_limit?: number
  /** Takes a file as its body, of at most so many bytes: the input then has a field `file`, and the rest of it stands in the query. */
  upload?: number
  /** A list's field of [name, value] pairs that become the columns of its CSV export, with only these fields after them. */
  spread?: { field: string; beside: readonly string[] }
}

export interface Route<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> extends RouteOptions<I, O> {
  kind: 'route'
  /** `module.verb`, given by `nameRoutes`. */
  name: string
  method: Method
  path: string
}

/** Declares one verb of the API; everything else (HTTP, OpenAPI, client, CLI, MCP, permission, audit) follows from it. */
export function route<I extends z.ZodObject, O extends z.ZodType>(
  method: Method,
  path: string,
  options: RouteOptions<I, O>,
): Route<I, O> {
  return { kind: 'route', name: '', method, path, ...options, input: options.input.strict() as unknown as I }
}

export interface EventOptions {
  /** The field of `data` that names the party whose event it is. */
  party?: string
  /** 'inner': the party never reads it. */
  audience?: Audience
}

export interface EventType<D extends z.ZodObject = z.ZodObject> extends EventOptions {
  kind: 'event'
  type: string
  data: D
  audience: Audience
}

/** Declares an event; `data` holds ids and codes, never personal data, and its first field names the subject. */
export function event<D extends z.ZodObject>(type: string, data: D, options: EventOptions = {}): EventType<D> {
  return { kind: 'event', type, data, audience: 'outer', ...options }
}

const inner = new WeakSet<z.ZodType>()

/** Marks a field that only the inner audience may see; applied outermost, it makes the field optional. */
export function innerOnly<S extends z.ZodType>(schema: S): z.ZodOptional<S> {
  const marked = schema.optional()
  inner.add(marked)
  return marked
}

export const isInnerOnly = (schema: z.ZodType): boolean => inner.has(schema)

export type Input<R> = R extends Route<infer I, z.ZodType> ? z.output<I> : never
export type RawInput<R> = R extends Route<infer I, z.ZodType> ? z.input<I> : never
export type Output<R> = R extends Route<z.ZodObject, infer O> ? z.output<O> : never
export type EventData<E> = E extends EventType<infer D> ? z.output<D> : never

/** A module's contract: routes by verb, events, schemas and the roles that hold its permissions. */
export type Contract = Record<string, unknown>

export const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'route'

/** Gives each route its name `module.verb` from where it stands, and returns the contracts unchanged. */
export function nameRoutes<C extends Record<string, Contract>>(contracts: C): C {
  for (const [module, contract] of Object.entries(contracts)) {
    for (const [verb, value] of Object.entries(contract)) if (isRoute(value)) value.name = `${module}.${verb}`
  }
  return contracts
}

/** Every route of the contracts, in their order. */
export function routesOf(contracts: Record<string, Contract>): Route[] {
  return Object.values(contracts).flatMap((contract) => Object.values(contract).filter(isRoute))
}

/** The parameter names of a path, as `id` in `/deals/:id/approve`. */
export const pathParameters = (path: string): string[] => Array.from(path.matchAll(/:(\w+)/g), (m) => m[1] ?? '')

/** The input of a list: search, sort, page; `filters` are the route's own. */
export function listInput<F extends z.ZodRawShape, S extends readonly [string, ...string[]]>(filters: F, sorts: S) {
  const keys = sorts.flatMap((sort) => [sort, `-${sort}`]) as [S[number] | `-${S[number]}`, ...(S[number] | `-${S[number]}`)[]]
  return z.object({
    ...filters,
    q: z.string().trim().max(200).optional().describe('Search words'),
    sort: z.enum(keys).optional().describe('A field, or a field with - before it for descending'),
    limit: z.coerce.number().int().min(1).max(200).default(25),
    cursor: z.string().max(2000).optional().describe('`next` of the page before'),
  })
}

/** The output of a list: rows and the cursor of the next page, null at the end. */
export function pageOf<R extends z.ZodType>(row: R) {
  return z.object({ items: z.array(row), next: z.string().nullable() })
}

export const Id = z.uuid()
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/, 'a UTC time as 2026-11-22T09:30:00Z')
export const Day = z.iso.date()

/** An ISO 4217 code. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a currency code of three letters as EUR')
  .refine(isCurrency, 'is not an ISO 4217 currency code such as EUR')
  .meta({ examples: ['EUR', 'USD', 'JPY'] })

/** How many units of one currency are paid for one of another, as a decimal text. */
export const Rate = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,18})?$/, 'must be a decimal such as 1.0842')
  .refine((rate) => /[1-9]/.test(rate), 'must be above zero')
  .meta({ examples: ['1.0842'] })

/** A file as it was received and stored, for a route with `upload`. */
export interface ReceivedFile {
  key: string
  size: number
  sha256: string
}
/** The field `file` of an upload: bytes at the caller's side, the stored file in the verb. */
export const UploadedFile = z
  .custom<Uint8Array<ArrayBuffer> | Blob | ReceivedFile>(
    (value) => typeof value === 'object' && value !== null && 'sha256' in value,
    'send the file as the body',
  )
  .transform((value) => value as ReceivedFile)
/** Query strings carry no types: 'true' and 'false' become booleans. */
export const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')])
/** One value or several in a query string, as `state=a&state=b` or `state=a,b`; none is as if it were not asked. */
export const Several = <S extends z.ZodType>(item: S) =>
  z
    .preprocess((v) => (typeof v === 'string' ? v.split(',').filter(Boolean) : v), z.array(item).max(50))
    .transform((values) => (values.length > 0 ? values : undefined))

/** One line of a record's history: an event as its reader may see it. */
export const TimelineEntry = z.object({
  id: Id,
  type: z.string(),
  at: Instant,
  actor_id: Id.nullable(),
  actor_name: z.string().nullable(),
  actor_side: z.enum(['inner', 'outer']).nullable(),
  via: z.string(),
  data: z.record(z.string(), z.unknown()),
  changes: z.record(z.string(), z.array(z.unknown())),
})
export type TimelineEntry = z.output<typeof TimelineEntry>
/** A record's history, the newest first; `next` goes further back. */
export const timelineInput = z.object({
  id: Id,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})
