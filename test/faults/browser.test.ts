import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

test('npm test with a browser that is not there stops at once, names it, and tests nothing', () => {
  const env = { ...process.env, CHROMIUM_PATH: '/no/such/browser' }
  const done = spawnSync(process.execPath, [join(import.meta.dirname, '..', 'run.ts')], {
    env,
    encoding: 'utf8',
    timeout: 20_000,
  })
  assert.deepEqual([done.status, done.stdout], [1, ''])
  assert.match(done.stderr, /CHROMIUM_PATH=\/no\/such\/browser: there is no such file/)
  assert.doesNotMatch(done.stderr, /^\s+at /m)
})
