#!/usr/bin/env node
// npm run verify: recomputes the chain of events of every ecosystem; exits 1 where one does not hold.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
process.exit(await run(process.execPath, [join(root, 'modules', 'verify.ts')]))
