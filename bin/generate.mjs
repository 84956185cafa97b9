#!/usr/bin/env node
// Writes the generated files from the migrations and contracts; with --check it only compares.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
process.exit(await run(process.execPath, [join(root, 'test', 'generate.ts'), ...process.argv.slice(2)]))
