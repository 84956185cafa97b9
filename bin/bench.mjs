#!/usr/bin/env node
// One bench by name: npm run bench -- NAME [options]
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
const [name, ...rest] = process.argv.slice(2)
// A bench reports; what stands beside the benches is used by them.
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file !== 'report.ts' && readFileSync(join(root, 'bench', file), 'utf8').includes('report('))
  .map((file) => file.slice(0, -3))
if (!names.includes(name)) {
  const why = name ? `There is no bench '${name}'` : 'Name a bench: npm run bench -- NAME'
  console.error(`${why}\nThere are: ${names.join(', ')}`)
  process.exit(2)
}
process.exit(await run(process.execPath, [join(root, 'bench', `${name}.ts`), ...rest]))
