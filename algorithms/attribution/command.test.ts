import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'attribution-'))
after(() => rmSync(folder, { recursive: true }))

const cli = join(import.meta.dirname, '..', '..', 'bin', 'rialto.mjs')

function rialto(args: string[], input?: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'attribution', ...args], {
    cwd: folder,
    encoding: 'utf8',
    input: input ?? '',
  })
  return { status, stdout, stderr }
}

const PATHS = 'path,conversions,value,nulls\nC1 > C2 > C3,1,50,0\nC1,0,0,1\nC2 > C3,0,0,1\n'
writeFileSync(join(folder, 'paths.csv'), PATHS)

test('credits go to the named file, progress to standard error', () => {
  const { status, stdout, stderr } = rialto(['credit', '--paths', 'paths.csv', '--model', 'markov', '--out', 'credits.csv'])
  assert.deepEqual([status, stdout], [0, ''])
  assert.equal(readFileSync(join(folder, 'credits.csv'), 'utf8'), 'channel,conversions,value\nC1,0.2,10\nC2,0.4,20\nC3,0.4,20\n')
  assert.match(stderr, /3 rows, 3 channels, model markov/)
})

test('standard input and output work, CSV by default and JSON on demand', () => {
  assert.equal(
    rialto(['credit', '--paths', '-', '--model', 'first'], PATHS).stdout,
    'channel,conversions,value\nC1,1,50\nC2,0,0\nC3,0,0\n',
  )
  const { stdout } = rialto(
    ['credit', '--paths', '-', '--model', 'position', '--weights', '10,80,10', '--format', 'json', '--out', '-'],
    PATHS,
  )
  assert.deepEqual(JSON.parse(stdout), [
    { channel: 'C1', conversions: 0.1, value: 5 },
    { channel: 'C2', conversions: 0.8, value: 40 },
    { channel: 'C3', conversions: 0.1, value: 5 },
  ])
})

test('every model of the help runs with its options', () => {
  const runs = [
    ['last'],
    ['linear'],
    ['shapley'],
    ['time-decay', '--half-life', '1'],
    ['markov', '--order', '3', '--nulls', 'ignore'],
    ['last-non-direct', '--direct', 'C3'],
  ]
  for (const [model = '', ...options] of runs) {
    const { status, stdout } = rialto(['credit', '--paths', 'paths.csv', '--model', model, ...options])
    assert.equal(status, 0)
    const conversions = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]))
    assert.ok(Math.abs(conversions.reduce((a, b) => a + b, 0) - 1) < 1e-12, model)
    if (model === 'time-decay') assert.deepEqual(conversions, [1 / 7, 2 / 7, 4 / 7])
    if (model === 'last-non-direct') assert.deepEqual(conversions, [0, 1, 0])
  }
})

test('bad input ends with exit code 2, the place of the fault and no output file, not even a partial one', () => {
  const before = readdirSync(folder)
  const bad: [string[], string, RegExp][] = [
    [['--model', 'first', '--paths', '-'], 'path,conversions,value\na,1,1\n', /line 1, column nulls: column nulls is missing/],
    [
      ['--model', 'markov', '--paths', '-'],
      'path,conversions,value,nulls\na,1,1,1\nb,1,1,-1\n',
      /^row 2 \(line 3\), column nulls: -1 is negative/,
    ],
    [['--model', 'first', '--paths', '-'], '', /the input is empty/],
    [['--model', 'first', '--paths', 'nowhere.csv'], '', /--paths nowhere.csv: ENOENT/],
    [['--model', 'none', '--paths', '-'], PATHS, /Allowed choices are first, last/],
    [['--model', 'markov', '--order', '4', '--paths', '-'], PATHS, /Allowed choices are 1, 2, 3/],
    [['--model', 'time-decay', '--half-life', '0', '--paths', '-'], PATHS, /number of steps above zero/],
    [['--model', 'position', '--weights', '40,60', '--paths', '-'], PATHS, /three numbers/],
    [['--model', 'first'], '', /required option '--paths <file>' not specified/],
    [['--model', 'first', '--paths', '-', '--colour'], PATHS, /unknown option '--colour'/],
  ]
  for (const [args, input, message] of bad) {
    const { status, stdout, stderr } = rialto(['credit', ...args, '--out', 'never.csv'], input)
    assert.deepEqual([status, stdout], [2, ''], stderr)
    assert.match(stderr, message)
  }
  assert.deepEqual(readdirSync(folder), before)
})

test('an output that cannot be written is refused before reading; an existing one is kept whole on bad input', () => {
  const { status, stderr } = rialto(['credit', '--paths', 'paths.csv', '--model', 'first', '--out', 'no/such/credits.csv'])
  assert.equal(status, 2)
  assert.match(stderr, /the folder .*no\/such does not exist/)
  assert.equal(rialto(['credit', '--paths', 'paths.csv', '--model', 'first', '--out', '.']).status, 2)
  writeFileSync(join(folder, 'old.csv'), 'old')
  assert.equal(rialto(['credit', '--paths', '-', '--model', 'first', '--out', 'old.csv'], 'path\n').status, 2)
  assert.equal(readFileSync(join(folder, 'old.csv'), 'utf8'), 'old')
  symlinkSync('old.csv', join(folder, 'link.csv'))
  assert.equal(rialto(['credit', '--paths', 'paths.csv', '--model', 'last', '--out', 'link.csv']).status, 0)
  assert.match(readFileSync(join(folder, 'old.csv'), 'utf8'), /^channel,conversions,value\n/)
})

test('an option of another model and a touch with a bare arrow are pointed out', () => {
  const { status, stderr } = rialto(
    ['credit', '--paths', '-', '--model', 'first', '--order', '2'],
    'path,conversions,value,nulls\na>b,1,1,1\n',
  )
  assert.equal(status, 0)
  assert.match(stderr, /--order belongs to the model markov/)
  assert.match(stderr, /the channel "a>b" holds a ">"/)
})
