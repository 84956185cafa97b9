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

// What a failed test left running keeps its file from ending; the others and the reason are told all the same.
const GROUP_MINUTES = Number(process.env.RIALTO_TEST_MINUTES ?? 20)
const RUN_MINUTES = 50
const end = Date.now() + RUN_MINUTES * 60_000

interface Watch {
  seen: (line: string) => void
  /** Called when its time is over, before it is told to end. */
  overdue: () => void
}

function child(args: string[], env: Record<string, string>, watch?: Watch): Promise<number> {
  return new Promise((resolve) => {
    const started = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', watch ? 'pipe' : 'inherit', 'inherit'],
    })
    let rest = ''
    started.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) watch?.seen(line)
    })
    const timer = setTimeout(
      () => {
        watch?.overdue()
        // Node's runner then tells what failed and what was running; should it not, it is ended.
        started.kill('SIGTERM')
        setTimeout(() => started.kill('SIGKILL'), 10_000).unref()
      },
      Math.max(0, Math.min(GROUP_MINUTES * 60_000, end - Date.now())),
    )
    started.on('close', (code) => {
      clearTimeout(timer)
      resolve(code ?? 1)
    })
  })
}

/** Runs test files and counts what node's runner says at its end. */
async function testFiles(name: string, files: string[], concurrency: number, env: Record<string, string>): Promise<Count> {
  if (files.length === 0) throw new Error(`There is no test file for ${name}: a pattern is wrong`)
  const start = Date.now()
  const count: Count = { passed: 0, failed: 0 }
  const args = ['--test', `--test-concurrency=${concurrency}`, '--test-timeout=600000', '--test-reporter=spec', ...files]
  const code = await child(args, env, {
    seen: (line) => {
      const found = /^ℹ (pass|fail|cancelled) (\d+)$/.exec(line)
      if (!found) return console.log(line)
      if (found[1] === 'pass') count.passed += Number(found[2])
      else count.failed += Number(found[2])
    },
    overdue: () => console.log(`${name} did not end in its time and is ended; what was running is named below`),
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
