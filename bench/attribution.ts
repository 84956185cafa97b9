// Attribution over a million distinct paths, 20 channels. Three timed regions, CPU of all threads:
// `parse`         CSV bytes in memory → encoded paths (integer channel indexes in typed arrays);
// `seven_models`  encoded paths → credits of every channel under the seven models of the command line (Markov of order 1, exact);
// `update`        1,000 paths get one more touch each → credits of all seven models again.
// Beside them runs the plain way to write first, last and linear: split every line and touch, add up in a Map.
import { createChannels } from '../algorithms/attribution/channels.ts'
import { closePath, createBlock, growTouches, type PathBlock } from '../algorithms/attribution/path-block.ts'
import { parsePaths } from '../algorithms/attribution/paths-csv.ts'
import { seeded } from '../algorithms/attribution/seeded.ts'
import { createTally, type PathModel } from '../algorithms/attribution/tally.ts'
import { report, timed } from './report.ts'

const PATHS = Number(process.argv[2] ?? 1_000_000)
const CHANNELS = 20
const UPDATES = 1000
const MODELS: PathModel[] = [
  { model: 'first' },
  { model: 'last' },
  { model: 'linear' },
  { model: 'position' },
  { model: 'time-decay' },
  { model: 'markov' },
  { model: 'shapley' },
]

const names = Array.from({ length: CHANNELS }, (_, i) => `channel-${String(i + 1).padStart(2, '0')}`)

/** Distinct paths, lengths geometric, popular channels first as in real traffic; one in five converts. */
function makeCsv(paths: number): Buffer {
  const next = seeded(7)
  const seen = new Set<string>()
  const lines = ['path,conversions,value,nulls']
  while (seen.size < paths) {
    const touches: string[] = []
    do touches.push(names[Math.floor(CHANNELS * next() ** 1.5)] as string)
    while (next() < 0.8)
    const path = touches.join(' > ')
    if (seen.has(path)) continue
    seen.add(path)
    const conversions = next() < 0.2 ? 1 + Math.floor(next() * 3) : 0
    lines.push(
      `${path},${conversions},${(conversions * next() * 900).toFixed(2)},${Math.floor(next() * 9) + (conversions ? 0 : 1)}`,
    )
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

/** Every path of the sample as it was and as it is with one more touch. */
function withNewTouches(block: PathBlock): { before: PathBlock; after: PathBlock } {
  const next = seeded(11)
  const before = createBlock()
  const after = createBlock()
  let atBefore = 0
  let atAfter = 0
  for (let i = 0; i < UPDATES; i++) {
    const p = Math.floor(next() * block.size)
    const numbers = [block.conversions[p] ?? 0, block.values[p] ?? 0, block.nulls[p] ?? 0] as const
    for (const touch of block.touches.subarray(block.starts[p], block.starts[p + 1])) {
      growTouches(before, atBefore)
      growTouches(after, atAfter)
      before.touches[atBefore++] = touch
      after.touches[atAfter++] = touch
    }
    growTouches(after, atAfter)
    after.touches[atAfter++] = Math.floor(CHANNELS * next())
    closePath(before, atBefore, numbers)
    closePath(after, atAfter, numbers)
  }
  before.channel_count = after.channel_count = CHANNELS
  return { before, after }
}

/** First, last and linear over the same bytes with strings and Maps; returns the conversions credited as a check. */
function plainThreeModels(bytes: Buffer): number {
  const sums = [new Map<string, [number, number]>(), new Map<string, [number, number]>(), new Map<string, [number, number]>()]
  const give = (model: number, channel: string, conversions: number, value: number) => {
    const sum = sums[model]?.get(channel)
    if (sum) {
      sum[0] += conversions
      sum[1] += value
    } else sums[model]?.set(channel, [conversions, value])
  }
  for (const line of bytes.toString().split('\n').slice(1)) {
    const [path = '', conversions, value] = line.split(',')
    if (path === '') continue
    const touches = path.split(' > ')
    give(0, touches[0] ?? '', Number(conversions), Number(value))
    give(1, touches.at(-1) ?? '', Number(conversions), Number(value))
    for (const touch of touches) give(2, touch, Number(conversions) / touches.length, Number(value) / touches.length)
  }
  return [...(sums[2]?.values() ?? [])].reduce((total, [conversions]) => total + conversions, 0)
}

const csv = makeCsv(PATHS)
const channels = createChannels()
const parse = await timed(() => parsePaths(csv, channels))
const block = parse.result
const figures: Record<string, number> = { parse_cpu_s: parse.cpu_s }
const tallies = MODELS.map((model) => createTally(model, channels))
const all = await timed(async () => {
  for (const [i, tally] of tallies.entries()) {
    const one = await timed(() => {
      tally.add(block)
      return tally.credits()
    })
    figures[`${MODELS[i]?.model.replace('-', '_')}_cpu_s`] = one.cpu_s
  }
})
figures.seven_models_cpu_s = all.cpu_s
figures.parse_and_seven_models_cpu_s = parse.cpu_s + all.cpu_s
const { before, after } = withNewTouches(block)
const update = await timed(() => {
  for (const tally of tallies) {
    tally.remove(before)
    tally.add(after)
    tally.credits()
  }
})
figures.update_1000_touches_cpu_ms = update.cpu_s * 1000
figures.update_1000_touches_wall_ms = update.wall_s * 1000
const touches = block.starts[block.size] ?? 0
const plain = await timed(() => plainThreeModels(csv))
figures.plain_three_models_cpu_s = plain.cpu_s
const three = ['first', 'last', 'linear'].reduce((sum, model) => sum + (figures[`${model}_cpu_s`] ?? 0), parse.cpu_s)
figures.ratio_plain_to_ours_three_models_with_parse = Number((plain.cpu_s / three).toFixed(2))
const credited = tallies[2]?.credits().reduce((sum, credit) => sum + credit.conversions, 0) ?? 0
if (Math.abs(credited / plain.result - 1) > 1e-9) throw new Error(`credited ${credited}, the plain way ${plain.result}`)
figures.rss_mb = Math.round(process.memoryUsage.rss() / 2 ** 20)
report(
  'attribution',
  { paths: PATHS, touches, channels: CHANNELS, csv_mb: Math.round(csv.length / 2 ** 20), models: MODELS.length },
  figures,
)
