import { createHmac } from 'node:crypto'
import { type DisclosureRules, disclose } from '../algorithms/overlap/disclosure.ts'
import { randomScalar, UNIFORM_BYTES } from '../algorithms/overlap/group.ts'
import { sodiumGroup } from '../algorithms/overlap/group-sodium.ts'
import { createPair, type SideName, updatePair } from '../algorithms/overlap/keyed-pair.ts'
import { pairKey, tokeniser } from '../algorithms/overlap/keyed-tokens.ts'
import { channelPair } from '../algorithms/overlap/memory-channel.ts'
import { nodePool } from '../algorithms/overlap/pool-node.ts'
import { joinOverlap, serveOverlap } from '../algorithms/overlap/protocol.ts'
import { simdGroup } from '../algorithms/overlap/simd/group-simd.ts'
import { loadSodium } from '../algorithms/overlap/sodium.ts'
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

/** CPU seconds of the usual way: HMAC-SHA-256 of both lists and a Set, without rules, rows or deltas. */
async function hmacAndSet(size: number): Promise<Timed> {
  const half = Math.floor(size / 2)
  const [mine, theirs] = [keys(0, size), keys(half, size)]
  const token = (key: string): string => createHmac('sha256', 'a pair key').update(key).digest('base64')
  const spent = await timed(() => {
    const held = new Set(mine.map(token))
    return theirs.reduce((sum, key) => sum + (held.has(token(key)) ? 1 : 0), 0)
  })
  expect(spent.result, size - half)
  return spent
}

/** Microseconds of one multiplication, decoding and encoding included, by each implementation, in turns on one thread. */
async function multiplications(): Promise<Record<string, number>> {
  const groups = [await simdGroup(), sodiumGroup(await loadSodium())]
  const scalar = randomScalar()
  const points =
    groups[0]?.hashBlind(crypto.getRandomValues(new Uint8Array(UNIFORM_BYTES * 1000)), scalar).points ?? new Uint8Array(0)
  const spent = new Map(groups.map(({ name }) => [name, Number.POSITIVE_INFINITY]))
  for (let turn = 0; turn < 5; turn++) {
    for (const { name, blind } of groups) {
      const { cpu_s } = await timed(() => blind(points, scalar))
      spent.set(name, Math.min(spent.get(name) ?? 0, cpu_s * 1000))
    }
  }
  const [own, peer] = [spent.get('simd') ?? 0, spent.get('libsodium') ?? 0]
  return { multiplication_us: round(own), libsodium_multiplication_us: round(peer), libsodium_ratio: round(peer / own) }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const figures: Record<string, number> = await multiplications()
if (ECDH > 0) {
  const { cpu_s, wall_s } = await ecdh(ECDH)
  Object.assign(figures, {
    ecdh_wall_s: round(wall_s),
    ecdh_cpu_s: round(cpu_s),
    ecdh_us_per_key: round((cpu_s * 1e6) / (2 * ECDH)),
  })
  figures.ecdh_peak_mb = peak()
}
if (KEYED > 0) {
  const { whole, delta } = await keyed(KEYED)
  Object.assign(figures, { keyed_wall_s: round(whole.wall_s), keyed_cpu_s: round(whole.cpu_s) })
  Object.assign(figures, { delta_wall_s: round(delta.wall_s), delta_cpu_s: round(delta.cpu_s), peak_mb: peak() })
  const peer = await hmacAndSet(KEYED)
  Object.assign(figures, { hmac_and_set_cpu_s: round(peer.cpu_s), hmac_and_set_ratio: round(peer.cpu_s / whole.cpu_s) })
}
report('overlap', { ecdh_keys: ECDH, keyed_keys: KEYED }, figures)
