import * as wasm from './assembler.ts'
import { type Body, type Code, get, load, set, store } from './assembler.ts'
import { BITS, LIMBS, place, toLimbs, vectors, WEIGHT } from './layout.ts'

// Limbs are signed and, after a multiplication, centred: |limb| ≤ 1.01·2^25 (even) or 2^24 (odd), as in Bernstein's ref10.
// Multiplications accept 3.3 times that, so two sums in a row need no carry.

const half = BITS.map((bits) => 2 ** (bits - 1))
const all = Array.from({ length: LIMBS }, (_, i) => i)

function wide(name: string, values: readonly bigint[]): number {
  return vectors(
    name,
    values.map((value) => {
      const low = Number(value & 0xffffffffn)
      const high = Number(value >> 32n)
      return [low, high, low, high] as const
    }),
  )
}

function splat(name: string, values: readonly number[]): number {
  return vectors(
    name,
    values.map((value) => [value, value, value, value] as const),
  )
}

// Added before the carries: makes every column positive, and pays for the halves that centring takes away (both modulo p).
const surplus = all.reduce((sum, i) => sum + ((BigInt(half[i] ?? 0) - 2n ** 62n) << BigInt(WEIGHT[i] ?? 0)), 0n)
const LIFT = wide(
  'lift',
  toLimbs(surplus).map((limb) => 2n ** 62n + BigInt(limb)),
)
const MASKS = wide('masks', [2n ** 26n - 1n, 2n ** 25n - 1n])
const HALF = splat('half', half)
const NINETEEN = splat('nineteen', [19])
const ZERO_VECTOR = splat('zero vector', [0])
const ONE_VECTOR = splat('one vector', [1])

const at = (address: number, i = 0): Code => load(wasm.constant(address), i * 16)

/** Carries of unsigned 64-bit columns in ref10's order; `h` is the first of ten locals. */
function carryColumns(h: number): Code[] {
  return [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0].map((i) => {
    const next = h + ((i + 1) % LIMBS)
    const carry = wasm.shr64(get(h + i), BITS[i] ?? 0)
    const added = wasm.add64(get(next), i === 9 ? nineteenfold(carry) : carry)
    return [...set(next, added), ...set(h + i, wasm.and(get(h + i), at(MASKS, i % 2)))]
  })
}

/** 19·c as c + 2c + 16c. */
function nineteenfold(carry: Code): Code {
  return wasm.add64(wasm.add64(carry, wasm.shl64(carry, 1)), wasm.shl64(carry, 4))
}

type Term = { left: number; right: number }

/** Sums the products of every column, lifts, carries and joins the halves; `columns[k]` names locals to be multiplied. */
function product(columns: readonly (readonly Term[])[], first: number, doubled: boolean): Code {
  const out: Code[] = []
  for (const [from, multiply] of [
    [first, wasm.mulLow],
    [first + LIMBS, wasm.mulHigh],
  ] as const) {
    for (const [k, terms] of columns.entries()) {
      const products = terms.map(({ left, right }) => multiply(get(left), get(right)))
      const sum = products.reduce((a, b) => wasm.add64(a, b))
      out.push(set(from + k, sum))
      if (doubled) out.push(set(from + k, wasm.add64(get(from + k), get(from + k))))
      out.push(set(from + k, wasm.add64(get(from + k), at(LIFT, k))))
    }
    out.push(...carryColumns(from))
  }
  for (const k of all)
    out.push(store(get(0), wasm.sub32(wasm.evenLanes(get(first + k), get(first + LIMBS + k)), at(HALF, k)), k * 16))
  return out.flat()
}

function multiply(): Body {
  const f = 3
  const f2 = f + LIMBS
  const g = f2 + LIMBS
  const g19 = g + LIMBS
  const setup = all.flatMap((i) => [
    set(f + i, load(get(1), i * 16)),
    set(g + i, load(get(2), i * 16)),
    i % 2 ? set(f2 + i, wasm.shl32(get(f + i), 1)) : [],
    i ? set(g19 + i, wasm.mul32(get(g + i), at(NINETEEN))) : [],
  ])
  const columns = all.map((k) =>
    all.map((i) => {
      const j = (k - i + LIMBS) % LIMBS
      return { left: i % 2 && j % 2 ? f2 + i : f + i, right: i + j >= LIMBS ? g19 + j : g + j }
    }),
  )
  const first = g19 + LIMBS
  return { name: 'mul', params: 3, vectors: first + 2 * LIMBS - 3, code: [...setup.flat(), ...product(columns, first, false)] }
}

/** Which multiples of the two limbs make the square's term i ≤ j: 2 when mixed, 2 when both odd, 19 when it wraps. */
function squareTerm(i: number, j: number): { left: number; right: number } {
  const bothOdd = i % 2 === 1 && j % 2 === 1
  const two = (i === j ? 1 : 2) * (bothOdd ? 2 : 1)
  if (i + j < LIMBS) return { left: Math.min(2, two), right: two / Math.min(2, two) }
  return bothOdd ? { left: two / 2, right: 38 } : { left: two, right: 19 }
}

