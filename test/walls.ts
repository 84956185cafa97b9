import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { readmeNames } from './walls/readme-names.ts'
import { isTestFile, type Source, sourceOf } from './walls/source.ts'
import { FETCH, KERNEL_WORDS, NETWORK_PACKAGES, OUR_NETWORK, STRANGERS } from './walls/words.ts'

// The walls of the house that no compiler sees. Fast, without a database; part of npm run check.
// Another folder is given by the test of these walls.
const root = process.argv[2] ?? join(import.meta.dirname, '..')
const FEWEST = 250
const KERNEL_LINES = 4500
const warnings: string[] = []

const folders = ['bin', 'kernel', 'modules', 'algorithms', 'web', 'cli', 'client', 'test', 'bench']
const paths = globSync(
  folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`),
  { cwd: root, exclude: (name) => /(^|\/)node_modules(\/|$)/.test(name) },
)
const sources = paths.sort().map((path) => sourceOf(root, path.replaceAll('\\', '/')))
const own = sources.filter((source) => !isTestFile(source.path))
const at = new Map(sources.map((source) => [source.path, source]))

const order = [
  ...readFileSync(join(root, 'modules/index.ts'), 'utf8').matchAll(/modules: readonly Module\[\] = \[([^\]]*)\]/g),
].flatMap(([, names = '']) =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean),
)
const declared = [...readFileSync(join(root, 'modules/contract.ts'), 'utf8').matchAll(/^ {2}(\w+),$/gm)].map(
  ([, name = '']) => name,
)
const LAW = [
  'identity',
  'ecosystems',
  'access',
  'partners',
  'accounts',
  'decisions',
  'deals',
  'links',
  'imports',
  'views',
  'home',
  'demo',
]
const rank = (module: string) => LAW.indexOf(module)

/** Where an import leads, as a path of the repository; a package keeps its name. */
function target(source: Source, from: string): string {
  return from.startsWith('.') ? relative(root, resolve(root, dirname(source.path), from)).replaceAll('\\', '/') : from
}

const moduleOf = (path: string): string | null => /^modules\/([^/]+)\//.exec(path)?.[1] ?? null
const isPage = (path: string) => /^(web\/|modules\/[^/]+\/ui\/)/.test(path)

// A file is pure when neither it nor what it imports for its code reaches the machine: the browser may have it.
const PURE_PACKAGES = new Set(['zod', 'luxon', 'dinero.js', 'tldts', 'any-ascii'])
const pureSeen = new Map<string, boolean>()
function isPure(path: string): boolean {
  const known = pureSeen.get(path)
  if (known !== undefined) return known
  pureSeen.set(path, true)
  const source = at.get(path)
  const pure =
    source?.imports
      .filter((one) => !one.type_only)
      .every((one) => {
        const to = target(source, one.from)
        return /^(kernel|modules)\//.test(to) ? isPure(to) : PURE_PACKAGES.has(to)
      }) ?? false
  pureSeen.set(path, pure)
  return pure
}

function kernelImports(source: Source): string[] {
  if (!source.path.startsWith('kernel/')) return []
  const found = source.imports.map((one) => target(source, one.from)).filter((to) => /^(modules|web|cli|test|bench)\//.test(to))
  return found.map((to) => `the kernel imports ${to}: it knows no module`)
}

function kernelWords(source: Source): string[] {
  if (!source.path.startsWith('kernel/')) return []
  return [...source.code.matchAll(KERNEL_WORDS)].map(([word]) => `the kernel has the word '${word}' of the domain`)
}

function moduleImports(source: Source): string[] {
  const module = moduleOf(source.path)
  if (!module || isPage(source.path)) return []
  return source.imports.flatMap((one) => {
    const to = target(source, one.from)
    if (/^(web|cli|bench)\//.test(to)) return [`a room imports ${to}`]
    if (to.endsWith('.tsx')) return [`only pages import ${to}`]
    const other = moduleOf(to)
    if (!other || other === module || source.path.endsWith('/demo.ts')) return []
    return rank(other) < rank(module)
      ? []
      : [`${module} imports ${to}: a module calls only those before it, and hears the events of later ones`]
  })
}

function contractImports(source: Source): string[] {
  const module = moduleOf(source.path)
  if (!module || !source.path.endsWith('/contract.ts')) return []
  return source.imports.flatMap((one) => {
    const to = target(source, one.from)
    const other = moduleOf(to)
    const fine =
      to === 'zod' ||
      (to.startsWith('kernel/') && isPure(to)) ||
      (other === module && /\/(rules|shapes)\.ts$/.test(to)) ||
      (other !== null && rank(other) < rank(module) && /\/(contract|rules|shapes)\.ts$/.test(to))
    return fine ? [] : [`a contract imports ${to}: only zod, pure kernel files, earlier contracts and its own rules and shapes`]
  })
}

function algorithmImports(source: Source): string[] {
  if (!source.path.startsWith('algorithms/')) return []
  const found = source.imports.map((one) => target(source, one.from)).filter((to) => /^(kernel|modules|web|cli|test)\//.test(to))
  return found.map((to) => `an algorithm imports ${to}: it stands alone`)
}

const FOR_PAGES = /^(web\/|modules\/[^/]+\/(ui\/|rules\.ts|shapes\.ts)|modules\/routes\.gen\.ts|algorithms\/)/
function pageImports(source: Source): string[] {
  const narrow = isPage(source.path) || /^(cli|client)\//.test(source.path)
  if (!narrow || source.path === 'web/vite.config.ts') return []
  return source.imports.flatMap((one) => {
    const to = target(source, one.from)
    if (to.startsWith('kernel/')) return one.type_only || isPure(to) ? [] : [`${to} is no pure kernel file`]
    if (!to.startsWith('modules/') || FOR_PAGES.test(to)) return []
    // What a form begins with, where it reaches nothing.
    if (/\/usual-[\w-]+\.ts$/.test(to) && isPure(to)) return []
    const contract = /^modules\/([^/]+\/)?(contract|cast)\.ts$/.test(to)
    if (contract && (one.type_only || one.lazy || /^(cli|client)\//.test(source.path))) return []
    return [`imports ${to}: pages take rules, the kit and the types of contracts (a form takes its contract lazily)`]
  })
}

function tsxPlaces(source: Source): string[] {
  if (!source.path.endsWith('.tsx') || isPage(source.path)) return []
  return ['TSX stands only under ui/ and web/']
}

function tsxReaders(source: Source): string[] {
  if (isPage(source.path)) return []
  return source.imports.filter((one) => one.from.endsWith('.tsx')).map((one) => `no server, test or command imports ${one.from}`)
}

function network(source: Source): string[] {
  if (OUR_NETWORK.test(source.path)) return []
  const packages = source.imports.filter((one) => !one.type_only && NETWORK_PACKAGES.test(one.from)).map((one) => one.from)
  const found = [...packages, ...[...source.code.matchAll(FETCH)].map(([call]) => call)]
  return found.map((one) => `'${one}': the network is touched in kernel/outbound.ts alone`)
}

const BANNED = /^(utils?|helpers?|common|service|manager|types|misc)\.(ts|tsx|mjs)$/
const fileNames = (source: Source): string[] =>
  BANNED.test(basename(source.path)) ? ['this name says that nobody knew where the code belongs'] : []

const strangers = (source: Source): string[] =>
  STRANGERS.filter((word) => source.text.includes(word)).map((word) => `names '${word}', which no user of the project has`)

const RAW_WRITE =
  /\b(?:insert\s+into|delete\s+from|merge\s+into|update)\s+(?:only\s+)?([a-z_]+)\b(?=\s*(?:\(|as\b|set\b|where\b|using\b|[a-z]\s|$))/gi
const KYSELY_WRITE = /\.(?:insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(\s*['"`]([a-z_]+)/g

