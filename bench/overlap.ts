import { type DisclosureRules, disclose } from '../algorithms/overlap/disclosure.ts'
import { createPair, type SideName, updatePair } from '../algorithms/overlap/keyed-pair.ts'
import { pairKey, tokeniser } from '../algorithms/overlap/keyed-tokens.ts'
import { channelPair } from '../algorithms/overlap/memory-channel.ts'
import { nodePool } from '../algorithms/overlap/pool-node.ts'
import { joinOverlap, serveOverlap } from '../algorithms/overlap/protocol.ts'
import { stderrProgress } from '../algorithms/overlap/stderr-progress.ts'
import { report, timed } from './report.ts'

// npm run bench -- overlap [ECDH size, 100000] [keyed size, 1000000]; half of either list is common.
const ECDH = Number(process.argv[2] ?? 100_000)
const KEYED = Number(process.argv[3] ?? 1_000_000)
const FREE = { limit: Number.MAX_SAFE_INTEGER, spent: 0 }
const RULES: DisclosureRules = {
  left: { level: 'overlap', fields: ['name', 'stage'] },
  right: { level: 'overlap', fields: ['name', 'stage'] },
  min_intersection: 5,
  min_list: 100,
}

const keys = (from: number, size: number): string[] => Array.from({ length: size }, (_, i) => `company-${from + i}.example.com`)
const peak = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

function expect(count: number | null, size: number): void {
  if (count !== size) throw new Error(`counted ${count}, but ${size} are common`)
}

/** Both parties' whole work, hello to close, on one pool of worker threads. */
async function ecdh(size: number): Promise<{ cpu_s: number; wall_s: number }> {
  const pool = nodePool()
  const [left, right] = channelPair()
  const half = Math.floor(size / 2)
  const [mine, theirs] = [keys(0, size), keys(half, size)]
  const limits = { max_list: size }
  const { result, cpu_s, wall_s } = await timed(() =>
    Promise.all([
      joinOverlap(left, { keys: mine, kind: 'domain', pool, limits, progress: stderrProgress() }, 'count'),
      serveOverlap(right, { keys: theirs, kind: 'domain', pool, limits }),
    ]),
  )
  pool.close()
  for (const side of result) expect(side.count, size - half)
  return { cpu_s, wall_s }
}

type Timed = { cpu_s: number; wall_s: number }

/** Hashing both lists, matching them, and what the left party may see; then 1 % of the right list leaves and as much comes. */
async function keyed(size: number): Promise<{ whole: Timed; delta: Timed }> {
  const half = Math.floor(size / 2)
  const [mine, theirs] = [keys(0, size), keys(half, size)]
  const rows = Int32Array.from({ length: size }, (_, i) => i)
  const tokens = await tokeniser(await pairKey(new Uint8Array(32).fill(1), 'left', 'right'), 'domain')
  const pair = createPair(size)
  const add = (side: SideName, list: string[]) => updatePair(pair, side, { add: { tokens: tokens(list), rows } }, FREE)
  const whole = await timed(() => {
    add('left', mine)
    add('right', theirs)
    return disclose(pair, 'left', RULES, (row, field) => (field === 'name' ? theirs[row] : 'open'))
  })
  expect(whole.result.overlap?.length ?? null, size - half)
  const part = Math.floor(size / 100)
  const gone = theirs.slice(0, part)
  const come = keys(0, part)
  const delta = await timed(() =>
    updatePair(pair, 'right', { remove: tokens(gone), add: { tokens: tokens(come), rows: rows.slice(0, part) } }, FREE),
  )
  expect(delta.result.common, size - half)
  return { whole, delta }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const figures: Record<string, number> = {}
if (ECDH > 0) {
  const { cpu_s, wall_s } = await ecdh(ECDH)
  Object.assign(figures, {
    ecdh_wall_s: round(wall_s),
    ecdh_cpu_s: round(cpu_s),
    ecdh_us_per_key: round((cpu_s * 1e6) / (2 * ECDH)),
    ecdh_peak_mb: peak(),
  })
}
if (KEYED > 0) {
  const { whole, delta } = await keyed(KEYED)
  Object.assign(figures, { keyed_wall_s: round(whole.wall_s), keyed_cpu_s: round(whole.cpu_s) })
  Object.assign(figures, { delta_wall_s: round(delta.wall_s), delta_cpu_s: round(delta.cpu_s), peak_mb: peak() })
}
report('overlap', { ecdh_keys: ECDH, keyed_keys: KEYED }, figures)
