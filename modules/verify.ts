import pg from 'pg'
import { openDatabase } from '../kernel/db.ts'
import { openFiles } from '../kernel/files.ts'
import { rolesOf } from '../kernel/migrate.ts'
import { verifyChain } from '../kernel/relay.ts'
import { makeHouse } from '../kernel/run.ts'
import { type Config, readConfig } from './config.ts'
import { onServer } from './on-server.ts'
import { whyNot } from './why-not.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)
// Verifying reads only: no job is ever sent.
const noQueue = { send: async () => {}, work: async () => {}, close: async () => {} }

async function refuseEmpty(owner_url: string): Promise<void> {
  const db = new pg.Client({ connectionString: owner_url, connectionTimeoutMillis: 10_000 })
  await db.connect()
  const { rows } = await db.query<{ found: string | null }>(`select to_regclass('migrations') as found`)
  await db.end()
  if (!rows[0]?.found)
    throw new Error('The database holds nothing of Rialto yet: start it there first, or name another (DATABASE_URL, DATA_DIR).')
}

async function verify(owner_url: string, config: Config): Promise<void> {
  await refuseEmpty(owner_url)
  const { app_url } = rolesOf(owner_url, config.database_app_url)
  const database = await openDatabase(app_url, { max: 2 })
  try {
    const house = makeHouse([], database, noQueue, openFiles(config))
    const tenants = await database.tx({ tenant_id: null, parties: [], actor_id: null }, { read_only: true }, ({ db }) =>
      db.selectFrom('ecosystem_slugs').select(['slug', 'tenant_id']).where('slug', '<>', '*').orderBy('slug').execute(),
    )
    for (const { slug, tenant_id } of tenants) {
      const { events, broken_at } = await verifyChain(house, tenant_id)
      if (broken_at !== null) process.exitCode = 1
      say(`${slug}: ${broken_at === null ? `${events} events, the chain holds` : `the chain is broken at event ${broken_at}`}`)
    }
    if (tenants.length === 0) say('There is no ecosystem yet, so there is no chain.')
  } finally {
    await database.close()
  }
}

try {
  const config = readConfig(process.env, process.cwd())
  await onServer(config, (owner_url) => verify(owner_url, config))
} catch (error) {
  process.stderr.write(`${whyNot(error, process.env.DATABASE_URL)}\n`)
  process.exitCode = 1
}
