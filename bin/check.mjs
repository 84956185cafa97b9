#!/usr/bin/env node
// npm run check: types, lint, format, walls, what is unused or copied, migrations, generated files, pure tests. At most a minute, no browser.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
const bin = (name) => join(root, 'node_modules', '.bin', name)
const folders = ['bin', 'kernel', 'modules', 'algorithms', 'web', 'cli', 'client', 'test', 'bench']
const kernelTests = readdirSync(join(root, 'kernel'))
  .filter((f) => f.endsWith('.test.ts'))
  .map((f) => join('kernel', f))

const steps = [
  ['types', bin('tsc'), ['-p', '.']],
  ['lint', bin('oxlint'), ['-c', '.oxlintrc.json', ...folders]],
  ['format', bin('biome'), ['check', '--error-on-warnings', ...folders]],
  ['walls', process.execPath, ['test/walls.ts']],
  ['unused files, exports and packages', bin('knip'), ['--no-progress', '--treat-config-hints-as-errors']],
  ['copies', bin('jscpd'), ['-c', '.jscpd.json']],
  ['migrations', process.execPath, ['test/migrations.ts']],
  ['generated files', process.execPath, ['test/generate.ts', '--check']],
  ['pure tests', process.execPath, ['--test', '--test-reporter=dot', ...kernelTests, 'modules/**/rules.test.ts']],
]

const failed = []
for (const [name, command, args] of steps) {
  const start = Date.now()
  const code = await run(command, args)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
  if (code !== 0) failed.push(name)
}
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)
