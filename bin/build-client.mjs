#!/usr/bin/env node
// npm run build:client: makes the typed client as a package of its own in dist/client, ready for `npm publish` or `npm pack`.
import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

await prepare()
const folder = join(root, 'dist', 'client')
rmSync(folder, { recursive: true, force: true })
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const made = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.client.json')], { cwd: root, stdio: 'inherit' })
if (made.status !== 0) process.exit(made.status ?? 1)

// The compiler gives programs their new endings, and leaves the old ones in declarations.
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts')) continue
  const text = readFileSync(join(folder, name), 'utf8')
  writeFileSync(join(folder, name), text.replace(/((?:from |import\()["']\.[^"']+)\.ts(["'])/g, '$1.js$2'))
}

const { version, license, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const manifest = {
  name: 'rialto-client',
  version,
  license,
  description: 'The typed client of Rialto, an open ecosystem management platform.',
  type: 'module',
  engines: { node: '>=20' },
  exports: { '.': { types: './client/index.d.ts', default: './client/index.js' } },
  dependencies: { zod: dependencies.zod },
}
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
copyFileSync(join(root, 'client', 'README.md'), join(folder, 'README.md'))
copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
console.log(`The client stands in ${folder}`)
