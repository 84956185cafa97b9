import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { ownFolder } from '../child.ts'
import { freePort } from '../free-port.ts'

// A copy as it was just cloned: no packages, nothing built. What cannot be is told before anything is fetched.
const root = join(import.meta.dirname, '..', '..')
const clone = join(ownFolder('fresh'), 'rialto')

before(() => {
  mkdirSync(clone)
  for (const name of ['bin', 'kernel', 'modules', 'package.json', 'package-lock.json'])
    cpSync(join(root, name), join(clone, name), { recursive: true })
})

function start(given: Record<string, string>): { status: number | null; said: string } {
  const { DATABASE_URL: _, ...inherited } = process.env
  // Whoever does fetch finds nobody, and is told so at once.
  const nobody = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' }
  const env = { ...inherited, ...nobody, ...given }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(clone, 'bin', 'start.mjs')], {
    cwd: clone,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, said: stdout + stderr }
}

test('a start that could not be is refused before packages are fetched', async (t) => {
  writeFileSync(join(clone, 'a-file'), '')
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  t.after(() => other.close())
  const PORT = String(await freePort())
  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT, DATA_DIR: join(clone, 'a-file', 'data') }, /data folder .* cannot be used .*DATA_DIR/],
    [{ PORT, HOST: '203.0.113.7' }, /HOST=203\.0\.113\.7 is no address of this machine/],
    [{ PORT, HOST: 'fe80::1' }, /HOST=fe80::1 is no address of this machine/],
    [{ PORT: String(port) }, new RegExp(`Port ${port} is taken`)],
    [{ PORT, RIALTO_DEMOO: 'off' }, /the nearest is RIALTO_DEMO/],
    [{ PORT: 'abc' }, /PORT=abc: a port number/],
  ]
  for (const [given, told] of wrong) {
    const { status, said } = start(given)
    assert.match(said, told)
    assert.doesNotMatch(said, /Installing|npm ci|^\s+at /m)
    assert.equal(status, 1)
  }
  assert.ok(!existsSync(join(clone, 'node_modules')))
})

test('without npm, npm is named; without a network, the network is', async () => {
  const PORT = String(await freePort())
  const without = start({ PORT, PATH: join(clone, 'nothing-here') })
  assert.match(without.said, /There is no npm in PATH.*Install it/)
  assert.doesNotMatch(without.said, /network|ENOENT/)
  assert.equal(without.status, 1)
  const alone = start({ PORT })
  assert.match(alone.said, /npm ci failed\. Check the network/)
  assert.equal(alone.status, 1)
})
