import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { qrCode } from './qr-code.ts'

// Length of the text, squares in a row, and the print of the drawing: made with the npm package qrcode 1.5.4 (MIT), level M, byte mode.
const DRAWN = [
  [14, 21, 'f45a4d73c34279a2'],
  [62, 33, '16986dc5e7c40260'],
  [123, 49, '34c0c98ad43def93'],
  [152, 49, 'cadc18afe4c74890'],
  [213, 57, '91e40fe53798e8bd'],
  [251, 61, '1668f6012d8aad05'],
  [450, 81, '859333ac6c61c7a7'],
] as const

const textOf = (length: number) =>
  'otpauth://totp/Rialto:vera%40meridian.example?secret='.padEnd(length, 'ABCDEFGH234567').slice(0, length)

test('a code is drawn square by square as another encoder draws it, from version 1 to 16', () => {
  for (const [length, size, print] of DRAWN) {
    const rows = qrCode(textOf(length))
    assert.equal(rows.length, size, `${length} bytes`)
    const drawn = rows.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')).join('\n')
    assert.equal(createHash('sha256').update(drawn).digest('hex').slice(0, 16), print, `${length} bytes`)
  }
})

test('a text that no version holds is refused', () => {
  assert.throws(() => qrCode(textOf(451)), /451 bytes is too long/)
})