function tableOwners(): Map<string, string> {
  const owners = new Map<string, string>()
  for (const name of readdirSync(join(root, 'migrations')).filter((file) => file.endsWith('.sql'))) {
    const owner = /^\d{12}_([a-z]+)/.exec(name)?.[1]
    if (!owner) continue
    const text = readFileSync(join(root, 'migrations', name), 'utf8').replace(/--[^\n]*/g, '')
    for (const [, table = ''] of text.matchAll(/create table (?:if not exists )?([a-z_.]+|auth\.\S+)/gi)) owners.set(table, owner)
  }
  return owners
}
const owners = tableOwners()

function tableWrites(source: Source): string[] {
  const here = source.path.startsWith('kernel/') ? 'kernel' : moduleOf(source.path)
  if (!here || isPage(source.path)) return []
  const written = [...source.code.matchAll(KYSELY_WRITE), ...source.code.matchAll(RAW_WRITE)].map(([, table = '']) => table)
  return [...new Set(written)].flatMap((table) => {
    const owner = owners.get(table)
    return owner === undefined || owner === here ? [] : [`writes ${table}, which belongs to ${owner}: call a verb of ${owner}`]
  })
}

function migrationWalls(): string[] {
  return readdirSync(join(root, 'migrations')).flatMap((name) => {
    const owner = /^\d{12}_([a-z]+)(_[a-z_]+)?\.sql$/.exec(name)?.[1]
    if (!owner) return [`migrations/${name}: the name is YYYYMMDDHHMM_owner.sql`]
    if (owner !== 'kernel' && rank(owner) < 0) return [`migrations/${name}: there is no module ${owner}`]
    const text = readFileSync(join(root, 'migrations', name), 'utf8').replace(/--[^\n]*/g, '')
    const touched = [...text.matchAll(/\b(?:alter table|on|insert into|update|drop table)\s+(?:only\s+)?([a-z_]+)\b/gi)]
    return touched.flatMap(([statement, table = '']) => {
      const other = owners.get(table)
      const alters = /^(alter|drop|insert|update)/i.test(statement)
      return alters && other && other !== owner ? [`migrations/${name}: '${statement}' touches a table of ${other}`] : []
    })
  })
}

