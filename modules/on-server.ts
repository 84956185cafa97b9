import { startPostgres } from '../kernel/postgres.ts'
import { holderOf, makeFolder } from './claim-folder.ts'
import type { Config } from './config.ts'

/** Works on the database beside the product: the given one, or the embedded one, which goes on only where the product runs on it. */
export async function onServer<T>({ database_url, data_dir }: Config, work: (owner_url: string) => Promise<T>): Promise<T> {
  if (database_url) return work(database_url)
  makeFolder(data_dir)
  const { owner_url, stop } = await startPostgres(data_dir)
  try {
    return await work(owner_url)
  } finally {
    if (holderOf(data_dir) === null) await stop()
  }
}
