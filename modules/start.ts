import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { log } from '../kernel/log.ts'
import { migrate } from '../kernel/migrate.ts'
import { guardedFetch } from '../kernel/outbound.ts'
import type { Server } from '../kernel/postgres.ts'
import { startWorker, type Worker } from '../kernel/worker.ts'
import type { App } from './app.ts'
import { claimFolder } from './claim-folder.ts'
import { type Config, readConfig } from './config.ts'
import { enterWorld } from './demo/enter-world.ts'
import { lookInto } from './demo/look-at.ts'
import type { PrepareOptions } from './demo/prepare-world.ts'
import { agreeOnSecret } from './identity/secret.ts'
import { keepDatabase } from './keep-database.ts'
import { takeAddress, tryAddress } from './take-address.ts'
import { whyNot } from './why-not.ts'

const HEAD_START_MILLIS = 20
const root = join(import.meta.dirname, '..')
const say = (text: string) => process.stdout.write(`${text}\n`)

const listen = (server: App['server'], { port, host }: Config) => takeAddress({ port, host }, () => server.listen({ port, host }))

type Demo = Pick<PrepareOptions, 'owner_url' | 'roles' | 'config'>

/** Reads the demo's parts only where it is on; true where its world is there. */
async function prepareDemo(demo: Demo): Promise<boolean> {
  if (!demo.config.demo) return false
  let found = await lookInto(demo.owner_url)
  if (found === 'empty' || found === 'broken') {
    const { prepareWorld } = await import('./demo/prepare-world.ts')
    found = await prepareWorld({ ...demo, log, say })
  }
  return found !== 'own'
}

async function mountControls(app: App, demo: Demo, between: (work: () => Promise<void>) => Promise<void>): Promise<void> {
  const { mountDemo } = await import('./demo/index.ts')
  const reset = async (progress: (share: number) => void) => {
    const { resetWorld } = await import('./demo/prepare-world.ts')
    let millis = 0
    await between(async () => {
      millis = (await resetWorld({ ...demo, log, say, progress })).millis
      await enterWorld(app.house)
    })
    return { millis }
  }
  mountDemo(app, { reset })
  await enterWorld(app.house)
}

async function tellCast(public_url: string): Promise<void> {
  const [{ castList }, { DEMO_PASSWORD }] = await Promise.all([import('./demo/cast-list.ts'), import('./cast.ts')])
  say(`Everybody of the demo world signs in at ${public_url} with the password ${DEMO_PASSWORD}:`)
  for (const { email, role } of castList()) say(`  ${email.padEnd(30)} ${role.replaceAll('_', ' ')}`)
}

// What a signal stops, in the midst of a start as well: what is open by then.
let stop = async () => {}

/** Starts all that this process is for; true where the demo world is there. */
async function start(config: Config): Promise<boolean> {
  // While somebody works on the pages, another server has them, as their sources are just now.
  const hasPages = config.role !== 'worker' && !process.argv.includes('--without-pages')
  const release = claimFolder(config.data_dir)
  let starting: Promise<Pick<Server, 'owner_url' | 'stop'>> | null = null
  let app: App | null = null
  let worker: Worker | null = null
  let working: Promise<Worker> | null = null
  stop = async () => {
    // Who answers already may still be starting the work behind it.
    await (await working?.catch(() => null))?.stop()
    await app?.close()
    // A database that is just starting is waited for: nobody else would stop it.
    const server = await starting?.catch(() => null)
    await server?.stop()
    release()
  }
  try {
    if (config.role !== 'worker') await tryAddress(config)
    if (!config.database_url) starting = keepDatabase(config.data_dir, log)
    // The rooms are read while the database starts: a moment after it, since reading holds everything else back.
    const rooms = setTimeout(HEAD_START_MILLIS).then(() => import('./app.ts'))
    rooms.catch(() => {})
    const owner_url = config.database_url ?? (await starting)?.owner_url ?? ''
    const { roles } = await migrate(owner_url, join(root, 'migrations'), config.database_app_url)
    const demo = { owner_url, roles, config }
    const is_demo = await prepareDemo(demo)
    const { openApp } = await rooms
    app = await openApp({ roles, config, log, web: hasPages ? join(root, 'dist', 'web') : null })
    if (is_demo) await mountControls(app, demo, (work) => (worker ? worker.pause(work) : work()))
    // A worker signs nobody in, and with the embedded database there is no other node.
    if (config.role !== 'worker' && config.database_url) await agreeOnSecret(app.sign_in.pool, config.data_dir)
    if (config.role !== 'worker') await listen(app.server, config)
    if (config.role !== 'web') working = startWorker(app.house, guardedFetch, log)
    worker = await working
    return is_demo
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

let stopping = false
function end(): void {
  if (stopping) return
  stopping = true
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error('Rialto did not stop cleanly', { error })
      process.exit(1)
    },
  )
}
process.on('SIGINT', end)
process.on('SIGTERM', end)

try {
  const config = readConfig(process.env, process.cwd())
  const is_demo = await start(config)
  const place = config.role === 'worker' ? ': this process works in the background, web nodes serve' : ` at ${config.public_url}`
  say(`Rialto is ready${place}`)
  if (is_demo) await tellCast(config.public_url)
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${whyNot(error, process.env.DATABASE_URL)}\n`)
    process.exit(1)
  }
}