/** What others may hear of a room stands in its README. */
function untoldEvents(source: Source): string[] {
  const module = moduleOf(source.path)
  const readme = join(root, 'modules', module ?? '', 'README.md')
  if (!module || !source.path.endsWith('/contract.ts') || !existsSync(readme)) return []
  const told = readFileSync(readme, 'utf8')
  const events = [...source.code.matchAll(/\bevent\(\s*'[a-z_]+\.([a-z_]+)'/g)].map(([, name = '']) => name)
  return events
    .filter((name) => !new RegExp(`\\b${name}\\b`).test(told))
    .map((name) => `the README of ${module} does not tell of the event ${name}`)
}

function rooms(): string[] {
  const here = readdirSync(join(root, 'modules'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const found = here.flatMap(({ name }) => {
    const missing = ['README.md', 'contract.ts', 'index.ts'].filter((file) => !existsSync(join(root, 'modules', name, file)))
    const problems = missing.map((file) => `modules/${name}: ${file} is missing`)
    if (rank(name) < 0) problems.push(`modules/${name}: has no place in the order of test/walls.ts`)
    const readme = join(root, 'modules', name, 'README.md')
    const lines = existsSync(readme) ? readFileSync(readme, 'utf8').trimEnd().split('\n').length : 20
    if (lines < 15 || lines > 40) problems.push(`${relative(root, readme)}: ${lines} lines; 15 to 40 are read`)
    return problems
  })
  for (const [file, names] of [
    ['index', order],
    ['contract', declared],
  ] as const) {
    const ranks = names.map(rank)
    if (names.length < 3 || ranks.some((one, i) => one < 0 || (i > 0 && one < (ranks[i - 1] ?? 0))))
      found.push(`modules/${file}.ts: ${names.join(', ')} is not in the order of the house: ${LAW.join(', ')}`)
  }
  return found
}

function kernelSize(): string[] {
  const kernel = own.filter((source) => source.path.startsWith('kernel/'))
  const lines = kernel.reduce((sum, source) => sum + source.code.split('\n').filter((line) => line.trim() !== '').length, 0)
  if (lines > KERNEL_LINES)
    warnings.push(`kernel/ has ${lines} lines of code in ${kernel.length} files; it may have ${KERNEL_LINES}`)
  return []
}

const rules: ((source: Source) => string[])[] = [kernelImports, kernelWords, moduleImports, contractImports, algorithmImports]
rules.push(pageImports, tsxPlaces, tsxReaders, network, fileNames, tableWrites, untoldEvents)

const problems = [...migrationWalls(), ...rooms(), ...readmeNames(root, sources), ...kernelSize()]
for (const source of own) for (const rule of rules) problems.push(...rule(source).map((text) => `${source.path}: ${text}`))
for (const source of sources) problems.push(...strangers(source).map((text) => `${source.path}: ${text}`))
const imports = own.reduce((sum, source) => sum + source.imports.length, 0)
if (own.length < FEWEST || imports < own.length || owners.size < 20)
  problems.push(
    `Only ${own.length} files, ${imports} imports and ${owners.size} tables were seen: the walls look at the wrong place`,
  )

for (const text of warnings) console.log(`warning: ${text}`)
for (const text of problems) console.error(text)
console.log(
  `walls: ${own.length} files and ${sources.length - own.length} tests, ${imports} imports, ${owners.size} tables, ${problems.length} problems`,
)
process.exit(problems.length > 0 ? 1 : 0)
