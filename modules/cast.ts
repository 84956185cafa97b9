import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { z } from 'zod'
import { type Client, makeClient, type Sent } from '../kernel/client.ts'
import { idSource } from '../kernel/module.ts'
import { asSystem } from '../kernel/run.ts'
import { addMember, createPerson } from './access/add-member.ts'
import type { HeldRole } from './access/shapes.ts'
import type { App } from './app.ts'
import type { contracts } from './contract.ts'
import type { Founding } from './ecosystems/contract.ts'
import { foundEcosystem } from './ecosystems/found-ecosystem.ts'
import { routes } from './routes.gen.ts'

export type Api = Client<typeof contracts>
/** A place that every text of Kestrel names, and nothing else does: whatever of them came to Meridian would show. */
export const KESTREL_PLACE = 'Tarrabeth'

export const DEMO_PASSWORD = 'rialto-demo'

interface CastPerson {
  /** Slug of the ecosystem. */
  ecosystem: string
  name: string
  email: string
  roles: HeldRole[]
  party_id?: string
  locale?: 'en' | 'de' | 'ar'
  /** Without one, the person signs in by a mailed link; all people of the small cast have the demo's. */
  password?: boolean
}

/** What `cast` and `story` of each room get: they tell their part through verbs, in somebody's name. */
export interface CastTools {
  /** The typed client of a person by first name, or by the whole address, in Meridian unless said. */
  as: (name: string, ecosystem?: string) => Api
  /** Tenant ids by slug. */
  tenants: Record<string, string>
  /** Makes an ecosystem and returns its tenant's id. */
  found: (input: z.output<typeof Founding>) => Promise<string>
  /** Makes a person with the demo password an active member; somebody known gets one more membership. Returns the member's id. */
  person: (person: CastPerson) => Promise<string>
  /** Lets listeners, clocks and jobs run until nothing is due. */
  settle: () => Promise<void>
  /** The current time of this world as ISO. */
  now: () => Promise<string>
  /** Whether two years of story follow, which tell some of the cast's parts at their own time. */
  story: boolean
}

export interface Callers {
  as: (name: string, ecosystem?: string) => Api
  request: (name: string | null, options: InjectOptions, ecosystem?: string) => Promise<LightMyRequestResponse>
  /** The headers with which a person of the cast calls over the network. */
  headers: (name: string | null, ecosystem?: string) => Promise<Record<string, string>>
}

/** Clients of an app in this process, each signed in with a session of its own when first used. */
export function makeCallers(app: App): Callers {
  const tokens = new Map<string, Promise<string>>()
  const signIn = async (name: string): Promise<string> => {
    const { library, pool } = app.sign_in
    const which = name.includes('@') ? 'email = $1' : "split_part(email, '@', 1) = $1"
    const { rows } = await pool.query<{ id: string }>(`select id from "user" where ${which}`, [name])
    const [person, other] = rows
    if (!person || other) throw new Error(`The cast has ${other ? 'more than one' : 'no'} ${name}`)
    const context = await (await library()).$context
    return (await context.internalAdapter.createSession(person.id)).token
  }
  const tokenOf = (name: string): Promise<string> => {
    let token = tokens.get(name)
    if (!token) {
      token = signIn(name)
      token.catch(() => tokens.delete(name))
      tokens.set(name, token)
    }
    return token
  }
  const headersOf = async (name: string | null, ecosystem: string): Promise<Record<string, string>> => {
    const token = name === null ? null : await tokenOf(name)
    return { 'x-ecosystem': ecosystem, ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
  }
  const request: Callers['request'] = async (name, options, ecosystem = 'meridian') => {
    const headers = { ...(await headersOf(name, ecosystem)), ...options.headers }
    return app.server.inject({ ...options, headers })
  }
  const as: Callers['as'] = (name, ecosystem) =>
    makeClient<typeof contracts>(routes, {
      send: async ({ method, url, headers, body }: Sent) => {
        const options = {
          method,
          url,
          headers,
          ...(body === undefined ? {} : { payload: body instanceof Uint8Array ? Buffer.from(body) : body }),
        } as InjectOptions
        const { statusCode, body: text } = await request(name, options, ecosystem)
        return { status: statusCode, text }
      },
    })
  return { as, request, headers: (name, ecosystem = 'meridian') => headersOf(name, ecosystem) }
}

export interface CastOptions {
  settle: () => Promise<void>
  /** The hash of the demo password, made once since making it is slow on purpose. */
  hash: string
  story?: boolean
}

export function makeCastTools(app: App, { settle, hash, story = false }: CastOptions): CastTools {
  const tenants: Record<string, string> = {}
  const tenantOf = (slug: string): string => {
    const id = tenants[slug]
    if (!id) throw new Error(`The ecosystem ${slug} is not founded yet`)
    return id
  }
  return {
    as: makeCallers(app).as,
    tenants,
    settle,
    story,
    found: async (input) => {
      const tenant_id = idSource.next()
      await asSystem(app.house, tenant_id, (ctx) => foundEcosystem(ctx, input))
      tenants[input.slug] = tenant_id
      return tenant_id
    },
    person: ({ ecosystem, party_id, locale = 'en', password = true, ...person }) =>
      asSystem(app.house, tenantOf(ecosystem), async (ctx) => {
        const { id } = await createPerson(ctx, { email: person.email, name: person.name, locale, hash: password ? hash : null })
        return addMember(ctx, { ...person, party_id: party_id ?? null }, id)
      }),
    now: () => asSystem(app.house, Object.values(tenants)[0] ?? idSource.next(), async (ctx) => ctx.now),
  }
}
