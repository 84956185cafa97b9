import { claimFolder } from './claim-folder.ts'
import { readConfig } from './config.ts'
import { tryAddress } from './take-address.ts'

/** Ends with cause and remedy where this start could not be, before it fetches and builds anything. Reads no package. */
export async function lookAhead(): Promise<void> {
  try {
    const config = readConfig(process.env, process.cwd())
    claimFolder(config.data_dir)()
    if (config.role !== 'worker') await tryAddress(config)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
