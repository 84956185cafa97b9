import pg from 'pg'
import type { Log } from '../../kernel/log.ts'
import type { Roles } from '../../kernel/migrate.ts'
import type { Config } from '../config.ts'
import { type Loaded, loadWorld } from './load-world.ts'
import { type Found, lookAt } from './look-at.ts'
import { quickly } from './quick-database.ts'

const LOCK = 7_261_006

export interface PrepareOptions {
  /** The database as its owner: for what no tenant may do. */
  owner_url: string
  roles: Roles
  config: Config
  log: Log
  say: (text: string) => void
  /** Hears how far the telling is, as a share of 1. */
  progress?: (share: number) => void
}

async function wipe(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'auth') and tablename <> 'migrations'`)
  await db.query(`truncate ${rows.map(({ name }) => name).join(', ')}`)
  await db.query('delete from pgboss.job')
}

async function tell(db: pg.Client, { roles, config, log, say, progress: hear }: PrepareOptions): Promise<Loaded> {
  say('Telling the demo world: two years of a partner programme, once')
  let shown = 0
  const show = (share: number) => {
    const tenth = Math.floor(share * 10)
    if (tenth > shown && tenth < 10) say(`  ${tenth * 10} %`)
    shown = Math.max(shown, tenth)
  }
  const today = new Date().toISOString().slice(0, 10)
  const loaded = await quickly(db, (progress) => {
    const both = (share: number) => {
      progress(share)
      show(share)
      hear?.(share)
    }
    return loadWorld({ roles, config, log, today, progress: both })
  })
  say(`The demo world is told, in ${(loaded.millis / 1000).toFixed(1)} seconds`)
  return loaded
}

async function asOwner<T>(owner_url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ connectionString: owner_url })
  await db.connect()
  try {
    await db.query('select pg_advisory_lock($1)', [LOCK])
    return await work(db)
  } finally {
    await db.end()
  }
}

/** Tells the demo world into an empty database, or anew where the telling broke off; whatever else lies there stays. */
export function prepareWorld(options: PrepareOptions): Promise<Found> {
  return asOwner(options.owner_url, async (db) => {
    const found = await lookAt(db)
    if (found === 'broken') await wipe(db)
    if (found === 'broken' || found === 'empty') await tell(db, options)
    return found
  })
}

/** Drops everything and tells the demo world anew. A database with a host's real data is refused. */
export function resetWorld(options: PrepareOptions): Promise<Loaded> {
  return asOwner(options.owner_url, async (db) => {
    if ((await lookAt(db)) === 'own')
      throw new Error(
        'This database holds ecosystems that are not the demo world: it is not touched. Use an empty database for the demo.',
      )
    await wipe(db)
    return tell(db, options)
  })
}
