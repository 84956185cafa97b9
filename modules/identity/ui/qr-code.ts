// A QR code (ISO/IEC 18004) of a short text: bytes, error correction M, versions 1 to 16. A key for an authenticator needs no more.

/** By version: correction words per block and number of blocks, level M. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28]
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10]
const LONGEST = CORRECTION.length

const EXP = new Uint8Array(510)
const LOG = new Uint8Array(256)
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = x
  EXP[i + 255] = x
  LOG[x] = i
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0)
}
const times = (a: number, b: number): number => (a && b ? at(EXP, at(LOG, a) + at(LOG, b)) : 0)
const at = (list: ArrayLike<number>, i: number): number => list[i] ?? 0

/** The words that let a reader mend a block (Reed–Solomon). */
function correctionOf(data: number[], count: number): number[] {
  let divisor = [1]
  for (let i = 0; i < count; i += 1) divisor = [...divisor, 0].map((value, j) => value ^ times(at(divisor, j - 1), at(EXP, i)))
  const rest = new Array<number>(count).fill(0)
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0)
    rest.push(0)
    for (let j = 0; j < count; j += 1) rest[j] = at(rest, j) ^ times(at(divisor, j + 1), factor)
  }
  return rest
}

const sizeOf = (version: number) => version * 4 + 17

function alignmentOf(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  return Array.from({ length: count }, (_, i) => (i === 0 ? 6 : sizeOf(version) - 7 - (count - 1 - i) * step))
}

/** How many words fit beside the patterns of a version. */
function wordsOf(version: number): number {
  const count = version === 1 ? 0 : Math.floor(version / 7) + 2
  const alignment = count ? (25 * count - 10) * count - 55 : 0
  return Math.floor(((16 * version + 128) * version + 64 - alignment - (version >= 7 ? 36 : 0)) / 8)
}

const dataWords = (version: number) => wordsOf(version) - at(CORRECTION, version - 1) * at(BLOCKS, version - 1)

function dataOf(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = []
  const put = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1)
  }
  put(4, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  for (const byte of bytes) put(byte, 8)
  const room = dataWords(version) * 8
  put(0, Math.min(4, room - bits.length))
  put(0, (8 - (bits.length % 8)) % 8)
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8)
  return Array.from({ length: room / 8 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2))
}

/** Data and correction in the order in which they are drawn: first words of all blocks, then second words, and so on. */
function interleaved(data: number[], version: number): number[] {
  const [blocks, correction] = [at(BLOCKS, version - 1), at(CORRECTION, version - 1)]
  const [short, longer] = [Math.floor(data.length / blocks), data.length % blocks]
  let from = 0
  const parts = Array.from({ length: blocks }, (_, i) => {
    const length = short + (i >= blocks - longer ? 1 : 0)
    from += length
    return data.slice(from - length, from)
  })
  const mends = parts.map((part) => correctionOf(part, correction))
  const across = (lists: number[][], length: number) =>
    Array.from({ length }, (_, i) => lists.flatMap((list) => (i < list.length ? [at(list, i)] : []))).flat()
  return [...across(parts, short + 1), ...across(mends, correction)]
}

/** A number with the check bits of its BCH code behind it. */
function checked(value: number, divisor: number, bits: number): number {
  let rest = value
  for (let i = 0; i < bits; i += 1) rest = (rest << 1) ^ ((rest >> (bits - 1)) * divisor)
  return (value << bits) | rest
}

type Grid = { size: number; dark: Uint8Array; fixed: Uint8Array }
type Put = (x: number, y: number, dark: boolean) => void

