import type { Code } from './assembler.ts'
import * as wasm from './assembler.ts'
import { field, P, place } from './layout.ts'

// A straight-line program over named field elements, one assignment a line. Names that start with ? are masks (set or clear per lane).
// Every name is a fixed place in memory, shared by all programs; the names below are constants.

const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
const CONSTANTS: Record<string, bigint> = {
  zero: 0n,
  one: 1n,
  d: D,
  two_d: 2n * D,
  root_m1: 19681161376707505956807079304988542015446066515923890162744021073123829784752n,
  root_ad_m1: 25063068953384623474111414158702152701244531502492656460079210482610430750235n,
  inv_root_a_minus_d: 54469307008909316920995813868745141605393597292927456921205312896311721017578n,
  one_minus_d_sq: 1n - D * D,
  d_minus_one_sq: (D - 1n) * (D - 1n),
}

/** The address of a name. */
export function addressOf(name: string): number {
  const value = CONSTANTS[name]
  if (value !== undefined) return field(name, ((value % P) + P) % P)
  return place(name, name.startsWith('?') ? 16 : undefined)
}

type Form = readonly [RegExp, (...parts: string[]) => [string, ...(string | number)[]]]

const FORMS: readonly Form[] = [
  [/^(\S+) = (\S+) \* (\S+)$/, (out, a, b) => ['mul', out, a, b]],
  [/^(\S+) = (\S+) \+ (\S+)$/, (out, a, b) => ['add', out, a, b]],
  [/^(\S+) = (\S+) - (\S+)$/, (out, a, b) => ['sub', out, a, b]],
  [/^(\S+) = 2 ([^\s^]+)\^2$/, (out, a) => ['sq2', out, a]],
  [/^(\S+) = ([^\s^]+)\^2$/, (out, a) => ['sq', out, a]],
  [/^(\S+) = ([^\s^]+)\^2\^(\d+)$/, (out, a, n) => ['sqn', out, a, Number(n)]],
  [/^(\?\S+) = (\S+) is negative$/, (out, a) => ['isNegative', out, a]],
  [/^(\?\S+) = (\S+) is zero$/, (out, a) => ['isZero', out, a]],
  [/^(\?\S+) = (\?\S+) or (\?\S+)$/, (out, a, b) => ['either', out, a, b]],
  [/^(\S+) = (\?\S+) then (\S+) else (\S+)$/, (out, mask, a, b) => ['select', out, b, a, mask]],
  [/^(\S+) = canonical (\S+)$/, (out, a) => ['canon', out, a]],
]

/** Compiles a program to calls of the field functions; `numbers` gives each function's number in the module. */
export function compile(text: string, numbers: ReadonlyMap<string, number>): Code {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter(Boolean).flatMap((line) => {
    for (const [pattern, make] of FORMS) {
      const found = pattern.exec(line)
      if (!found) continue
      const [op, ...args] = make(...found.slice(1))
      const code = args.flatMap((arg) => wasm.constant(typeof arg === 'number' ? arg : addressOf(arg)))
      return [...code, 0x10, ...wasm.unsigned(numbers.get(op) ?? -1)]
    }
    throw new Error(`no such line of a program: ${line}`)
  })
}
