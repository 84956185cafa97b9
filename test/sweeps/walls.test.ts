import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
const copy = mkdtempSync(join(tmpdir(), 'rialto-walls-'))
before(() => {
  for (const folder of ['bin', 'kernel', 'modules', 'algorithms', 'web', 'cli', 'client', 'test', 'bench', 'migrations'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true })
})
after(() => rmSync(copy, { recursive: true, force: true }))

const run = (command: string, ...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  return { lines: (stdout + stderr).split('\n'), status }
}
const walls = () => run(process.execPath, join(root, 'test', 'walls.ts'), copy)

/** What somebody might write one day, and what the walls must say of it. */
const PLANTS: [path: string, text: string, said: RegExp][] = [
  ['kernel/planted-up.ts', "import '../modules/deals/rules.ts'", /kernel\/planted-up\.ts: the kernel imports modules\/deals/],
  ['kernel/planted-word.ts', 'export const partnerRow = 1', /kernel\/planted-word\.ts: the kernel has the word 'partner/],
  ['kernel/planted-size.ts', 'export const a = 1\n'.repeat(5000), /kernel\/ has \d+ lines of code .* it may have/],
  ['modules/partners/planted.ts', "import '../deals/queries.ts'", /partners imports modules\/deals\/queries\.ts/],
  ['modules/deals/planted-web.ts', "import '../../web/api.ts'", /planted-web\.ts: a room imports web/],
  ['modules/home/contract.ts', "import '../../kernel/db.ts'\n", /home\/contract\.ts: a contract imports kernel\/db\.ts/],
  ['algorithms/planted.ts', "import '../kernel/ids.ts'", /algorithms\/planted\.ts: an algorithm imports kernel/],
  [
    'modules/deals/ui/planted.ts',
    "import { openDatabase } from '../../../kernel/db.ts'",
    /kernel\/db\.ts is no pure kernel file/,
  ],
  ['modules/deals/ui/planted-verb.ts', "import '../weigh-deal.ts'", /planted-verb\.ts: imports modules\/deals\/weigh-deal\.ts/],
  ['modules/deals/planted.tsx', 'export const a = 1', /planted\.tsx: TSX stands only/],
  ['modules/deals/planted-net.ts', "await fetch('https://a.example')", /planted-net\.ts: 'fetch\('/],
  ['modules/deals/planted-http.ts', "import 'node:http'", /planted-http\.ts: 'node:http'/],
  ['modules/deals/utils.ts', 'export const a = 1', /deals\/utils\.ts: this name says/],
  ['modules/deals/planted-sql.ts', 'export const a = `insert into partners (id) values (1)`', /planted-sql\.ts: writes partners/],
  ['modules/deals/planted-kysely.ts', "export const a = db.deleteFrom('accounts')", /planted-kysely\.ts: writes accounts/],
  ['modules/deals/planted-place.ts', `// see ${['', 'work', 'main'].join('/')}`, /planted-place\.ts: names/],
  ['modules/planted/x.ts', 'export const a = 1', /modules\/planted: README\.md is missing/],
  ['modules/planted-room/README.md', 'Call `noSuchDoor(ctx)`.', /planted-room\/README\.md: there is no 'noSuchDoor\(ctx\)'/],
  ['migrations/209901010000_deals.sql', 'alter table partners drop column name;', /touches a table of partners/],
  ['migrations/2099_deals.sql', 'select 1;', /migrations\/2099_deals\.sql: the name is/],
]

test('each wall of the house notices what breaks it', () => {
  const clean = new Set(walls().lines)
  for (const [path, text] of PLANTS) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), text, { flag: path.endsWith('contract.ts') ? 'a' : 'w' })
  }
  const { lines, status } = walls()
  assert.equal(status, 1)
  const fresh = lines.filter((line) => !clean.has(line))
  const missed = PLANTS.filter(([, , said]) => !fresh.some((line) => said.test(line))).map(([path]) => path)
  console.log(`walls: ${PLANTS.length} plants, ${missed.length} missed`)
  assert.deepEqual(missed, [])
})

