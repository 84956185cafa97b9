import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
const data = fileURLToPath(new URL('../../test/data/matching/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'rialto-matching-'))

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function rialto(...args: string[]) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, 'matching', ...args], { encoding: 'utf8' })
  return { status, stderr, stdout }
}

function lines(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n')
}

const right = file('right.csv', 'company;www\nNorthwind Traders Inc;northwind.com\nContoso GmbH;contoso.de\nContoso Holding;\n')

test('link guesses columns, counts rows from 1 and gives one best partner', () => {
  const out = join(folder, 'pairs.csv')
  const left = file(
    'left.csv',
    '\uFEFFid,Account Name,Website\n7,Contoso,https://www.contoso.de\n8,Nobody Else,\n9,"Northwind, Traders",\n',
  )
  const { status, stderr } = rialto('link', '--left', left, '--right', right, '--out', out)
  assert.equal(status, 0, stderr)
  const [header, ...pairs] = lines(out)
  assert.equal(header, 'left_row,right_row,score,band,reasons')
  assert.deepEqual(
    pairs.map((pair) => pair.split(',').slice(0, 2).join()),
    ['1,2', '3,1'],
  )
  assert.match(pairs[0] ?? '', /^1,2,0\.\d+,same,domain same; same name$|^1,2,1\.0000,same,domain same; same name$/)
  assert.match(stderr, /domain from Website/)
})

test('link --many gives every pair in band same or review', () => {
  const out = join(folder, 'many.csv')
  const left = file('one.csv', 'name\nContoso\n')
  assert.equal(rialto('link', '--left', left, '--right', right, '--name', 'name', '--out', out).status, 2)
  const other = file('other.csv', 'name\nNorthwind Traders\nContoso GmbH\nContoso Holding\n')
  assert.equal(rialto('link', '--left', left, '--right', other, '--name', 'name', '--many', '--out', out).status, 0)
  assert.deepEqual(
    lines(out)
      .slice(1)
      .map((line) => line.split(',')[1]),
    ['2', '3'],
  )
})

test('dedupe numbers clusters for every row, also to standard output', () => {
  const list = file(
    'list.csv',
    "name,address,phone\nArt's Deli,12224 Ventura Blvd.,818-762-1221\nOther Place,1 Elm St,\nArts Delicatessen,12224 ventura boulevard,818/762-1221\n",
  )
  const { status, stdout, stderr } = rialto(
    'dedupe',
    '--in',
    list,
    '--name',
    'name',
    '--address',
    'address',
    '--phone',
    'phone',
    '--out',
    '-',
  )
  assert.equal(status, 0, stderr)
  const rows = stdout.trimEnd().split('\n')
  assert.equal(rows[0], 'row,cluster,score')
  assert.deepEqual(
    rows.slice(1).map((row) => row.split(',').slice(0, 2).join()),
    ['1,1', '2,2', '3,1'],
  )
})

test('people are told by their columns', () => {
  const left = file('people-a.csv', 'first_name,last_name,dob\nAda,Lovelace,1815-12-10\n')
  const out = join(folder, 'people.csv')
  const { status, stderr } = rialto(
    'link',
    '--left',
    left,
    '--right',
    file('people-b.csv', 'surname,given name,date of birth\nLovelace,Ada,10.12.1815\n'),
    '--out',
    out,
  )
  assert.equal(status, 0, stderr)
  assert.match(lines(out)[1] ?? '', /^1,1,[01]\.\d+,same,/)
})

test('the firm set comes out of the command as it does of the library', () => {
  const out = join(folder, 'firms.csv')
  const run = rialto(
    'link',
    '--left',
    `${data}companies-index-even.csv`,
    '--right',
    `${data}companies-registrants.csv`,
    '--name',
    'name',
    '--out',
    out,
  )
  assert.equal(run.status, 0, run.stderr)
  const cik = (name: string) => lines(`${data}${name}`).map((line) => Number(line.split(',')[0]))
  const [index, registrants] = [cik('companies-index-even.csv'), cik('companies-registrants.csv')]
  const same = lines(out)
    .filter((line) => line.split(',')[3] === 'same')
    .map((line) => line.split(',').map(Number))
  const hits = same.filter(([left = 0, right = 0]) => index[left] === registrants[right]).length
  assert.ok(hits / same.length >= 0.99 && hits >= 0.97 * 244, `${hits} of ${same.length}`)
})

const BAD: [string, string | Buffer, string[], RegExp][] = [
  ['missing column', 'title,x\nA,1\n', ['--name', 'name'], /column name: .*there is no such column; the file has: title, x/],
  ['no name at all', 'id,amount\n1,2\n', [], /no column looks like a name; name it with --name/],
  ['empty file', '', [], /the file is empty/],
  ['no rows', 'name\n', [], /the list is empty; it needs at least one data row/],
  ['heading twice', 'name,name\nA,B\n', [], /column name: .*stands twice/],
  ['short row', 'name,city\nA,B\nC\n', [], /row 2, column city: .*1 cells where the header has 2/],
  ['long row', 'name,city\nA,B,C\n', [], /row 1, column city: .*3 cells/],
  ['open quote', 'name\nA\n"B\n', [], /quotation mark is opened and never closed/],
  [
    'Latin-1',
    Buffer.from('id,name\n1,A\n2,M\xfcller\n', 'latin1'),
    [],
    /row 2, column name: .*"Müller" is not UTF-8; it looks like Latin-1 .*iconv/,
  ],
  ['UTF-16', Buffer.from('\uFEFFname\nA\n', 'utf16le'), [], /UTF-16; save it as UTF-8/],
  ['NUL', 'name\nA\0B\n', [], /row 1, column name: .*NUL/],
]

for (const [what, content, options, message] of BAD) {
  test(`bad input ends with exit code 2, a precise error and no output: ${what}`, () => {
    const out = join(folder, 'bad-out.csv')
    const { status, stderr } = rialto('dedupe', '--in', file('bad.csv', content), ...options, '--out', out)
    assert.equal(status, 2, stderr)
    assert.match(stderr, message)
    assert.equal(existsSync(out), false)
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.part')),
      [],
    )
  })
}

test('files and options that are not there are refused likewise', () => {
  assert.match(rialto('dedupe', '--in', join(folder, 'none.csv'), '--out', join(folder, 'x.csv')).stderr, /none\.csv: ENOENT/)
  assert.match(rialto('dedupe', '--in', right, '--out', join(folder, 'no', 'x.csv')).stderr, /folder .* does not exist/)
  for (const args of [['dedupe'], ['link', '--left', right], ['dedupe', '--in', right, '--out', folder], ['nonsense']]) {
    assert.equal(rialto(...args).status, 2, args.join(' '))
  }
})

test('a million-character name survives', () => {
  const long = 'x'.repeat(1e6)
  const list = file('long.csv', `name,note\n${long},a\nAcme,b\n${long},c\n"${'a b '.repeat(250_000)}",d\n`)
  const { status, stdout, stderr } = rialto('dedupe', '--in', list, '--out', '-')
  assert.equal(status, 0, stderr)
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[1]),
    ['1', '2', '1', '3'],
  )
})
