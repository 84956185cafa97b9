import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../kernel/postgres.ts'
import { generate } from '../modules/generate.ts'
import { freshDatabase } from './database.ts'

const check = process.argv.includes('--check')
const folder = mkdtempSync(join(tmpdir(), 'rialto-generate-'))
const own = process.env.RIALTO_TEST_DB ? null : await startPostgres(folder, { durable: false })
if (own) process.env.RIALTO_TEST_DB = own.owner_url
const database = await freshDatabase()
const stale = await generate(database.owner_url, join(import.meta.dirname, '..', 'modules'), check)
await database.drop()
await own?.stop()
rmSync(folder, { recursive: true, force: true })
for (const file of stale) console.log(`${check ? 'out of date' : 'written'}: ${file}`)
if (check && stale.length > 0) {
  console.error('Run npm run generate and commit the result.')
  process.exit(1)
}