function square(name: string, doubled: boolean): Body {
  const f = 2
  const banks = [1, 2, 19, 38]
  const local = (i: number, factor: number): number => f + banks.indexOf(factor) * LIMBS + i
  const setup = all.flatMap((i) => [
    set(local(i, 1), load(get(1), i * 16)),
    set(local(i, 2), wasm.shl32(get(local(i, 1)), 1)),
    i >= 5 ? set(local(i, 19), wasm.mul32(get(local(i, 1)), at(NINETEEN))) : [],
    i >= 5 && i % 2 ? set(local(i, 38), wasm.shl32(get(local(i, 19)), 1)) : [],
  ])
  const columns = all.map((k) =>
    all.flatMap((i) => {
      const j = (k - i + LIMBS) % LIMBS
      if (j < i) return []
      const { left, right } = squareTerm(i, j)
      return [{ left: local(i, left), right: local(j, right) }]
    }),
  )
  const first = f + 4 * LIMBS
  return { name, params: 2, vectors: first + 2 * LIMBS - 2, code: [...setup.flat(), ...product(columns, first, doubled)] }
}

/** out = a op b, limb by limb, without carry. */
function limbwise(name: string, op: (...operands: Code[]) => Code): Body {
  return {
    name,
    params: 3,
    vectors: 0,
    code: all.flatMap((i) => store(get(0), op(load(get(1), i * 16), load(get(2), i * 16)), i * 16)),
  }
}

/** out = a reduced to [0, p) with limbs from 0. */
function canon(): Body {
  const h = 2
  const q = h + LIMBS
  const settle = (i: number, centred: boolean): Code => {
    const bits = BITS[i] ?? 0
    const raised = centred ? wasm.add32(get(h + i), at(HALF, i)) : get(h + i)
    const carry = [...set(q, wasm.sar32(raised, bits)), ...set(h + i, wasm.sub32(get(h + i), wasm.shl32(get(q), bits)))]
    if (i === 9) return centred ? [...carry, ...wrap] : carry
    return [...carry, ...set(h + i + 1, wasm.add32(get(h + i + 1), get(q)))]
  }
  const wrap = set(h, wasm.add32(get(h), wasm.mul32(get(q), at(NINETEEN))))
  const quotient = [
    ...set(q, wasm.sar32(wasm.add32(wasm.mul32(get(h + 9), at(NINETEEN)), at(HALF, 9)), 25)),
    ...all.flatMap((i) => set(q, wasm.sar32(wasm.add32(get(h + i), get(q)), BITS[i] ?? 0))),
    ...wrap,
  ]
  const code = [
    ...all.flatMap((i) => set(h + i, load(get(1), i * 16))),
    ...all.flatMap((i) => settle(i, true)),
    ...settle(0, true),
    ...quotient,
    ...all.flatMap((i) => settle(i, false)),
    ...all.flatMap((i) => store(get(0), get(h + i), i * 16)),
  ]
  return { name: 'canon', params: 2, vectors: LIMBS + 1, code }
}

const SCRATCH = place('scratch')

/** Bodies in the order of their numbers; a later one may call an earlier one. */
export function fieldBodies(): Body[] {
  const reduce = (source: number): Code => [...wasm.constant(SCRATCH), ...get(source), 0x10, ...wasm.unsigned(6)]
  const anyLimb = all.map((i) => at(SCRATCH, i)).reduce((a, b) => wasm.or(a, b))
  const chosen = all.flatMap((i) =>
    store(get(0), wasm.bitSelect(load(get(2), i * 16), load(get(1), i * 16), load(get(3))), i * 16),
  )
  const squareAgain = wasm.countDown(2, 1, [...get(0), ...get(0), 0x10, 1])
  const times = [...get(0), ...get(1), 0x10, 1, ...set(2, [...get(2), ...wasm.constant(1), 0x6b]), ...squareAgain]
  return [
    multiply(),
    square('sq', false),
    square('sq2', true),
    { name: 'sqn', params: 3, vectors: 0, code: times },
    limbwise('add', wasm.add32),
    limbwise('sub', wasm.sub32),
    canon(),
    {
      name: 'isNegative',
      params: 2,
      vectors: 0,
      code: [...reduce(1), ...store(get(0), wasm.sub32(at(ZERO_VECTOR), wasm.and(at(SCRATCH), at(ONE_VECTOR))))],
    },
    { name: 'isZero', params: 2, vectors: 0, code: [...reduce(1), ...store(get(0), wasm.eq32(anyLimb, at(ZERO_VECTOR)))] },
    { name: 'select', params: 4, vectors: 0, code: chosen },
    { name: 'either', params: 3, vectors: 0, code: store(get(0), wasm.or(load(get(1)), load(get(2)))) },
  ]
}