test('the lint notices a file that is too long, a function with five parameters, an any and a default export', () => {
  const bad: [string, string, RegExp][] = [
    ['long.ts', `${Array.from({ length: 301 }, (_, i) => `export const a${i} = ${i}`).join('\n')}\n`, /max-lines/],
    ['many.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e]\n', /max-params/],
    ['any.ts', 'export const a = (b: any): unknown => b\n', /no-explicit-any/],
    ['whole.ts', 'export default 1\n', /no-default-export/],
  ]
  const folder = join(copy, 'kernel', 'lint')
  mkdirSync(folder, { recursive: true })
  for (const [name, text, rule] of bad) {
    writeFileSync(join(folder, name), text)
    const { lines, status } = run(
      join(root, 'node_modules', '.bin', 'oxlint'),
      '-c',
      join(root, '.oxlintrc.json'),
      join(folder, name),
    )
    assert.equal(status, 1, `${name}: ${lines.join('\n')}`)
    assert.match(lines.join('\n'), rule)
  }
})

const tool = (name: string) => join(root, 'node_modules', '.bin', name)

test('a file, an export and a package that nothing uses are noticed', () => {
  for (const name of ['knip.jsonc', 'tsconfig.json', 'package.json']) cpSync(join(root, name), join(copy, name))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const manifest = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
  manifest.dependencies['nobodys-package'] = '1.0.0'
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(copy, 'modules', 'nobodys-file.ts'), 'export const a = 1\n')
  appendFileSync(join(copy, 'modules', 'deals', 'rules.ts'), 'export const nobodysWord = 1\n')
  const { lines, status } = run(tool('knip'), '--no-progress', '-D', copy)
  assert.equal(status, 1)
  for (const planted of [/^nobodys-package /, /^modules\/nobodys-file\.ts/, /^nobodysWord .* modules\/deals\/rules\.ts/])
    assert.ok(
      lines.some((line) => planted.test(line)),
      `${planted} in\n${lines.join('\n')}`,
    )
})

test('what is written twice is noticed, but not lists of imports', () => {
  const folder = join(copy, 'copies')
  mkdirSync(folder)
  const imports = Array.from({ length: 40 }, (_, i) => `import { a${i} } from './a${i}.ts'`).join('\n')
  const text = readFileSync(join(root, 'kernel', 'csv.ts'), 'utf8')
  const found = (one: string, other: string) => {
    writeFileSync(join(folder, 'one.ts'), one)
    writeFileSync(join(folder, 'other.ts'), other)
    return run(tool('jscpd'), '-c', join(root, '.jscpd.json'), folder)
  }
  assert.equal(
    found(`${imports}\n${text}`, `${imports}\nexport const b = [${Array.from({ length: 90 }, (_, i) => i)}]`).status,
    0,
  )
  const { lines, status } = found(text, `export const b = 1\n${text}`)
  assert.equal(status, 1)
  assert.match(lines.join('\n'), /duplicated on file .*(one|other)\.ts/)
})

test('a migration that would lock a table out is noticed', () => {
  const folder = join(copy, 'later')
  mkdirSync(folder)
  writeFileSync(
    join(folder, '209901010000_deals.sql'),
    "create index deals_by_x on deals (tenant_id, x);\nalter table deals add constraint deals_x check (x > '');\ngrant select on deals to {app};\n",
  )
  const { lines, status } = run(process.execPath, join(root, 'test', 'migrations.ts'), folder)
  assert.equal(status, 1)
  const rules = lines.flatMap((line) => /^migrations\/209901010000_deals\.sql:\d: ([a-z-]+):/.exec(line)?.[1] ?? [])
  assert.deepEqual(rules.sort(), ['constraint-missing-not-valid', 'require-concurrent-index-creation'])
})
