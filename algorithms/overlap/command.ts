import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { fault, isFault } from './fault.ts'
import { POINT_BYTES } from './group.ts'
import { DEFAULT_LIMITS, type Limits, REVEALS, type Reveal } from './hello.ts'
import { httpChannel } from './http-join.ts'
import { overlapServer } from './http-serve.ts'
import type { Pool } from './pool.ts'
import { nodePool } from './pool-node.ts'
import { joinOverlap, type OverlapResult, type Party, serveOverlap } from './protocol.ts'
import { type List, type ListOptions, readList } from './read-list.ts'
import { resultText, writeWhole } from './result-text.ts'
import { stderrProgress } from './stderr-progress.ts'

type Shared = ListOptions & {
  list: string
  out?: string
  format: string
  workers?: string
  maxList: string
  minList: string
  minIntersection: string
  probeBudget: string
}
type ServeFlags = Shared & { port: string; host: string; allow: string; once?: boolean }
type JoinFlags = Shared & { to: string; reveal: string }

/** Adds `overlap serve` and `overlap join` to the program. */
export function overlapCommand(program: Command): void {
  const overlap = program.command('overlap').description('What two lists share, without showing either (ECDH on ristretto255)')
  overlap.exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2))

  shared(overlap.command('serve').description('Wait for a peer and answer it'))
    .requiredOption('--port <port>', 'TCP port to listen on; 0 takes a free one')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow <modes>', `what peers may ask: ${REVEALS.join(', ')}`, 'count,both')
    .option('--once', 'end after the first session')
    .action((flags: ServeFlags) => run(() => serve(flags)))

  shared(overlap.command('join').description('Ask a peer that serves'))
    .requiredOption('--to <url>', 'address of the peer, as http://127.0.0.1:7400')
    .requiredOption('--reveal <mode>', `who learns which rows are common: ${REVEALS.join(', ')}`)
    .action((flags: JoinFlags) => run(() => join(flags)))
}

function shared(command: Command): Command {
  return command
    .requiredOption('--list <file>', 'CSV with a header, UTF-8')
    .option('--column <name>', 'column with the keys (guessed)')
    .option('--kind <kind>', 'domain, email or text (guessed from the column)')
    .option('--duplicates <how>', 'rows with the same key: refuse or merge', 'refuse')
    .option('--blanks <how>', 'rows without a key: refuse or skip', 'refuse')
    .option('--out <file>', 'where the result goes (stdout)')
    .option('--format <format>', 'csv or json', 'csv')
    .option('--workers <n>', 'threads (one per core)')
    .option('--max-list <n>', 'longest list of either side', String(DEFAULT_LIMITS.max_list))
    .option('--min-list <n>', 'shortest list of either side', String(DEFAULT_LIMITS.min_list))
    .option('--min-intersection <n>', 'smallest overlap that is told', String(DEFAULT_LIMITS.min_intersection))
    .option('--probe-budget <n>', 'keys answered for a day (UTC)', String(DEFAULT_LIMITS.probe_budget))
}

async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isFault(error)) throw error
    process.stderr.write(`error: ${error.message}\n`)
    process.exitCode = 2
  }
}

function wholeNumber(text: string, flag: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : -1
  if (value < 0 || value > most)
    throw fault('input', `${flag} must be a whole number from 0 to ${most}, not ${text.slice(0, 40)}`)
  return value
}

function limitsOf(flags: Shared, reveal: readonly Reveal[]): Limits {
  return {
    max_list: wholeNumber(flags.maxList, '--max-list', 20_000_000),
    min_list: wholeNumber(flags.minList, '--min-list'),
    min_intersection: wholeNumber(flags.minIntersection, '--min-intersection'),
    probe_budget: wholeNumber(flags.probeBudget, '--probe-budget'),
    reveal,
  }
}

function revealOf(text: string, flag: string): Reveal {
  const mode = REVEALS.find((name) => name === text.trim())
  if (!mode) throw fault('input', `${flag} ${text} is unknown; choose ${REVEALS.join(', ')}`)
  return mode
}

