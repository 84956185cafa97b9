import { availableParallelism } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { routesOf } from '../kernel/contract.ts'
import { openDatabase } from '../kernel/db.ts'
import { openFiles } from '../kernel/files.ts'
import { makeServer } from '../kernel/http.ts'
import { openQueue, type Queue } from '../kernel/jobs.ts'
import type { Log } from '../kernel/log.ts'
import { mailModule } from '../kernel/mail.ts'
import type { Roles } from '../kernel/migrate.ts'
import { type House, makeHouse } from '../kernel/run.ts'
import { makeAuthenticate } from './access/authenticate.ts'
import type { Config } from './config.ts'
import { contracts } from './contract.ts'
import { type OpenAuth, openAuth } from './identity/auth.ts'
import { mountAuth } from './identity/mount-auth.ts'
import { readSecret } from './identity/secret.ts'
import { makeSignInMail } from './identity/send-sign-in-mail.ts'
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
  /** The secret that signs sessions; by default the one in the data folder. */
  secret?: string
  /** Another queue than the database's, as tests have. */
  queue?: Queue
}

export interface App {
  house: House
  server: FastifyInstance
  sign_in: OpenAuth
  close: () => Promise<void>
}

// A few for each processor: with more of them the database's processes wait for one another, and everybody's slowest answer is slower.
const CONNECTIONS = Math.min(16, 6 + 2 * availableParallelism())
// Whoever looks does not wait behind those who store, which takes several trips.
const FOR_READERS = 4
// Jobs run beside those who call, and for longer.
const FOR_JOBS = 4

/** Opens the whole product on a migrated database: house, doors, sign-in. It does not listen yet. */
export async function openApp(options: AppOptions): Promise<App> {
  const { roles, log, config } = options
  const database = await openDatabase(roles.app_url, {
    max: options.pool ?? (config.role === 'web' ? CONNECTIONS : CONNECTIONS + FOR_JOBS),
    readers: FOR_READERS,
  })
  const queue = options.queue ?? openQueue(roles.app_url, log, { worker: config.role !== 'web' })
  const { hostname } = new URL(config.public_url)
  const mail = mailModule({ smtp_url: config.smtp_url, from: `Rialto <no-reply@${hostname}>`, public_url: config.public_url })
  const house = makeHouse([...modules, mail], database, queue, openFiles(config))
  const routes = routesOf(contracts)
  const secret = options.secret ?? readSecret(config.data_dir)
  const sign_in = openAuth({ url: roles.auth_url, public_url: config.public_url, secret, log, mail: makeSignInMail(house) })
  const { authenticate, forget } = makeAuthenticate(database, { secret, secure: sign_in.secure })
  const server = await makeServer({
    house,
    authenticate,
    log,
    routes,
    unlimited: options.unlimited ?? false,
    // It speaks no TLS itself, so that an outside address with TLS means a proxy in front.
    trust_proxy: config.public_url.startsWith('https:'),
  })
  mountAuth(server, sign_in, { public_url: config.public_url, forget })
  await serveSite(server, { house, routes, public_url: config.public_url, web: options.web })
  return {
    house,
    server,
    sign_in,
    close: async () => {
      await server.close()
      // Its mails go through the queue.
      await sign_in.close()
      await queue.close()
      await database.close()
    },
  }
}
