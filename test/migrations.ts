import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readMigrations } from '../kernel/migrate.ts'

// What a migration does to a database in use: whom it locks out, what it rewrites, what older code still reads. Part of npm run check.
// Another folder is given by the test of this check.
const root = join(import.meta.dirname, '..')
const from = process.argv[2] ?? join(root, 'migrations')
const FEWEST = 40

const NOT_ASKED = [
  // kernel/migrate.ts sets it for every migration, and a backfill may take its time.
  'require-lock-timeout',
  'require-statement-timeout',
  // Codes of countries and currencies have their length; keys are uuids, money int8 (test/sweeps/catalog.ts), other numbers small.
  'ban-char-field',
  'prefer-bigint-over-int',
]

const EARLY = 'before the first release: no database had rows'

/** What was looked at and stays: `file rule` → why. A new index on a table that may be large wants a reason here, too. */
const ACCEPTED: Record<string, string> = {
  '202611230300_deals.sql constraint-missing-not-valid': EARLY,
  '202611230301_deals.sql constraint-missing-not-valid': EARLY,
  '202611230301_deals.sql adding-serial-primary-key-field': EARLY,
  '202611230301_deals.sql renaming-column': EARLY,
  '202611230303_kernel.sql require-concurrent-index-creation': EARLY,
  '202611230305_deals.sql require-concurrent-index-creation': EARLY,
  '202611230550_deals.sql require-concurrent-index-creation': EARLY,
  '202611230721_accounts.sql require-concurrent-index-creation': EARLY,
  '202611230800_links.sql require-concurrent-index-creation': EARLY,
  '202611230931_deals.sql require-concurrent-index-creation': EARLY,
  '202611230931_deals.sql require-concurrent-index-deletion': EARLY,
  '202611231600_deals.sql ban-drop-not-null': EARLY,
  '202611231600_deals.sql constraint-missing-not-valid': EARLY,
  '202611231600_deals.sql require-concurrent-index-deletion': EARLY,
  '202611231600_deals.sql require-concurrent-index-creation': EARLY,
  '202611232100_deals.sql require-concurrent-index-creation': EARLY,
  '202611231640_partners.sql constraint-missing-not-valid': EARLY,
  '202611232010_decisions.sql require-concurrent-index-creation': EARLY,
  '202611240034_access.sql require-concurrent-index-creation': EARLY,
  '202611240034_access.sql require-concurrent-index-deletion': EARLY,
}

interface Finding {
  file: string
  line: number
  rule_name: string
  message: string
}

const folder = mkdtempSync(join(tmpdir(), 'rialto-migrations-'))
function lint(): Finding[] {
  const files = readMigrations(from).map(({ name, text }) => {
    const file = join(folder, name)
    writeFileSync(file, text.replace(/\{(app|auth)\}/g, 'rialto_$1'))
    return file
  })
  if (files.length < (process.argv[2] ? 1 : FEWEST)) throw new Error(`Only ${files.length} migrations were seen in ${from}`)
  const options = ['--pg-version=15.0', '--assume-in-transaction', `--exclude=${NOT_ASKED.join(',')}`, '--reporter=json']
  const squawk = join(root, 'node_modules', 'squawk-cli', 'js', 'bin', 'squawk')
  const { stdout, stderr } = spawnSync(process.execPath, [squawk, ...options, ...files], { encoding: 'utf8' })
  if (!stdout.trimStart().startsWith('[')) throw new Error(`squawk gave no findings: ${stderr || stdout}`)
  return JSON.parse(stdout) as Finding[]
}

try {
  const findings = lint()
  const keyOf = (one: Finding) => `${basename(one.file)} ${one.rule_name}`
  const found = new Set(findings.map(keyOf))
  const fresh = findings.filter((one) => !(keyOf(one) in ACCEPTED))
  const stale = process.argv[2] ? [] : Object.keys(ACCEPTED).filter((key) => !found.has(key))
  for (const one of fresh) console.error(`migrations/${basename(one.file)}:${one.line + 1}: ${one.rule_name}: ${one.message}`)
  for (const key of stale) console.error(`test/migrations.ts: '${key}' is accepted and not found`)
  if (fresh.length > 0)
    console.error(
      'Mend it, or say in ACCEPTED of test/migrations.ts why it may be; https://squawkhq.com/docs/rules tells of each rule.',
    )
  console.log(
    `migrations: ${readMigrations(from).length} files, ${findings.length} findings, ${found.size - new Set(fresh.map(keyOf)).size} accepted`,
  )
  process.exitCode = fresh.length + stale.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
