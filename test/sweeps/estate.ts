import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { callOf } from '../../kernel/client.ts'
import { pathParameters, type Route, routesOf } from '../../kernel/contract.ts'
import { contracts } from '../../modules/contract.ts'
import { modules } from '../../modules/index.ts'
import { routes as table } from '../../modules/routes.gen.ts'
import { type World, world } from '../harness.ts'
import { arbitraryOf, type Pools } from './arbitrary.ts'
import { FILE, makeObjects, type Objects } from './objects.ts'
import { type Caller, type Firms, firmsOf, peopleOf } from './people.ts'
import { poolsOf } from './pools.ts'

/** A world with somebody in every role and a record of every kind on each side. */
export interface Estate {
  w: World
  firms: Firms
  callers: Caller[]
  objects: Objects
  pools: Pools
}

export async function estate(options: Parameters<typeof world>[0] = {}, given?: World): Promise<Estate> {
  const w = given ?? (await world(options))
  const firms = await firmsOf(w)
  const callers = await peopleOf(w, firms)
  const objects = await makeObjects(w, firms)
  return { w, firms, callers, objects, pools: await poolsOf(w, firms) }
}

const served = new Set(modules.flatMap((module) => module.routes.map((one) => one.route.name)))
/** Every route that is served. */
export const allRoutes: readonly Route[] = routesOf(contracts).filter((route) => served.has(route.name))

/** The kind of record that a path names by `:id`, or null. */
export function kindOfPath(route: Route): string | null {
  if (!pathParameters(route.path).includes('id') || route.path.startsWith('/me/')) return null
  return route.path.split('/')[1] ?? null
}

export interface Answer {
  status: number
  headers: Record<string, string>
  text: string
  body: Record<string, unknown> | null
}

const parsed = (text: string): Answer['body'] => {
  try {
    return JSON.parse(text) as Answer['body']
  } catch {
    return null
  }
}

/** One request as somebody: the address and body that the typed client would send. */
export async function ask(w: World, caller: Caller, route: Route, input: Record<string, unknown>): Promise<Answer> {
  const { method, url, body } = callOf(table, route.name, input)
  const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
  const headers = { ...caller.headers, ...(body === undefined ? {} : { 'content-type': type }) }
  return send(w, { method, url, headers, ...(body === undefined ? {} : { payload: body }) })
}

export async function send(
  w: World,
  options: { method: string; url: string; headers: Record<string, string>; payload?: unknown },
): Promise<Answer> {
  const response = await w.app.server.inject(options as InjectOptions)
  const text = response.body
  return { status: response.statusCode, headers: response.headers as Record<string, string>, text, body: parsed(text) }
}

/** What a route takes in JSON or in its address; a file comes beside it. */
export const inputSchema = (route: Route): Route['input'] =>
  route.upload === undefined ? route.input : route.input.omit({ file: true } as never)

/** The smallest input that a route takes, always the same for a seed. */
export function smallInput(route: Route, pools: Pools, seed: number): Record<string, unknown> {
  const schema = inputSchema(route)
  const tried = fc.sample(arbitraryOf(schema, { pools, minimal: true }), { numRuns: 50, seed })
  const input = tried.find((value) => schema.safeParse(value).success)
  if (!input) throw new Error(`${route.name}: none of 50 made inputs is taken: ${JSON.stringify(tried[0])}`)
  return { ...(input as Record<string, unknown>), ...(route.upload === undefined ? {} : { file: FILE }) }
}

/** Runs work on a list, a few at a time. */
export async function eachOf<T>(list: readonly T[], work: (one: T) => Promise<void>, lanes = 6): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let i = next++; i < list.length; i = next++) await work(list[i] as T)
    }),
  )
}
