import { type BadInput, badInput } from './bad-input.ts'
import { type Channels, channelId, LONGEST_NAME } from './channels.ts'

/** Channel indexes looked up by the bytes of a name, without making strings. */
export interface ByteNames {
  channels: Channels
  hashes: Int32Array
  ids: Int32Array
  offsets: Int32Array
  pool: Uint8Array
  entries: number
  slots: Int32Array
}

export function createByteNames(channels: Channels): ByteNames {
  return {
    channels,
    hashes: new Int32Array(64),
    ids: new Int32Array(64),
    offsets: new Int32Array(65),
    pool: new Uint8Array(1024),
    entries: 0,
    slots: new Int32Array(128),
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads bytes as UTF-8; null when they are not. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function grow(names: ByteNames): void {
  const copy = (from: Int32Array, length: number) => {
    const grown = new Int32Array(length)
    grown.set(from)
    return grown
  }
  names.hashes = copy(names.hashes, names.hashes.length * 2)
  names.ids = copy(names.ids, names.ids.length * 2)
  names.offsets = copy(names.offsets, names.ids.length + 1)
  names.slots = new Int32Array(names.slots.length * 2)
  for (let e = 0; e < names.entries; e++) place(names, e)
}

function place(names: ByteNames, entry: number): void {
  const mask = names.slots.length - 1
  let slot = names.hashes[entry]! & mask
  while (names.slots[slot] !== 0) slot = (slot + 1) & mask
  names.slots[slot] = entry + 1
}

// Exports put one apostrophe before a cell that a spreadsheet would run as a formula; reading takes it off again.
const GUARDED = /^'+[=+\-@\t\r＝＋－＠]/u

function remember(names: ByteNames, bytes: Uint8Array, hash: number): number | BadInput {
  const most = LONGEST_NAME.toLocaleString('en')
  if (bytes.length > LONGEST_NAME) {
    return badInput(`a channel name of ${bytes.length.toLocaleString('en')} bytes; at most ${most} are allowed`)
  }
  if (bytes.includes(0)) return badInput('a zero byte: the file is not plain text; save it as CSV in UTF-8')
  const text = decodeText(bytes)
  if (text === null)
    return badInput(
      `not UTF-8 (${[...bytes]
        .map((b) => (b > 126 || b < 32 ? '�' : String.fromCharCode(b)))
        .join('')
        .slice(0, 60)}); save the file in UTF-8`,
    )
  if (names.entries === names.ids.length) grow(names)
  const entry = names.entries++
  const start = names.offsets[entry]!
  if (start + bytes.length > names.pool.length) {
    const grown = new Uint8Array((start + bytes.length) * 2)
    grown.set(names.pool)
    names.pool = grown
  }
  names.pool.set(bytes, start)
  names.offsets[entry + 1] = start + bytes.length
  names.hashes[entry] = hash
  names.ids[entry] = channelId(names.channels, GUARDED.test(text) ? text.slice(1) : text)
  place(names, entry)
  return names.ids[entry]!
}

/** A stretch of bytes: `buffer[start … end - 1]`, and its FNV-1a hash. */
export interface ByteSpan {
  buffer: Uint8Array
  start: number
  end: number
  hash: number
}

/** Index of the channel whose name the bytes are, new ones are added; the fault when the bytes are no name. */
export function channelOfBytes(names: ByteNames, span: ByteSpan): number | BadInput {
  const { slots, hashes, offsets, pool } = names
  const { buffer, start, end, hash } = span
  const mask = slots.length - 1
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot]! - 1
    if (entry < 0) return remember(names, buffer.subarray(start, end), hash)
    if (hashes[entry] !== hash) continue
    const offset = offsets[entry]!
    if (offsets[entry + 1]! - offset !== end - start) continue
    let i = start
    while (i < end && buffer[i] === pool[offset + i - start]) i++
    if (i === end) return names.ids[entry]!
  }
}
