import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../kernel/postgres.ts'

export interface OwnCluster {
  url: string
  close: () => Promise<void>
}

/**
 * A database cluster for a program that is no test file: the one given in RIALTO_TEST_DB, else one of its own, which everything that it
 * opens from then on finds there. A test file's own ends with its tests, and would make a program report on tests that it has not.
 */
export async function ownCluster(): Promise<OwnCluster> {
  const given = process.env.RIALTO_TEST_DB
  if (given) return { url: given, close: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'rialto-test-'))
  const server = await startPostgres(folder, { durable: false })
  process.env.RIALTO_TEST_DB = server.owner_url
  const close = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: server.owner_url, close }
}
