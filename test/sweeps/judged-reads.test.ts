import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sourceOf } from '../walls/source.ts'
import { JUDGED_READS } from './judged-reads.ts'

const root = join(import.meta.dirname, '..', '..')
const FUNCTION = /^(?:export )?(?:async )?(?:function (\w+)|const (\w+)\b[^\n]*=)/

/** `file:function` of every use of the judge in the rooms. */
function usesOf(path: string): string[] {
  let inside = ''
  return sourceOf(root, path)
    .code.split('\n')
    .flatMap((line) => {
      const found = FUNCTION.exec(line)
      inside = found?.[1] ?? found?.[2] ?? inside
      return /\bctx\.judge(?:All)?\b|\.judge(?:All)?\(|\bjudge(?:All)?\s*[,}].*=\s*ctx\b/.test(line) ? [`${path}:${inside}`] : []
    })
}

test('every read of what the caller may not see is listed with what leaves it', () => {
  const files = globSync('modules/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'))
  const uses = [...new Set(files.flatMap(usesOf))].sort()
  console.log(`judged reads: ${uses.length} in ${files.length} files`)
  assert.deepEqual(uses, Object.keys(JUDGED_READS).sort(), 'name each in test/sweeps/judged-reads.ts')
  assert.ok(files.length > 80)
})
