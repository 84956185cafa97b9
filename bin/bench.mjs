#!/usr/bin/env node
// One bench by name: npm run bench -- NAME [options]
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
const [name, ...rest] = process.argv.slice(2)
const file = name && join(root, 'bench', `${name}.ts`)
if (!file || !existsSync(file)) {
  const names = readdirSync(join(root, 'bench'))
    .filter((f) => f.endsWith('.ts') && f !== 'report.ts')
    .map((f) => f.slice(0, -3))
  console.error(`Name a bench: npm run bench -- NAME\nThere are: ${names.join(', ')}`)
  process.exit(2)
}
process.exit(await run(process.execPath, [file, ...rest]))
