import type { Config } from '../kernel/config.ts'
import { startPostgres } from '../kernel/postgres.ts'
import { holderOf } from './claim-folder.ts'

/** The database of a command beside the product: the given one, or the embedded one, which the product goes on with if it runs. */
export async function openServer(config: Config): Promise<{ owner_url: string; stop: () => Promise<void> }> {
  const leave = async () => {}
  if (config.database_url) return { owner_url: config.database_url, stop: leave }
  const { owner_url, stop } = await startPostgres(config.data_dir)
  return { owner_url, stop: holderOf(config.data_dir) === null ? stop : leave }
}
