#!/usr/bin/env node
// npm run migrate: brings the database of DATABASE_URL (or the embedded one) to this version, without serving.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
process.exit(await run(process.execPath, [join(root, 'modules', 'migrate.ts')]))