function open(flags: Shared): { list: List; format: 'csv' | 'json'; pool: Pool } {
  const { list: path, format } = flags
  if (format !== 'csv' && format !== 'json') throw fault('input', `--format ${format} is unknown; choose csv or json`)
  for (const [flag, value, other] of [
    ['--duplicates', flags.duplicates, 'merge'],
    ['--blanks', flags.blanks, 'skip'],
  ] as const) {
    if (value !== 'refuse' && value !== other) throw fault('input', `${flag} ${value} is unknown; choose refuse or ${other}`)
  }
  const workers = flags.workers === undefined ? undefined : wholeNumber(flags.workers, '--workers', 256)
  if (workers === 0) throw fault('input', '--workers must be at least 1')
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw fault('input', `cannot read ${path}: ${error instanceof Error ? error.message : 'unknown trouble'}`)
  }
  return { list: readList(bytes, path, flags), format, pool: nodePool(workers) }
}

function deliver(result: OverlapResult, list: List, flags: Shared, format: 'csv' | 'json'): void {
  const text = resultText(result, list, format)
  if (flags.out === undefined) process.stdout.write(text)
  else writeWhole(flags.out, text)
  const common = result.below === null ? (result.count ?? 'an undisclosed number') : `fewer than ${result.below}`
  process.stderr.write(
    `${common} in common (ours ${result.mine}, theirs ${result.theirs}), transcript ${result.transcript.slice(0, 16)}…\n`,
  )
}

async function join(flags: JoinFlags): Promise<void> {
  const reveal = revealOf(flags.reveal, '--reveal')
  const limits = limitsOf(flags, [reveal])
  const channel = httpChannel(flags.to, 4097 + limits.max_list * POINT_BYTES)
  const { list, format, pool } = open(flags)
  try {
    const result = await joinOverlap(
      channel,
      { keys: list.keys, kind: list.kind, pool, limits, progress: stderrProgress() },
      reveal,
    )
    deliver(result, list, flags, format)
  } finally {
    pool.close()
  }
}

/** Keys still answered today; the count starts anew with every UTC day. */
function dailyBudget(limit: number): { left: () => number; charge: (keys: number) => void } {
  let day = ''
  let spent = 0
  function left(): number {
    const today = new Date().toISOString().slice(0, 10)
    if (today !== day) spent = 0
    day = today
    return limit - spent
  }
  return { left, charge: (keys) => (spent += keys) }
}

async function serve(flags: ServeFlags): Promise<void> {
  const allowed = flags.allow.split(',').map((mode) => revealOf(mode, '--allow'))
  const limits = limitsOf(flags, allowed)
  const port = wholeNumber(flags.port, '--port', 65_535)
  const { list, format, pool } = open(flags)
  const budget = dailyBudget(limits.probe_budget)
  const ended = Promise.withResolvers<void>()
  const server = overlapServer({ max_list: limits.max_list, max_sessions: 1, seconds: 600, run: session })

  async function session(channel: Parameters<typeof serveOverlap>[0]): Promise<void> {
    const today = { ...limits, probe_budget: budget.left() }
    const party: Party = {
      keys: list.keys,
      kind: list.kind,
      pool,
      limits: today,
      charge: budget.charge,
      progress: stderrProgress(),
    }
    const work = serveOverlap(channel, party).then((result) => deliver(result, list, flags, format))
    if (flags.once) await work.then(ended.resolve, ended.reject)
    else await work.catch((error: Error) => void process.stderr.write(`session failed: ${error.message}\n`))
  }

  server.on('error', (error) => ended.reject(fault('input', `cannot listen on ${flags.host}:${port}: ${error.message}`)))
  server.listen(port, flags.host, () => {
    const at = server.address()
    const actual = typeof at === 'object' && at ? at.port : port
    const warning = limits.min_intersection > 1 ? '' : ' (no --min-intersection is set: even an overlap of one is told)'
    process.stderr.write(
      `listening on http://${flags.host}:${actual} with ${list.keys.length} keys of kind ${list.kind}${warning}\n`,
    )
  })
  try {
    await ended.promise
  } finally {
    pool.close()
    server.close()
  }
}
