import { type BadInput, badInput } from './bad-input.ts'
import { decodeText } from './byte-names.ts'

const ZERO = 48
const NINE = 57
const DOT = 46
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i)

/**
 * A number of zero or more from `buffer[start … end - 1]`, or the fault. Up to 15 digits with at most 22 decimals are read directly
 * (both parts and the division are exact or correctly rounded); the rest goes through the language's own reading.
 */
export function readNumberCell(buffer: Uint8Array, start: number, end: number): number | BadInput {
  let whole = 0
  let decimals = -1
  let p = start
  for (; p < end && p - start < 15; p++) {
    const byte = buffer[p]!
    if (byte >= ZERO && byte <= NINE) {
      whole = whole * 10 + byte - ZERO
      if (decimals >= 0) decimals++
    } else if (byte === DOT && decimals === -1 && p > start) decimals = 0
    else break
  }
  if (p === end && p > start) return decimals > 0 ? whole / POWERS[decimals]! : whole
  return readSlowly(buffer.subarray(start, end))
}

function readSlowly(bytes: Uint8Array): number | BadInput {
  const text = decodeText(bytes.subarray(0, 400))?.trim()
  if (text === undefined) return badInput('not UTF-8; save the file in UTF-8')
  if (text === '') return badInput('is empty; write a number, 0 for none')
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  if (!NUMBER.test(text))
    return badInput(`"${shown}" is not a number; write digits with a point for decimals, without separators`)
  const value = Number(text)
  if (value < 0) return badInput(`${shown} is negative; counts and value are zero or more`)
  if (value > Number.MAX_SAFE_INTEGER) return badInput(`${shown} is too large; at most ${Number.MAX_SAFE_INTEGER}`)
  return value
}
