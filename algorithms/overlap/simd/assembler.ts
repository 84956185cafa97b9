/** A run of WebAssembly bytes. The module is written by this code at start, so that no binary has to be trusted or built. */
export type Code = readonly number[]

/** A function over i32 parameters without result; `vectors` v128 locals follow the parameters. */
export type Body = { name: string; params: number; vectors: number; code: Code }

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const out: number[] = []
  let left = value
  do {
    out.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
    left = Math.floor(left / 128)
  } while (left > 0)
  return out
}

/** An i32 constant from 0 to 2^31 − 1. */
export function constant(value: number): Code {
  const low = unsigned(value)
  const last = low.at(-1) ?? 0
  // A set sign bit in the last group would make the number negative: one more group keeps it positive.
  return last & 0x40 ? [0x41, ...low.slice(0, -1), last | 0x80, 0] : [0x41, ...low]
}

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]

const vector =
  (opcode: number, ...immediate: number[]) =>
  (...operands: Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode), ...immediate]

export const load = (address: Code, offset = 0): Code => vector(0x00, 4, ...unsigned(offset))(address)
export const store = (address: Code, value: Code, offset = 0): Code => vector(0x0b, 4, ...unsigned(offset))(address, value)
export const loadSplat = (address: Code, offset = 0): Code => vector(0x09, 2, ...unsigned(offset))(address)
/** The even 32-bit lanes of two vectors. */
export const evenLanes = vector(0x0d, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
export const splat32 = vector(0x11)
export const eq32 = vector(0x37)
export const and = vector(0x4e)
export const or = vector(0x50)
export const xor = vector(0x51)
/** (if set, if not, mask). */
export const bitSelect = vector(0x52)
export const add32 = vector(0xae)
export const sub32 = vector(0xb1)
export const mul32 = vector(0xb5)
export const add64 = vector(0xce)
const shift =
  (opcode: number) =>
  (value: Code, bits: number): Code =>
    vector(opcode)(value, constant(bits))
export const shl32 = shift(0xab)
export const sar32 = shift(0xac)
export const shl64 = shift(0xcb)
export const shr64 = shift(0xcd)
/** Signed products of 64 bits of the lower and the upper two lanes. */
export const mulLow = vector(0xdc)
export const mulHigh = vector(0xdd)

/** Runs `body` while the i32 local, counted down by `step` before each turn, is not below zero. */
export function countDown(local: number, step: number, body: Code): Code {
  const next = [...get(local), ...constant(step), 0x6b, 0x22, ...unsigned(local), ...constant(0), 0x48]
  return [0x02, 0x40, 0x03, 0x40, ...next, 0x0d, 1, ...body, 0x0c, 0, 0x0b, 0x0b]
}

const section = (id: number, content: number[]): number[] => [id, ...unsigned(content.length), ...content]
const list = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()]
const text = (name: string): number[] => list([...name].map((letter) => [letter.charCodeAt(0)]))

/** A module of one exported memory of one page (64 KiB) and the functions, all exported by name. */
export function assemble(bodies: readonly Body[]): Uint8Array<ArrayBuffer> {
  const most = Math.max(...bodies.map((body) => body.params))
  const types = Array.from({ length: most + 1 }, (_, n) => [0x60, ...list(Array.from({ length: n }, () => [0x7f])), 0])
  const exported = [[...text('memory'), 2, 0], ...bodies.map((body, i) => [...text(body.name), 0, ...unsigned(i)])]
  const code = bodies.map((body) => {
    const inner = [...(body.vectors ? [1, ...unsigned(body.vectors), 0x7b] : [0]), ...body.code, 0x0b]
    return [...unsigned(inner.length), ...inner]
  })
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  return Uint8Array.from([
    ...magic,
    ...section(1, list(types)),
    ...section(3, list(bodies.map((body) => [body.params]))),
    ...section(5, [1, 0, 1]),
    ...section(7, list(exported)),
    ...section(10, list(code)),
  ])
}
