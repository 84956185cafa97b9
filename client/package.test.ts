import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'rialto-client-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })

const USE = `import { ClientError, connect } from 'rialto-client'
const rialto = connect({ url: 'http://127.0.0.1:1', key: 'none' })
const named = async (): Promise<string | undefined> => (await rialto.deals.list({ review: ['under_review'] })).items[0]?.account_name
// @ts-expect-error no contract has such a verb
const unknown = () => rialto.deals.forget({})
// @ts-expect-error an id is a text
const wrong = () => rialto.deals.approve({ id: 7 })
console.log(typeof rialto.deals.approve, ClientError.name)
`

test('the package is typed for whoever installs it, and runs without this repository', () => {
  const built = run(join(root, 'bin', 'build-client.mjs'))
  assert.equal(built.status, 0, built.stderr + built.stdout)
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  symlinkSync(join(root, 'dist', 'client'), join(packages, 'rialto-client'))
  symlinkSync(join(root, 'node_modules', 'zod'), join(packages, 'zod'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'use.ts'), USE)
  const flags = '--strict --module nodenext --moduleResolution nodenext --target es2022 --lib es2023,dom --types'.split(' ')
  const typed = run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...flags, '', 'use.ts')
  assert.equal(typed.status, 0, typed.stdout)
  assert.equal(run('use.js').stdout.trim(), 'function ClientError')
})
