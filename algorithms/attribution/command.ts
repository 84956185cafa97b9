import { createReadStream } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { badInput, isBadInput } from './bad-input.ts'
import { type Channels, createChannels } from './channels.ts'
import type { PositionWeights } from './credit-spread.ts'
import type { MarkovOrder } from './markov-counts.ts'
import { readPaths } from './paths-csv.ts'
import { createTally, type PathModel } from './tally.ts'
import { checkTarget, formatCredits, writeWhole } from './write-credits.ts'

const MODELS = ['first', 'last', 'last-non-direct', 'linear', 'position', 'time-decay', 'markov', 'shapley'] as const

interface CreditOptions {
  paths: string
  model: (typeof MODELS)[number]
  order?: MarkovOrder
  nulls?: 'include' | 'ignore'
  halfLife?: number
  weights?: PositionWeights
  direct?: string[]
  out: string
  format: 'csv' | 'json'
}

function readHalfLife(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('Give a number of steps above zero.')
}

function readWeights(text: string): PositionWeights {
  const [first = Number.NaN, middle = Number.NaN, last = Number.NaN, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const weights = [first, middle, last] as const
  if (more.length === 0 && weights.every((weight) => Number.isFinite(weight) && weight >= 0) && first + middle + last > 0)
    return weights
  throw new InvalidArgumentError(
    'Give three numbers of zero or more for the first, the middle and the last touch, as in 40,20,40.',
  )
}

function specOf(options: CreditOptions): PathModel {
  const { model } = options
  if (model === 'position') return { model, ...(options.weights && { weights: options.weights }) }
  if (model === 'time-decay') return { model, ...(options.halfLife !== undefined && { half_life: options.halfLife }) }
  if (model === 'markov')
    return { model, ...(options.order && { order: options.order }), ...(options.nulls && { nulls: options.nulls }) }
  if (model === 'last-non-direct') return { model, direct: options.direct ?? ['direct'] }
  return { model }
}

const OWNER = {
  order: 'markov',
  nulls: 'markov',
  halfLife: 'time-decay',
  weights: 'position',
  direct: 'last-non-direct',
} as const

function noteIdleOptions(options: CreditOptions): void {
  for (const [option, model] of Object.entries(OWNER)) {
    if (!(option in options) || options.model === model) continue
    const flag = option === 'halfLife' ? 'half-life' : option
    process.stderr.write(`Note: --${flag} belongs to the model ${model} and changes nothing for ${options.model}.\n`)
  }
}

function warnOfArrows(channels: Channels): void {
  const odd = channels.names.find((name) => name.includes('>'))
  if (odd !== undefined)
    process.stderr.write(`Note: the channel "${odd}" holds a ">"; only " > " with blanks around it separates touches.\n`)
}

async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 2 ** 20 })
  try {
    for await (const piece of source) yield piece
  } catch (error) {
    throw badInput(`--paths ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function credit(options: CreditOptions): Promise<void> {
  const started = performance.now()
  if (options.out !== '-') checkTarget(options.out)
  noteIdleOptions(options)
  const channels = createChannels()
  const tally = createTally(specOf(options), channels)
  let rows = 0
  let told = started
  for await (const block of readPaths(pieces(options.paths), channels)) {
    tally.add(block)
    rows += block.size
    if (performance.now() - told < 1000) continue
    told = performance.now()
    process.stderr.write(`${rows.toLocaleString('en')} rows read …\n`)
  }
  const credits = tally.credits()
  const text = formatCredits(credits, options.format)
  if (options.out === '-') process.stdout.write(text)
  else writeWhole(options.out, text)
  warnOfArrows(channels)
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  process.stderr.write(`${rows.toLocaleString('en')} rows, ${credits.length} channels, model ${options.model}: ${seconds} s\n`)
}

/** Runs the command; a fault of the input ends with its message and exit code 2. */
async function run(options: CreditOptions): Promise<void> {
  // A reader that closes early, such as `head`, is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  try {
    await credit(options)
  } catch (error) {
    if (!isBadInput(error)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  }
}

/** Adds `attribution credit` to the command line. Exit code 2 on bad input or options; then no output is written. */
export function attributionCommand(program: Command): void {
  const attribution = program
    .command('attribution')
    .description('Share out conversions and value among the channels that led to them')
  attribution
    .command('credit')
    .description('Credit channels from a CSV of paths: path,conversions,value,nulls with " > " between touches')
    .requiredOption('--paths <file>', 'CSV of paths, - for standard input')
    .addOption(new Option('--model <model>', 'how credit is shared').choices(MODELS).makeOptionMandatory())
    .addOption(
      new Option('--order <order>', 'markov: how many last touches the next depends on (default 1)').choices(['1', '2', '3']),
    )
    .addOption(new Option('--nulls <use>', 'markov: non-converting repeats (default include)').choices(['include', 'ignore']))
    .option('--half-life <steps>', 'time-decay: steps in which the weight halves (default 7)', readHalfLife)
    .option('--weights <first,middle,last>', 'position: shares of first, middle and last touch (default 40,20,40)', readWeights)
    .option('--direct <names...>', 'last-non-direct: channels that count as direct (default direct)')
    .option('--out <file>', 'where the credits go, - for standard output', '-')
    .addOption(new Option('--format <format>', 'form of the output').choices(['csv', 'json']).default('csv'))
    .action((options: Omit<CreditOptions, 'order'> & { order?: string }) => {
      const { order, ...rest } = options
      // The option only lets 1, 2 and 3 through.
      return run({ ...rest, ...(order === undefined ? {} : { order: Number(order) as MarkovOrder }) })
    })
  for (const command of [attribution, ...attribution.commands]) {
    command
      .showHelpAfterError('(rialto attribution credit --help tells more)')
      .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  }
}
