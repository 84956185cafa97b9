import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const runner = join(import.meta.dirname, '..', 'run.ts')

test('npm test with a browser that is not there stops at once, names it, and tests nothing', () => {
  const env = { ...process.env, CHROMIUM_PATH: '/no/such/browser' }
  const done = spawnSync(process.execPath, [runner], { env, encoding: 'utf8', timeout: 20_000 })
  assert.deepEqual([done.status, done.stdout], [1, ''])
  assert.match(done.stderr, /CHROMIUM_PATH=\/no\/such\/browser: there is no such file/)
  assert.doesNotMatch(done.stderr, /^\s+at /m)
})

test('a test file that does not end is ended, and what failed in it is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-endless-'))
  const file = join(folder, 'endless.test.mjs')
  writeFileSync(
    file,
    `import { test } from 'node:test'
    test('leaves something running', () => { setInterval(() => {}, 1000); throw new Error('the reason') })`,
  )
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env
  const env = { ...inherited, RIALTO_TEST_MINUTES: '0.05' }
  const done = spawnSync(process.execPath, [runner, file], { env, encoding: 'utf8', timeout: 60_000 })
  rmSync(folder, { recursive: true, force: true })
  assert.match(done.stdout, /the reason/)
  assert.match(done.stdout, /\n0 passed, [1-9] failed\n$/)
  assert.equal(done.status, 1)
})
