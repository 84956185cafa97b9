import { join } from 'node:path'
import { generate } from '../modules/generate.ts'
import { freshDatabase } from './database.ts'
import { ownCluster } from './own-cluster.ts'

const check = process.argv.includes('--check')
const cluster = await ownCluster()
const database = await freshDatabase()
const stale = await generate(database.owner_url, join(import.meta.dirname, '..', 'modules'), check)
await database.drop()
await cluster.close()
for (const file of stale) console.log(`${check ? 'out of date' : 'written'}: ${file}`)
if (check && stale.length > 0) {
  console.error('Run npm run generate and commit the result.')
  process.exit(1)
}
