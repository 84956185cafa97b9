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
  const span: ByteSpan = { buffer, start: cell.start, end: cell.start, hash: FNV_START }
  let next = at
  let blanks = 0
  let hash = FNV_START
  let from = -1
  let until = -1
  for (let p = cell.start; p <= end; p++) {
    const byte = p === end ? GREATER : buffer[p]!
    if (byte === SPACE) {
      blanks++
      continue
    }
    if (byte === GREATER && (p === end || ((blanks > 0 || p === cell.start) && (p + 1 === end || buffer[p + 1] === SPACE)))) {
      if (from === -1) return badInput(emptyTouch(cell, next - at))
      span.start = from
      span.end = until
      span.hash = hash
      const channel = channelOfBytes(names, span)
      if (typeof channel !== 'number') return badInput(`touch ${next - at + 1}: ${channel.message}`)
      growTouches(block, next)
      block.touches[next++] = channel
      from = -1
      hash = FNV_START
    } else {
      if (from === -1) from = p
      else for (; blanks > 0; blanks--) hash = Math.imul(hash ^ SPACE, FNV_PRIME)
      hash = Math.imul(hash ^ byte, FNV_PRIME)
      until = p + 1
    }
    blanks = 0
  }
  return next
}

function emptyTouch(cell: ByteSpan, before: number): string {
  const blank = cell.buffer.subarray(cell.start, cell.end).every((byte) => byte === SPACE)
  return blank
    ? 'the path is empty; write its touches with " > " between them'
    : `touch ${before + 1} is empty; write a channel between the separators " > "`
}
