#!/usr/bin/env node
// npm test: everything that npm run check does, then every test, on an embedded database of its own and a real browser.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
process.exit(await run(process.execPath, [join(root, 'test', 'run.ts'), ...process.argv.slice(2)]))
