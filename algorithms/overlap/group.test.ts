import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { POINT_BYTES, randomScalar, UNIFORM_BYTES } from './group.ts'
import { sodiumGroup } from './group-sodium.ts'
import { hasSimd, simdGroup } from './simd/group-simd.ts'
import { loadSodium } from './sodium.ts'

const reference = sodiumGroup(await loadSodium())
const own = await simdGroup()
const groups = [reference, own]
const one = scalarOf(1n)

function scalarOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: POINT_BYTES }, (_, i) => Number((value >> BigInt(8 * i)) & 255n))
}

function bytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

const hex = (points: Uint8Array): string => Buffer.from(points).toString('hex')

// RFC 9496, appendix A.1 and A.3.
const GENERATOR = 'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76'
const TWICE = '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919'
const PHRASE = 'Ristretto is traditionally a short shot of espresso coffee'
const DERIVED = '3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46'
// RFC 9496, appendix A.2: not canonical, negative, not on the curve, negative product, s = −1.
const BAD = [
  '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20',
  '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  // The identity is a point, but no key of an honest peer ever becomes it.
  '0000000000000000000000000000000000000000000000000000000000000000',
]

test('the machine has the vector instructions, so that both groups are tested', () => assert.ok(hasSimd()))

for (const group of groups) {
  test(`${group.name}: the published multiples of the generator and derivation come out`, () => {
    assert.equal(hex(group.blind(bytes(GENERATOR), one).points), GENERATOR)
    assert.equal(hex(group.blind(bytes(GENERATOR), scalarOf(2n)).points), TWICE)
    const uniform = new Uint8Array(createHash('sha512').update(PHRASE).digest())
    assert.equal(hex(group.hashBlind(uniform, one).points), DERIVED)
  })

  test(`${group.name}: every published bad encoding and the identity are refused, in every lane`, () => {
    for (const bad of BAD) {
      for (let at = 0; at < 6; at++) {
        const points = bytes(Array.from({ length: 6 }, (_, i) => (i === at ? bad : GENERATOR)).join(''))
        assert.equal(group.blind(points, scalarOf(5n)).bad, at, bad)
      }
    }
  })
}

test('our own WASM equals libsodium on random points and scalars, whatever the length of the batch', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: UNIFORM_BYTES, maxLength: UNIFORM_BYTES * 9 }),
      fc.bigInt({ min: 1n, max: 2n ** 252n }),
      (raw, number) => {
        const uniform = raw.subarray(0, raw.length - (raw.length % UNIFORM_BYTES))
        const scalar = scalarOf(number)
        const points = reference.hashBlind(uniform, scalar)
        assert.equal(hex(own.hashBlind(uniform, scalar).points), hex(points.points))
        const again = randomScalar()
        assert.equal(hex(own.blind(points.points, again).points), hex(reference.blind(points.points, again).points))
      },
    ),
    { numRuns: 200 },
  )
})

test('our own WASM and libsodium agree on which strings are points, at the edges of the field too', () => {
  const edge = fc.tuple(
    fc.constantFrom(0x00, 0xff, 0xed, 0xec, 0xee),
    fc.constantFrom(0x00, 0xff),
    fc.constantFrom(0x7f, 0x00, 0x80, 0xff),
  )
  const some = fc.oneof(
    fc.uint8Array({ minLength: POINT_BYTES, maxLength: POINT_BYTES }),
    edge.map(([low, middle, high]) => Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? low : i === 31 ? high : middle))),
    fc.uint8Array({ minLength: 2, maxLength: 2 }).map((start) => Uint8Array.from({ length: 32 }, (_, i) => start[i] ?? 0)),
  )
  let points = 0
  fc.assert(
    fc.property(some, (raw) => {
      const [a, b] = [own.blind(raw, scalarOf(3n)), reference.blind(raw, scalarOf(3n))]
      assert.equal(a.bad, b.bad)
      if (a.bad < 0) assert.equal(hex(a.points), hex(b.points))
      points += a.bad < 0 ? 1 : 0
    }),
    { numRuns: 3000 },
  )
  assert.ok(points > 50, `only ${points} of the strings were points`)
})

test('blinding commutes, and different scalars give different points', () => {
  const uniform = crypto.getRandomValues(new Uint8Array(UNIFORM_BYTES * 5))
  const [x, y] = [randomScalar(), randomScalar()]
  const xy = own.blind(own.hashBlind(uniform, x).points, y)
  const yx = own.blind(own.hashBlind(uniform, y).points, x)
  assert.equal(hex(xy.points), hex(yx.points))
  assert.notEqual(hex(own.hashBlind(uniform, x).points), hex(own.hashBlind(uniform, y).points))
})
