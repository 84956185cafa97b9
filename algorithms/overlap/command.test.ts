import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const cli = join(import.meta.dirname, '..', '..', 'cli', 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'overlap-'))
const running: ChildProcess[] = []
after(() => {
  for (const child of running) child.kill()
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, 'overlap', ...args], { cwd: folder })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => (said.out += part))
  child.stderr.on('data', (part) => (said.err += part))
  return { child, said, ended: once(child, 'close').then(([code]) => ({ ...said, code: Number(code) })) }
}

/** A serving process and the address it tells. */
async function serve(...args: string[]) {
  const server = start('serve', '--port', '0', ...args)
  for (;;) {
    const address = /http:\/\/[\d.:]+/.exec(server.said.err)?.[0]
    if (address) return { ...server, address }
    if (server.child.exitCode !== null) throw new Error(server.said.err)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const mine = file(
  'mine.csv',
  '\ufeffname,Website\nNordwind,https://www.nordwind.de/about\nAcme,acme.com\n"Brightpath, Ltd",brightpath.co.uk\nMüller,müller.example\n',
)
const theirs = file('theirs.csv', 'domain\nrivka.io\nshop.brightpath.co.uk\nNORDWIND.DE\n')

test('two processes learn the count, or the rows, and write what they may', async () => {
  const server = await serve('--list', mine, '--allow', 'count,both,server', '--out', join(folder, 'served.csv'))
  const counted = await start('join', '--list', theirs, '--to', server.address, '--reveal', 'count').ended
  assert.deepEqual([counted.code, counted.out], [0, 'count\n2\n'], counted.err)
  const both = await start(
    'join',
    '--list',
    theirs,
    '--to',
    server.address,
    '--reveal',
    'both',
    '--out',
    join(folder, 'joined.csv'),
  ).ended
  assert.deepEqual([both.code, both.out], [0, ''], both.err)
  assert.equal(readFileSync(join(folder, 'joined.csv'), 'utf8'), 'row,key\n2,brightpath.co.uk\n3,nordwind.de\n')
  assert.equal(readFileSync(join(folder, 'served.csv'), 'utf8'), 'row,key\n1,nordwind.de\n3,brightpath.co.uk\n')
  const oneSided = await start('join', '--list', theirs, '--to', server.address, '--reveal', 'server', '--format', 'json').ended
  assert.deepEqual([oneSided.code, JSON.parse(oneSided.out).rows, JSON.parse(oneSided.out).count], [0, null, null])
  const refused = await start(
    'join',
    '--list',
    theirs,
    '--to',
    server.address,
    '--reveal',
    'joiner',
    '--out',
    join(folder, 'no.csv'),
  ).ended
  assert.equal(refused.code, 2)
  assert.match(refused.err, /reveal joiner is not allowed here; allowed: count, both, server/)
  assert.ok(!readdirSync(folder).some((name) => name.startsWith('no.csv')))
})

test('limits of the server hold on the wire: minimum, budget of the day, once', async () => {
  const server = await serve('--list', mine, '--min-intersection', '3', '--probe-budget', '4', '--once')
  const held = await start('join', '--list', theirs, '--to', server.address, '--reveal', 'both').ended
  assert.deepEqual([held.code, held.out], [0, 'count\n<3\n'])
  assert.equal((await server.ended).code, 0)
  const budgeted = await serve('--list', mine, '--probe-budget', '4')
  await start('join', '--list', theirs, '--to', budgeted.address, '--reveal', 'count').ended
  const over = await start('join', '--list', theirs, '--to', budgeted.address, '--reveal', 'count').ended
  assert.equal(over.code, 2)
  assert.match(over.err, /asks about 3 keys; its probe budget here has 1 left/)
})

const BAD: [name: string, content: string | Uint8Array, says: RegExp][] = [
  [
    'missing column',
    'colour,shape\nred,round\n',
    /bad\.csv: no column that looks like a key among: colour, shape; name one with --column/,
  ],
  ['empty list', 'domain\n', /bad\.csv: the list is empty/],
  ['empty file', '', /bad\.csv: no column/],
  [
    'duplicate rows',
    'domain\nacme.com\nb.com\nwww.acme.com\n',
    /bad\.csv, row 3, column domain: "acme\.com" repeats row 1; remove it or pass --duplicates merge/,
  ],
  ['wrong encoding', Buffer.from('name\nacme\nM\xfcller\n', 'latin1'), /bad\.csv, row 2: not UTF-8; save the file as UTF-8/],
  [
    'million-character name',
    `name\n${'x'.repeat(1_000_000)}\n`,
    /bad\.csv, row 1, column name: 1000000 characters; a key may have 1000/,
  ],
  ['blank key', 'domain,x\na.com,1\n,2\n', /bad\.csv, row 2, column domain: empty; fill it or pass --blanks skip/],
  ['no domain', 'domain\nacme\n', /bad\.csv, row 1, column domain: "acme" is no domain/],
  ['ragged rows', 'domain,x\na.com\n', /bad\.csv, row 1: 1 cells where the header has 2/],
  ['open quote', 'domain\n"a.com\n', /bad\.csv is not CSV: /],
]

test('a bad list ends with exit code 2, a message with row and column, and no file', async () => {
  for (const [name, content, says] of BAD) {
    const list = file('bad.csv', content)
    const ended = await start(
      'join',
      '--list',
      list,
      '--to',
      'http://127.0.0.1:9',
      '--reveal',
      'count',
      '--out',
      join(folder, 'bad.out'),
    ).ended
    assert.equal(ended.code, 2, name)
    assert.match(ended.err, says, name)
    assert.ok(!readdirSync(folder).some((entry) => entry.startsWith('bad.out')), name)
  }
})

test('bad flags and a peer that is not there end with exit code 2 and say what to do', async () => {
  const ask = (...args: string[]) =>
    start('join', '--list', theirs, '--reveal', 'count', '--to', 'http://127.0.0.1:9', ...args).ended
  const cases: [string[], RegExp][] = [
    [['--to', 'ftp://x'], /--to ftp:\/\/x is no http address/],
    [['--reveal', 'all'], /--reveal all is unknown; choose count, both, joiner, server/],
    [['--min-intersection', '-1'], /--min-intersection must be a whole number/],
    [['--kind', 'phone'], /--kind phone is unknown; choose domain, email, text/],
    [['--workers', '0'], /--workers must be at least 1/],
    [['--list', 'nowhere.csv'], /cannot read nowhere\.csv/],
    [['--colour', 'red'], /unknown option '--colour'/],
    [[], /cannot talk to http:\/\/127\.0\.0\.1:9/],
  ]
  for (const [args, says] of cases) {
    const ended = await ask(...args)
    assert.equal(ended.code, 2, args.join(' '))
    assert.match(ended.err, says)
    assert.equal(ended.out, '')
  }
})
