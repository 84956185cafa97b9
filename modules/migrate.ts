import { join } from 'node:path'
import { readConfig } from '../kernel/config.ts'
import { migrate } from '../kernel/migrate.ts'
import { openServer } from './open-server.ts'
import { whyNot } from './why-not.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

try {
  const config = readConfig(process.env, process.cwd())
  const server = await openServer(config)
  const { applied } = await migrate(server.owner_url, join(import.meta.dirname, '..', 'migrations'), config.database_app_url)
  say(applied.length === 0 ? 'The database is at this version already.' : `Applied: ${applied.join(', ')}`)
  await server.stop()
} catch (error) {
  process.stderr.write(`${whyNot(error, process.env.DATABASE_URL)}\n`)
  process.exitCode = 1
}
