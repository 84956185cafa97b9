import { randomFillSync } from 'node:crypto'

const bytes = new Uint8Array(16)
const pool = new Uint8Array(16 * 256)
let at = pool.length
let last = 0
let counter = 0

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** A new UUIDv7 (RFC 9562), strictly increasing within the process; `instant` (Unix milliseconds) sets its time part. */
export function uuidv7(instant = Date.now()): string {
  let millis = instant
  if (at === pool.length) {
    randomFillSync(pool)
    at = 0
  }
  bytes.set(pool.subarray(at, at + 16))
  at += 16
  // One millisecond can ask for many ids: the 12 bits after the time count up, so ids sort in the order of making.
  if (millis <= last && last - millis < 1000) {
    millis = last
    counter += 1
  } else {
    last = millis
    counter = ((bytes[6] ?? 0) & 0x07) * 256 + (bytes[7] ?? 0)
  }
  if (counter > 0xfff) {
    last += 1
    millis = last
    counter = 0
  }
  for (let i = 5, rest = millis; i >= 0; i -= 1) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  let text = ''
  for (let i = 0; i < 16; i += 1) {
    text += hex[bytes[i] ?? 0]
    if (i === 3 || i === 5 || i === 7 || i === 9) text += '-'
  }
  return text
}