function patterns(version: number): { grid: Grid; put: Put } {
  const size = sizeOf(version)
  const grid: Grid = { size, dark: new Uint8Array(size * size), fixed: new Uint8Array(size * size) }
  const put: Put = (x, y, dark) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return
    grid.dark[y * size + x] = dark ? 1 : 0
    grid.fixed[y * size + x] = 1
  }
  const square = (cx: number, cy: number, reach: number, isDark: (ring: number) => boolean) => {
    for (let y = -reach; y <= reach; y += 1)
      for (let x = -reach; x <= reach; x += 1) put(cx + x, cy + y, isDark(Math.max(Math.abs(x), Math.abs(y))))
  }
  for (let i = 0; i < size; i += 1) {
    put(6, i, i % 2 === 0)
    put(i, 6, i % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(x, y, 4, (ring) => ring !== 2 && ring !== 4)
  const places = alignmentOf(version)
  const last = places.at(-1)
  for (const x of places)
    for (const y of places)
      if (!((x === 6 && (y === 6 || y === last)) || (x === last && y === 6))) square(x, y, 2, (ring) => ring !== 1)
  if (version >= 7) {
    const bits = checked(version, 0x1f25, 12)
    for (let i = 0; i < 18; i += 1) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)]
      put(a, b, ((bits >> i) & 1) === 1)
      put(b, a, ((bits >> i) & 1) === 1)
    }
  }
  return { grid, put }
}

/** Level and mask beside the corners. */
function putFormat(put: Put, size: number, mask: number): void {
  // Level M is 0.
  const bits = checked(mask, 0x537, 10) ^ 0x5412
  const bit = (i: number) => ((bits >> i) & 1) === 1
  for (let i = 0; i < 6; i += 1) put(8, i, bit(i))
  put(8, 7, bit(6))
  put(8, 8, bit(7))
  put(7, 8, bit(8))
  for (let i = 9; i < 15; i += 1) put(14 - i, 8, bit(i))
  for (let i = 0; i < 8; i += 1) put(size - 1 - i, 8, bit(i))
  for (let i = 8; i < 15; i += 1) put(8, size - 15 + i, bit(i))
  put(8, size - 8, true)
}

function fill({ size, dark, fixed }: Grid, words: number[]): void {
  let i = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const isUpward = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) {
        const y = isUpward ? size - 1 - step : step
        if (fixed[y * size + x]) continue
        dark[y * size + x] = (at(words, i >> 3) >> (7 - (i & 7))) & 1
        i += 1
      }
  }
}

const MASKS: ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

function flip({ size, dark, fixed }: Grid, mask: number): void {
  for (let i = 0; i < dark.length; i += 1)
    if (!fixed[i] && MASKS[mask]?.(i % size, Math.floor(i / size)) === 0) dark[i] = at(dark, i) ^ 1
}

/** How hard a drawing is to read: long runs, blocks, what looks like a corner, and too much of one shade. */
function penalty({ size, dark }: Grid): number {
  let sum = 0
  const lines = Array.from({ length: size }, (_, i) => [
    Array.from({ length: size }, (_, j) => at(dark, i * size + j)).join(''),
    Array.from({ length: size }, (_, j) => at(dark, j * size + i)).join(''),
  ]).flat()
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2
    for (let i = 0; i + 11 <= size; i += 1) if (/^(10111010000|00001011101)/.test(line.slice(i, i + 11))) sum += 40
  }
  for (let y = 0; y + 1 < size; y += 1)
    for (let x = 0; x + 1 < size; x += 1) {
      const i = y * size + x
      const count = at(dark, i) + at(dark, i + 1) + at(dark, i + size) + at(dark, i + size + 1)
      if (count % 4 === 0) sum += 3
    }
  const share = dark.reduce((total, one) => total + one, 0) / dark.length
  return sum + Math.floor(Math.abs(share - 0.5) * 20) * 10
}

/** The rows of the code, true for a dark square; without the quiet margin. */
export function qrCode(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text)
  const fits = (version: number) => bytes.length * 8 + 4 + (version < 10 ? 8 : 16) <= dataWords(version) * 8
  const version = Array.from({ length: LONGEST }, (_, i) => i + 1).find(fits)
  if (!version) throw new Error(`A text of ${bytes.length} bytes is too long for this QR code`)
  const words = interleaved(dataOf(bytes, version), version)
  const drawn = MASKS.map((_, mask) => {
    const { grid, put } = patterns(version)
    putFormat(put, grid.size, mask)
    fill(grid, words)
    flip(grid, mask)
    return grid
  })
  const [best] = drawn.map((grid) => ({ grid, cost: penalty(grid) })).sort((a, b) => a.cost - b.cost)
  const { size = 0, dark = [] } = best?.grid ?? {}
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => dark[y * size + x] === 1))
}
