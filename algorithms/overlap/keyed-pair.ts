import { fault } from './fault.ts'
import { TOKEN_WORDS } from './keyed-tokens.ts'
import { emptyIndex, enterRecord, findRecord, type GrowingIndex } from './record-index.ts'

export type SideName = 'left' | 'right'

/** One side of a pair: the row that each entry has there (−1: none), whether it ever had one, and how many it has now. */
type Half = { rows: Int32Array; asked: Uint8Array; size: number }

/** What the host keeps for two parties: tokens, rows, and never a key in the clear. */
export type KeyedPair = { index: GrowingIndex; left: Half; right: Half; common: number }

/** Tokens (4 words each) of one side; `rows[i]` is the caller's number (≥ 0) of the record behind the i-th added token. */
export type Change = { add?: { tokens: Uint32Array; rows: Int32Array }; remove?: Uint32Array }

/** How many names never asked about before this side may still bring; the caller keeps `spent` and resets it every day. */
export type ProbeBudget = { limit: number; spent: number }

/** Pairs of rows [left, right, left, right, …] that came into and left the overlap, and the budget spent by now. */
export type Delta = { appeared: Int32Array; vanished: Int32Array; common: number; spent: number }

/** An empty pair with room for so many different keys; it grows when it must. */
export function createPair(room = 1024): KeyedPair {
  const half = (): Half => ({ rows: new Int32Array(room).fill(-1), asked: new Uint8Array(room), size: 0 })
  return { index: emptyIndex(TOKEN_WORDS, room), left: half(), right: half(), common: 0 }
}

/**
 * Removes and then adds keys of one side and tells what that did to the overlap. All or nothing: a fault changes nothing.
 * Faults: `input` for a removed key that is not there, an added one that is, rows that do not fit; `limit` for a spent budget.
 */
export function updatePair(pair: KeyedPair, side: SideName, change: Change, budget: ProbeBudget): Delta {
  const { tokens, rows } = change.add ?? { tokens: new Uint32Array(0), rows: new Int32Array(0) }
  const removed = change.remove ?? new Uint32Array(0)
  const leaving = presentEntries(pair, side, removed)
  checkAdded(pair, { side, tokens, rows, leaving })
  const fresh = countFresh(pair, side, tokens)
  if (fresh > budget.limit - budget.spent) {
    throw fault(
      'limit',
      `${fresh} names are new; the probe budget has ${Math.max(0, budget.limit - budget.spent)} of ${budget.limit} left`,
    )
  }
  const vanished = leaving.flatMap((entry) => leave(pair, side, entry))
  const appeared: number[] = []
  for (let i = 0; i < rows.length; i++) {
    const entry = enterRecord(pair.index, tokens, i)
    if (entry >= pair.left.rows.length) widen(pair)
    enter(pair, side, entry, rows[i] ?? 0)
    const [left, right] = [pair.left.rows[entry] ?? -1, pair.right.rows[entry] ?? -1]
    if (left >= 0 && right >= 0) appeared.push(left, right)
  }
  return {
    appeared: Int32Array.from(appeared),
    vanished: Int32Array.from(vanished),
    common: pair.common,
    spent: budget.spent + fresh,
  }
}

function presentEntries(pair: KeyedPair, side: SideName, tokens: Uint32Array): number[] {
  const entries: number[] = []
  const once = new Set<number>()
  for (let i = 0; i < tokens.length / TOKEN_WORDS; i++) {
    const entry = findRecord(pair.index, tokens, i)
    if (entry < 0 || (pair[side].rows[entry] ?? -1) < 0) throw fault('input', `removed key ${i + 1} is not in the ${side} list`)
    if (once.size === once.add(entry).size) throw fault('input', `removed key ${i + 1} is named twice`)
    entries.push(entry)
  }
  return entries
}

type Added = { side: SideName; tokens: Uint32Array; rows: Int32Array; leaving: number[] }

function checkAdded(pair: KeyedPair, { side, tokens, rows, leaving }: Added): void {
  if (rows.length * TOKEN_WORDS !== tokens.length) {
    throw fault('input', `${rows.length} rows came with ${tokens.length / TOKEN_WORDS} keys; each key needs one row`)
  }
  const going = new Set(leaving)
  const batch = emptyIndex(TOKEN_WORDS, rows.length)
  for (let i = 0; i < rows.length; i++) {
    if ((rows[i] ?? -1) < 0) throw fault('input', `row ${rows[i]} of added key ${i + 1} is below 0`)
    const entry = findRecord(pair.index, tokens, i)
    const held = entry < 0 || going.has(entry) ? -1 : (pair[side].rows[entry] ?? -1)
    if (held >= 0) throw fault('input', `added key ${i + 1} is in the ${side} list already, as row ${held}`)
    const earlier = enterRecord(batch, tokens, i)
    if (earlier !== i) throw fault('input', `added key ${i + 1} repeats added key ${earlier + 1}`)
  }
}

function countFresh(pair: KeyedPair, side: SideName, tokens: Uint32Array): number {
  let fresh = 0
  for (let i = 0; i < tokens.length / TOKEN_WORDS; i++) {
    const entry = findRecord(pair.index, tokens, i)
    if (entry < 0 || !pair[side].asked[entry]) fresh++
  }
  return fresh
}

function leave(pair: KeyedPair, side: SideName, entry: number): number[] {
  const [left, right] = [pair.left.rows[entry] ?? -1, pair.right.rows[entry] ?? -1]
  pair[side].rows[entry] = -1
  pair[side].size--
  if (left < 0 || right < 0) return []
  pair.common--
  return [left, right]
}

function enter(pair: KeyedPair, side: SideName, entry: number, row: number): void {
  const own = pair[side]
  const other = pair[side === 'left' ? 'right' : 'left']
  own.rows[entry] = row
  own.asked[entry] = 1
  own.size++
  if ((other.rows[entry] ?? -1) >= 0) pair.common++
}

function widen(pair: KeyedPair): void {
  for (const half of [pair.left, pair.right]) {
    const rows = new Int32Array(half.rows.length * 2).fill(-1)
    rows.set(half.rows)
    const asked = new Uint8Array(half.asked.length * 2)
    asked.set(half.asked)
    half.rows = rows
    half.asked = asked
  }
}

/** The rows of the overlap as pairs [left, right, …], in the order in which the keys first came. */
export function commonRows(pair: KeyedPair): Int32Array<ArrayBuffer> {
  const pairs = new Int32Array(pair.common * 2)
  let at = 0
  for (let entry = 0; entry < pair.index.count; entry++) {
    const [left, right] = [pair.left.rows[entry] ?? -1, pair.right.rows[entry] ?? -1]
    if (left < 0 || right < 0) continue
    pairs[at++] = left
    pairs[at++] = right
  }
  return pairs
}

/** Rows of one side that the other side lacks, in the order in which the keys first came. */
export function lonelyRows(pair: KeyedPair, side: SideName): Int32Array<ArrayBuffer> {
  const other = pair[side === 'left' ? 'right' : 'left']
  const rows = new Int32Array(pair[side].size - pair.common)
  let at = 0
  for (let entry = 0; entry < pair.index.count; entry++) {
    const row = pair[side].rows[entry] ?? -1
    if (row >= 0 && (other.rows[entry] ?? -1) < 0) rows[at++] = row
  }
  return rows
}
