import { type BadInput, badInput } from './bad-input.ts'
import { type ByteNames, type ByteSpan, channelOfBytes } from './byte-names.ts'
import { growTouches, type PathBlock } from './path-block.ts'

const SPACE = 32
const GREATER = 62
const FNV_START = 0x811c9dc5 | 0
const FNV_PRIME = 0x01000193

/**
 * Reads the touches of one path cell (` > ` between them, blanks around a name ignored) into the block from index `at`.
 * Returns the index after the last touch, or the fault.
 */
export function readPathCell(names: ByteNames, cell: ByteSpan, block: PathBlock, at: number): number | BadInput {
  const { buffer, end } = cell
  const name: ByteSpan = { buffer, start: -1, end: -1, hash: FNV_START }
  let next = at
  let p = cell.start
  for (;;) {
    p = readName(name, p, end)
    if (name.start === -1) return badInput(emptyTouch(cell, next - at))
    const channel = channelOfBytes(names, name)
    if (typeof channel !== 'number') return badInput(`touch ${next - at + 1}: ${channel.message}`)
    growTouches(block, next)
    block.touches[next++] = channel
    if (p > end) return next
  }
}

/** Reads the name that begins at `p` up to the next lone `>`; returns the index behind that, or more than `end` when none follows. */
function readName(name: ByteSpan, from: number, end: number): number {
  const { buffer } = name
  let p = from
  let hash = FNV_START
  name.start = -1
  for (;;) {
    const gap = p
    while (p < end && buffer[p] === SPACE) p++
    if (p === end) break
    if (buffer[p] === GREATER && (p + 1 === end || buffer[p + 1] === SPACE)) break
    if (name.start === -1) name.start = p
    else for (let blank = gap; blank < p; blank++) hash = Math.imul(hash ^ SPACE, FNV_PRIME)
    while (p < end) {
      const byte = buffer[p]!
      if (byte === SPACE) break
      hash = Math.imul(hash ^ byte, FNV_PRIME)
      p++
    }
    name.end = p
  }
  name.hash = hash
  return p + 1
}

function emptyTouch(cell: ByteSpan, before: number): string {
  const blank = cell.buffer.subarray(cell.start, cell.end).every((byte) => byte === SPACE)
  return blank
    ? 'the path is empty; write its touches with " > " between them'
    : `touch ${before + 1} is empty; write a channel between the separators " > "`
}
