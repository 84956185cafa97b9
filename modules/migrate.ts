import { join } from 'node:path'
import { migrate } from '../kernel/migrate.ts'
import { readConfig } from './config.ts'
import { onServer } from './on-server.ts'
import { whyNot } from './why-not.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

try {
  const config = readConfig(process.env, process.cwd())
  const folder = join(import.meta.dirname, '..', 'migrations')
  const { applied } = await onServer(config, (owner_url) => migrate(owner_url, folder, config.database_app_url))
  say(applied.length === 0 ? 'The database is at this version already.' : `Applied: ${applied.join(', ')}`)
} catch (error) {
  process.stderr.write(`${whyNot(error, process.env.DATABASE_URL)}\n`)
  process.exitCode = 1
}
