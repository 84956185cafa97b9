import type { Log } from '../kernel/log.ts'
import { type Server, startPostgres } from '../kernel/postgres.ts'

const WATCH_MILLIS = 500

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The embedded database of the product: where it ends without being stopped, as for want of memory, it is started again. */
export async function keepDatabase(folder: string, log: Log): Promise<Pick<Server, 'owner_url' | 'stop'>> {
  let server = await startPostgres(folder)
  const { owner_url } = server
  let starting: Promise<void> | null = null
  const revive = async () => {
    log.error('The embedded database ended without being stopped; it is started again')
    server = await startPostgres(folder)
    if (server.owner_url !== owner_url) throw new Error('another program took its port meanwhile: start Rialto again')
  }
  const timer = setInterval(() => {
    if (starting || isAlive(server.pid)) return
    starting = revive()
      .catch((error: unknown) => log.error('The embedded database did not start again', { error }))
      .finally(() => {
        starting = null
      })
  }, WATCH_MILLIS).unref()
  return {
    owner_url,
    stop: async () => {
      clearInterval(timer)
      await starting
      await server.stop()
    },
  }
}
