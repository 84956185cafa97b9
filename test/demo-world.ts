import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { Pool, type QueryResultRow } from 'pg'
import { type Log, silent } from '../kernel/log.ts'
import { idSource } from '../kernel/module.ts'
import { settle as settleHouse } from '../kernel/worker.ts'
import { type App, openApp } from '../modules/app.ts'
import { type Callers, makeCallers } from '../modules/cast.ts'
import { readConfig } from '../modules/config.ts'
import { enterWorld } from '../modules/demo/enter-world.ts'
import { mountDemo } from '../modules/demo/index.ts'
import { endOfStory, type Loaded, loadWorld } from '../modules/demo/load-world.ts'
import { quickly } from '../modules/demo/quick-database.ts'
import { freshDatabase, run } from './database.ts'
import { inlineQueue, jobsTable, runJobs } from './inline-queue.ts'

const SECRET = 'the secret of test worlds, which is no secret'
const log: Log = { ...silent, error: (message, facts) => console.error(message, facts) }

export interface DemoWorld extends Callers {
  app: App
  loaded: Loaded
  end: string
  tenants: { meridian: string; kestrel: string }
  owner: <R extends QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>
  demo: (method: 'GET' | 'POST', url: string, payload?: object) => Promise<LightMyRequestResponse>
  /** Everything that a person can read in the ecosystem, as one text. */
  bytesOf: (who: string) => Promise<string>
  withoutDemo: () => Promise<FastifyInstance>
  settle: () => Promise<void>
  close: () => Promise<void>
}

/** The whole demo world of a day, told into a database of its own and opened as npm start opens it. */
export async function demoWorld(today: string): Promise<DemoWorld> {
  const database = await freshDatabase()
  await run(database.owner_url, ...jobsTable(database.roles.app))
  const behind = new Pool({ connectionString: database.owner_url, max: 1 })
  const config = readConfig({ PUBLIC_URL: 'http://localhost:3000', DATA_DIR: join(tmpdir(), 'rialto-demo') }, tmpdir())
  const options = { roles: database.roles, config, log, web: null, secret: SECRET, queue: inlineQueue, pool: 4, unlimited: true }
  const owner = await behind.connect()
  const loaded = await quickly(owner, (progress) =>
    loadWorld({ roles: database.roles, config, log, today, secret: SECRET, progress }),
  ).finally(() => owner.release())
  const app = await openApp(options)
  const ids = idSource.next
  await enterWorld(app.house)
  mountDemo(app, {})
  const others: App[] = []
  const { rows } = await behind.query<{ slug: string; tenant_id: string }>('select slug, tenant_id from ecosystem_slugs')
  const tenants = Object.fromEntries(rows.map((row) => [row.slug, row.tenant_id])) as DemoWorld['tenants']
  const callers = makeCallers(app)
  return {
    ...callers,
    app,
    loaded,
    end: endOfStory(today),
    tenants,
    owner: async (text, values = []) => (await behind.query(text, values)).rows,
    demo: (method, url, payload) =>
      app.server.inject({ method, url, headers: { 'x-ecosystem': 'meridian' }, ...(payload ? { payload } : {}) }),
    bytesOf: (who) => bytesOf(callers, who),
    withoutDemo: async () => {
      const other = await openApp(options)
      others.push(other)
      return other.server
    },
    settle: async () => {
      for (;;) {
        await settleHouse(app.house)
        if ((await runJobs(app.house, Object.values(tenants))) === 0) return
      }
    },
    close: async () => {
      idSource.next = ids
      for (const other of others) await other.close()
      await app.close()
      await behind.end()
      await database.drop()
    },
  }
}

const LISTS = ['/api/deals.csv', '/api/partners.csv', '/api/accounts.csv', '/api/opportunities.csv']

/** The lists that the host can export, as its admin gets them. */
export const exportsOf = (world: DemoWorld): Promise<string[]> =>
  Promise.all(LISTS.map(async (url) => (await world.request('vera', { method: 'GET', url })).body))

async function bytesOf({ as, request }: Callers, who: string): Promise<string> {
  const read = async (url: string) => (await request(who, { method: 'GET', url })).body
  // What a person reads of themselves names all their ecosystems, so it is no part of this one.
  const pages = [
    '/api/inbox',
    '/api/search?q=nordwind',
    '/api/search?q=kestrel',
    '/api/deals/board',
    '/api/ecosystems/meridian/rules-of-engagement',
    ...LISTS,
  ]
  const { items } = await as(who).deals.list({ limit: 25 })
  const records = items.slice(0, 8).flatMap(({ id }) => [`/api/deals/${id}`, `/api/deals/${id}/timeline`])
  return (await Promise.all([...pages, '/api/deals?limit=200', ...records].map(read))).join('\n')
}
