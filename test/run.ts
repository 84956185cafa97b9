import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../kernel/postgres.ts'
import { findBrowser } from './browser.ts'

// npm test: the check, then all test files on one embedded cluster, two at a time; then one plain line.
const root = join(import.meta.dirname, '..')
const asked = process.argv.slice(2)

interface Count {
  passed: number
  failed: number
}

function child(args: string[], env: Record<string, string>, seen?: (line: string) => void): Promise<number> {
  return new Promise((resolve) => {
    const started = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', seen ? 'pipe' : 'inherit', 'inherit'],
    })
    let rest = ''
    started.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) seen?.(line)
    })
    started.on('exit', (code) => resolve(code ?? 1))
  })
}

/** Runs test files and counts what node's runner says at its end. */
async function testFiles(name: string, files: string[], concurrency: number, env: Record<string, string>): Promise<Count> {
  if (files.length === 0) throw new Error(`There is no test file for ${name}: a pattern is wrong`)
  const start = Date.now()
  const count: Count = { passed: 0, failed: 0 }
  const code = await child(['--test', `--test-concurrency=${concurrency}`, '--test-reporter=spec', ...files], env, (line) => {
    const found = /^ℹ (pass|fail|cancelled) (\d+)$/.exec(line)
    if (!found) return console.log(line)
    if (found[1] === 'pass') count.passed += Number(found[2])
    else count.failed += Number(found[2])
  })
  if (code !== 0 && count.failed === 0) count.failed += 1
  console.log(
    `— ${name}: ${count.passed} passed, ${count.failed} failed, ${files.length} files, ${((Date.now() - start) / 1000).toFixed(0)} s`,
  )
  return count
}

const find = (...patterns: string[]) => patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()

function browserOrEnd(): string {
  try {
    return findBrowser()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

const browser = browserOrEnd()
const folder = mkdtempSync(join(tmpdir(), 'rialto-test-'))
const total: Count = { passed: 0, failed: 0 }
const server = await startPostgres(folder, { durable: false })
try {
  const env = { RIALTO_TEST_DB: server.owner_url, CHROMIUM_PATH: browser, RIALTO_DEPTH: process.env.RIALTO_DEPTH ?? 'ci' }
  if (asked.length === 0) {
    const code = await child([join(root, 'bin', 'check.mjs')], env)
    if (code === 0) total.passed += 1
    else total.failed += 1
  }
  const groups: [string, string[], number][] =
    asked.length > 0
      ? [['asked', find(...asked), 1]]
      : [
          ['algorithms', find('algorithms/**/*.test.ts'), 2],
          [
            'modules',
            find('modules/**/*.test.ts', 'web/**/*.test.ts', 'client/*.test.ts', 'cli/*.test.ts').filter(
              (file) => !file.endsWith('rules.test.ts'),
            ),
            2,
          ],
          ['sweeps', find('test/sweeps/*.test.ts'), 2],
          ['journeys', find('test/journeys/*.test.ts'), 1],
          ['faults', find('test/faults/*.test.ts'), 1],
        ]
  for (const [name, files, concurrency] of groups) {
    const { passed, failed } = await testFiles(name, files, concurrency, env)
    total.passed += passed
    total.failed += failed
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)
