import { join } from 'node:path'
import { readConfig } from '../kernel/config.ts'
import { migrate } from '../kernel/migrate.ts'
import { startPostgres } from '../kernel/postgres.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

try {
  const config = readConfig(process.env, process.cwd())
  const server = config.database_url ? null : await startPostgres(config.data_dir)
  const { applied } = await migrate(
    config.database_url ?? server?.owner_url ?? '',
    join(import.meta.dirname, '..', 'migrations'),
    config.database_app_url,
  )
  say(applied.length === 0 ? 'The database is at this version already.' : `Applied: ${applied.join(', ')}`)
  await server?.stop()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
