import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { type CallOptions, type Client, ClientError, makeClient, type RouteTable } from '../kernel/client.ts'
import type { contracts } from '../modules/contract.ts'
import { routes } from '../modules/routes.gen.ts'
import { ecosystemHeader, onBehalf, send, slugOf, writeKey } from './ask.ts'
import { isPassing, stillShown } from './still-shown.ts'

type Api = Client<typeof contracts>
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where every verb of the API must fit
type Verb = (input?: any, options?: CallOptions) => Promise<any>
type InputOf<V extends Verb> = NonNullable<Parameters<V>[0]>
type OutputOf<V extends Verb> = Awaited<ReturnType<V>>

const client = makeClient<typeof contracts>(routes as RouteTable, { send, headers: ecosystemHeader })
const names = new WeakMap<object, string>()

function named<T extends object>(target: T, made: (property: string) => object): T {
  const kept = new Map<string, object>()
  return new Proxy(target, {
    get(_, property) {
      if (typeof property !== 'string') return undefined
      let value = kept.get(property)
      if (!value) kept.set(property, (value = made(property)))
      return value
    },
  })
}

/** Every verb of the product, typed from the contracts: `api.deals.approve({ id })`, `useRead(api.deals.list, {})`. */
export const api: Api = named({} as Api, (module) =>
  named({}, (verb) => {
    const call: Verb = (input, options) =>
      (client as unknown as Record<string, Record<string, Verb>>)[module]?.[verb]?.(input, options) as Promise<unknown>
    names.set(call, `${module}.${verb}`)
    return call
  }),
)

const nameOf = (verb: object): [module: string, verb: string] => {
  const [module = '', name = ''] = (names.get(verb) ?? '').split('.')
  return [module, name]
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (count, error) => count < 2 && isPassing(error), refetchOnWindowFocus: true },
    // Without a connection a write fails at once and says so; kept back, it would be sent unseen when the connection returns.
    mutations: { networkMode: 'always' },
  },
})

const keyOf = (verb: object, input: unknown) => [slugOf(location.pathname), ...nameOf(verb), input ?? {}]

/** Reads a verb and keeps the answer; the one before is shown while a new one is on its way. */
export function useRead<V extends Verb>(verb: V, input?: InputOf<V>, options: { enabled?: boolean; every?: number } = {}) {
  return stillShown(
    useQuery<OutputOf<V>, ClientError>({
      queryKey: keyOf(verb, input),
      queryFn: ({ signal }) => verb(input ?? {}, { signal }),
      placeholderData: keepPreviousData,
      enabled: options.enabled ?? true,
      refetchInterval: options.every ?? false,
    }),
  )
}

/** Reads a verb in the name of other ecosystems than the page's; answers in their order, undefined while asked for, null where none came. */
export function useReadIn<V extends Verb>(slugs: string[], verb: V, input?: InputOf<V>): (OutputOf<V> | null | undefined)[] {
  return useQueries({
    queries: slugs.map((slug) => ({
      queryKey: [slug, ...nameOf(verb), input ?? {}],
      queryFn: (): Promise<OutputOf<V>> => onBehalf({ slug, parting: false }, () => verb(input ?? {})),
      retry: false,
    })),
  }).map(({ data, isError }) => (data as OutputOf<V> | undefined) ?? (isError ? null : undefined))
}

/** Begins to read what a page will show, before the page is there. */
export const readAhead = <V extends Verb>(verb: V, input?: InputOf<V>): Promise<void> =>
  queries.prefetchQuery({ queryKey: keyOf(verb, input), queryFn: () => verb(input ?? {}) })

type Row<V extends Verb> = OutputOf<V> extends { items: (infer R)[] } ? R : never

/** Reads a list verb page by page: `rows`, `more()` while there is a next page. */
export function useList<V extends Verb>(verb: V, input?: Omit<InputOf<V>, 'cursor'>) {
  const read = useInfiniteQuery<OutputOf<V>, ClientError, { pages: OutputOf<V>[] }, readonly unknown[], string | undefined>({
    queryKey: [...keyOf(verb, input), 'pages'],
    queryFn: ({ pageParam, signal }) => verb(pageParam ? { ...input, cursor: pageParam } : (input ?? {}), { signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => (page as { next: string | null }).next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = (read.data?.pages ?? []).flatMap((page) => (page as { items: Row<V>[] }).items)
  return {
    rows,
    error: stillShown(read).error,
    isLoading: read.isPending,
    isMore: read.hasNextPage,
    isFetching: read.isFetching,
    more: () => void read.fetchNextPage(),
    again: () => void read.refetch(),
  }
}

export interface WriteOptions<V extends Verb> {
  /** The version that was read: a later change by someone else is told instead of overwritten. */
  version?: number
  /** The same key for the same input, where a person may send it again after an answer was lost. */
  key?: () => string
  /** Other modules whose reads change with this write. */
  also?: string[]
  onDone?: (output: OutputOf<V>, input: InputOf<V>) => void
}

/** A verb that changes something; success refreshes every read of its module, and of the inbox. */
export function useWrite<V extends Verb>(verb: V, options: WriteOptions<V> = {}) {
  const client = useQueryClient()
  return useMutation<OutputOf<V>, ClientError, InputOf<V>>({
    mutationFn: (input) =>
      verb(input, { key: options.key?.() ?? writeKey(), ...(options.version === undefined ? {} : { version: options.version }) }),
    onSuccess: async (output, input) => {
      const [module] = nameOf(verb)
      const touched = new Set([module, 'home', ...(options.also ?? [])])
      options.onDone?.(output, input)
      await client.invalidateQueries({ predicate: ({ queryKey }) => touched.has(String(queryKey[1])) })
    },
    onError: async (error) => {
      if (error.code === 'stale') await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === nameOf(verb)[0] })
    },
  })
}

/** Does something outside of `useWrite`, and reads again what it touched: also after a refusal, which may tell of a change. */
export function useRefresh(): { refresh: <T>(modules: string[], doing: () => Promise<T>) => Promise<T> } {
  const client = useQueryClient()
  const refresh = async <T>(modules: string[], doing: () => Promise<T>): Promise<T> => {
    try {
      return await doing()
    } finally {
      const touched = new Set([...modules, 'home'])
      await client.invalidateQueries({ predicate: ({ queryKey }) => touched.has(String(queryKey[1])) })
    }
  }
  return { refresh }
}

/** The address of a list as CSV, with the same filters. */
export function csvAddress(verb: Verb, input: Record<string, unknown> = {}): string {
  const path = (routes as RouteTable)[nameOf(verb).join('.')]?.[1] ?? ''
  const pairs = Object.entries(input).filter(([, value]) => value !== undefined && value !== '')
  const query = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))
  // A download is a plain link, which carries no header.
  query.set('x-ecosystem', slugOf(location.pathname) ?? '')
  return `/api${path}.csv?${query}`
}

/** Field issues of a refusal, as a form wants them. */
export function issuesOf(error: unknown): Record<string, string> {
  const issues = error instanceof ClientError ? error.problem.issues : undefined
  if (!Array.isArray(issues)) return {}
  return Object.fromEntries((issues as { path: string; message: string }[]).map((issue) => [issue.path, issue.message]))
}
