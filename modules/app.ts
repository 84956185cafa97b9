import type { FastifyInstance } from 'fastify'
import type { Config } from '../kernel/config.ts'
import { routesOf } from '../kernel/contract.ts'
import { openDatabase } from '../kernel/db.ts'
import { makeServer } from '../kernel/http.ts'
import { openQueue } from '../kernel/jobs.ts'
import type { Log } from '../kernel/log.ts'
import type { Roles } from '../kernel/migrate.ts'
import { type House, makeHouse } from '../kernel/run.ts'
import { contracts } from './contract.ts'
import { modules } from './index.ts'
import { serveSite } from './site.ts'

export interface AppOptions {
  roles: Roles
  config: Config
  log: Log
  /** The folder of the built web app; null serves none. */
  web: string | null
  /** Loads of one machine are not rate limited in benches. */
  unlimited?: boolean
  pool?: number
}

export interface App {
  house: House
  server: FastifyInstance
  close: () => Promise<void>
}

/** Opens the whole product on a migrated database: house, doors, sign-in. It does not listen yet. */
export async function openApp(options: AppOptions): Promise<App> {
  const { roles, log, config } = options
  const database = await openDatabase(roles.app_url, { max: options.pool ?? 16 })
  const queue = await openQueue(roles.app_url, log, { worker: config.role !== 'web' })
  const house = makeHouse(modules, database, queue)
  const routes = routesOf(contracts)
  const server = await makeServer({
    house,
    authenticate: async () => ({ person_id: null, tenant_id: null, actor: null }),
    log,
    routes,
    unlimited: options.unlimited ?? false,
  })
  await serveSite(server, { house, routes, public_url: config.public_url, web: options.web })
  return {
    house,
    server,
    close: async () => {
      await server.close()
      await queue.close()
      await database.close()
    },
  }
}
