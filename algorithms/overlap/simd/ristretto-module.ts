import * as wasm from './assembler.ts'
import { type Body, type Code, get, load, loadSplat, set, store } from './assembler.ts'
import { fieldBodies } from './field.ts'
import { LIMBS, place } from './layout.ts'
import { addressOf, compile } from './program.ts'
import { addChosen, decode, derive, double, encode, finishH, finishWithT, tabulate } from './ristretto.ts'

/** Bytes of a digit: magnitude 0–8 and −1 when negative, two i32. */
const DIGIT_BYTES = 8
const DIGITS = 64

/** Where the caller writes field elements and digits, and finds results. */
export const io = {
  first: addressOf('first'),
  second: addressOf('second'),
  out: addressOf('out'),
  /** A set lane for every refused encoding. */
  flaws: addressOf('?flaws'),
  /** 64 digits in radix 16, lowest first. */
  digits: place('digits', DIGITS * DIGIT_BYTES),
}

type Coordinate = 'x' | 'y' | 'z' | 't'

/** chosen ← digit · p from the table, reading every entry; the parameter is the digit's address. */
function choose(): Code {
  const [first, neg, a, b] = [1, 10, 11, 12]
  const isDigit = (j: number): Code => set(first + j, wasm.eq32(loadSplat(get(0)), wasm.splat32(wasm.constant(j))))
  // The identity is (1, 1, 1, 0): its first limb is 0 − mask.
  const pick = (coordinate: Coordinate, limb: number): Code => {
    const parts = [1, 2, 3, 4, 5, 6, 7, 8].map((j) =>
      wasm.and(load(wasm.constant(addressOf(`table${j}.${coordinate}`)), limb * 16), get(first + j)),
    )
    const sum = parts.reduce((left, right) => wasm.or(left, right))
    return limb === 0 && coordinate !== 't' ? wasm.sub32(sum, get(first)) : sum
  }
  const put = (coordinate: Coordinate, limb: number, value: Code): Code =>
    store(wasm.constant(addressOf(`chosen.${coordinate}`)), value, limb * 16)
  const limbs = Array.from({ length: LIMBS }, (_, limb) => [
    ...set(a, pick('x', limb)),
    ...set(b, pick('y', limb)),
    ...put('x', limb, wasm.bitSelect(get(b), get(a), get(neg))),
    ...put('y', limb, wasm.bitSelect(get(a), get(b), get(neg))),
    ...put('z', limb, pick('z', limb)),
    ...put('t', limb, wasm.sub32(wasm.xor(pick('t', limb), get(neg)), get(neg))),
  ]).flat()
  return [...Array.from({ length: 9 }, (_, j) => isDigit(j)).flat(), ...set(neg, loadSplat(get(0), 4)), ...limbs]
}

/** The module: `blind` multiplies the decoded io.first, `hashBlind` the point derived from io.first and io.second; both by io.digits. */
export function ristrettoBodies(): Body[] {
  const bodies = fieldBodies()
  const numbers = new Map(bodies.map((body, i) => [body.name, i]))
  const call = (name: string): Code => [0x10, ...wasm.unsigned(numbers.get(name) ?? -1)]
  const program = (text: string): Code => compile(text, numbers)
  function add(name: string, code: Code, params = 0, vectors = 0): void {
    numbers.set(name, bodies.length)
    bodies.push({ name, params, vectors, code })
  }
  add('choose', choose(), 1, 12)
  add('double', program(double))
  add('decode', program(decode))
  add('encode', program(encode))
  add('derive', program(derive))
  add('tabulate', program(tabulate))
  const doubleH = [...call('double'), ...program(finishH)]
  const doubles = [...doubleH, ...doubleH, ...doubleH, ...call('double'), ...program(finishWithT('h'))]
  add('window', [...doubles, ...get(0), ...call('choose'), ...program(addChosen)], 1)
  // The parameter is the offset behind the highest digit and runs down to the lowest.
  const digit = [...get(0), ...wasm.constant(io.digits), 0x6a]
  const windows = wasm.countDown(0, DIGIT_BYTES, [...digit, ...call('window')])
  add('multiply', [...call('tabulate'), ...windows, ...program(finishWithT('h'))], 1)
  const times = [...wasm.constant(DIGITS * DIGIT_BYTES), ...call('multiply'), ...call('encode')]
  add('blind', [...call('decode'), ...times])
  add('hashBlind', [...call('derive'), ...times])
  return bodies
}
