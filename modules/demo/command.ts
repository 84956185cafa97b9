import { join } from 'node:path'
import { log } from '../../kernel/log.ts'
import { migrate } from '../../kernel/migrate.ts'
import { readConfig } from '../config.ts'
import { onServer } from '../on-server.ts'
import { whyNot } from '../why-not.ts'
import { type PrepareOptions, prepareWorld, resetWorld } from './prepare-world.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

async function demo(reset: boolean): Promise<void> {
  const config = readConfig(process.env, process.cwd())
  if (config.database_url && !config.demo)
    throw new Error('With DATABASE_URL the demo world is told only where RIALTO_DEMO=on says so.')
  await onServer(config, async (owner_url) => {
    const { roles } = await migrate(owner_url, join(import.meta.dirname, '..', '..', 'migrations'), config.database_app_url)
    const options: PrepareOptions = { owner_url, roles, config: { ...config, role: 'web' }, log, say }
    if (reset) return void (await resetWorld(options))
    const found = await prepareWorld(options)
    if (found === 'told') say('The demo world is there already; npm run demo -- --reset puts it back as it was.')
    if (found === 'own') say('The database holds ecosystems of your own: the demo world is told only into an empty one.')
  })
}

try {
  await demo(process.argv.includes('--reset'))
} catch (error) {
  process.stderr.write(`${whyNot(error, process.env.DATABASE_URL)}\n`)
  process.exitCode = 1
}
