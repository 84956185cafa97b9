import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const BENCH = join(import.meta.dirname, '..', '..', 'bench', 'find-account.ts')

test('a bench on a database of its own tells its figures and nothing else', async () => {
  const { RIALTO_TEST_DB: _, NODE_TEST_CONTEXT: __, ...env } = process.env
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BENCH, '2000', '50'], { env })
  assert.equal(stderr, '')
  const lines = stdout.trim().split('\n')
  assert.equal(lines.length, 1, stdout)
  assert.match(lines[0] ?? '', /find-account.*p99_ms/)
})
