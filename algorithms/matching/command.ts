import type { Command } from 'commander'
import { badInput, isBadInput } from './bad-input.ts'
import { dedupeFirms } from './dedupe-firms.ts'
import { linkFirms } from './link-firms.ts'
import { dedupePeople, linkPeople } from './match-people.ts'
import { type NamedColumns, type Records, readRecords } from './read-records.ts'
import { checkTarget, csvCell, writeLines } from './write-table.ts'

type LinkOptions = { left: string; right: string; name?: string; domain?: string; country?: string; many?: boolean; out: string }
type DedupeOptions = { in: string; name?: string; address?: string; phone?: string; out: string }

/** Adds `matching link` and `matching dedupe` to the command line. Exit code 2 on bad input or options; then no output is written. */
export function matchingCommand(program: Command): void {
  const matching = program.command('matching').description('Find out which rows of lists mean the same firm or person')
  matching
    .command('link')
    .description('Link two lists; writes left_row,right_row,score,band,reasons with rows counted from 1')
    .requiredOption('--left <file>', 'CSV of the left list, - for standard input')
    .requiredOption('--right <file>', 'CSV of the right list, - for standard input')
    .option('--name <column>', 'heading of the name in both lists (guessed when not named)')
    .option('--domain <column>', 'heading of the web or mail domain (guessed when not named)')
    .option('--country <column>', 'heading of the country (guessed when not named)')
    .option('--many', 'every pair in band same or review, not only the best partner of each left row')
    .requiredOption('--out <file>', 'where the pairs go, - for standard output')
    .action((options: LinkOptions) => run(() => link(options)))
  matching
    .command('dedupe')
    .description('Find the rows of one list that mean the same; writes row,cluster,score with rows counted from 1')
    .requiredOption('--in <file>', 'CSV of the list, - for standard input')
    .option('--name <column>', 'heading of the name (guessed when not named)')
    .option('--address <column>', 'heading of the street address (guessed when not named)')
    .option('--phone <column>', 'heading of the telephone number (guessed when not named)')
    .requiredOption('--out <file>', 'where the clusters go, - for standard output')
    .action((options: DedupeOptions) => run(() => dedupe(options)))
  for (const command of [matching, ...matching.commands]) {
    command.showHelpAfterError('(--help tells more)').exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  }
}

async function link({ left, right, many = false, out, ...options }: LinkOptions): Promise<void> {
  checkTarget(out)
  if (left === '-' && right === '-') throw badInput('--left and --right: only one of them can be standard input')
  const named = columnsOf(options)
  const lefts = await readRecords(left, named)
  const rights = await readRecords(right, named)
  if (lefts.kind !== rights.kind)
    throw badInput(`${left} lists ${lefts.kind}, ${right} lists ${rights.kind}; name the column of the name with --name`)
  tellColumns(left, lefts)
  tellColumns(right, rights)
  const settings = { many, progress: progress(lefts.rows.length) }
  const pairs =
    lefts.kind === 'people' ? linkPeople(lefts.rows, rights.rows, settings) : linkFirms(lefts.rows, rights.rows, settings)
  const lines = pairs.map(
    (pair) => `${pair.left + 1},${pair.right + 1},${pair.score.toFixed(4)},${pair.band},${csvCell(pair.reasons.join('; '))}`,
  )
  await writeLines(out, ['left_row,right_row,score,band,reasons', ...lines])
  const same = pairs.filter(({ band }) => band === 'same').length
  tell(`${lefts.rows.length} × ${rights.rows.length} rows: ${same} pairs the same, ${pairs.length - same} to review`)
}

async function dedupe({ in: path, out, ...options }: DedupeOptions): Promise<void> {
  checkTarget(out)
  const list = await readRecords(path, columnsOf(options))
  tellColumns(path, list)
  const settings = { progress: progress(list.rows.length) }
  const found = list.kind === 'people' ? dedupePeople(list.rows, settings) : dedupeFirms(list.rows, settings)
  const lines = found.map(({ cluster, score }, row) => `${row + 1},${cluster},${score.toFixed(4)}`)
  await writeLines(out, ['row,cluster,score', ...lines])
  tell(`${found.length} rows in ${new Set(found.map(({ cluster }) => cluster)).size} clusters`)
}

function columnsOf(options: Record<string, string | undefined>): NamedColumns {
  return Object.fromEntries(Object.entries(options).filter(([, heading]) => heading !== undefined))
}

function tellColumns(path: string, { kind, columns, rows }: Records): void {
  const used = Object.entries(columns).map(([what, heading]) => (what === heading ? what : `${what} from ${heading}`))
  tell(`${path}: ${rows.length} ${kind}, using ${used.join(', ')}`)
}

function progress(total: number): (done: number) => void {
  let told = performance.now()
  return (done) => {
    if (performance.now() - told < 1000) return
    told = performance.now()
    tell(`${done} of ${total} rows …`)
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** A fault of the input ends with its message and exit code 2. */
async function run(work: () => Promise<void>): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes early, such as `head`, is no fault.
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  try {
    await work()
  } catch (error) {
    if (!isBadInput(error)) throw error
    tell(error.message)
    process.exitCode = 2
  }
}
