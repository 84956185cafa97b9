#!/usr/bin/env node
// The command line: npx rialto …
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
process.exit(await run(process.execPath, [join(root, 'cli', 'main.ts'), ...process.argv.slice(2)], { cwd: process.cwd() }))
