/** An open-addressing hash index over fixed-width records of 32-bit words; it holds row numbers only, 8–16 bytes a record. */
export type RecordIndex = { records: Uint32Array; width: number; slots: Int32Array; seed: number }

/** Views bytes as words; copies only when the bytes are not aligned. */
export function toWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2)
}

function seek(index: RecordIndex, records: Uint32Array, row: number): number {
  const { width, slots, seed } = index
  const mask = slots.length - 1
  const at = row * width
  // The seed is random, so that a peer cannot choose records that collide.
  let slot = (Math.imul((records[at] ?? 0) ^ seed, 0x9e3779b1) ^ Math.imul(records[at + 1] ?? 0, seed | 1)) & mask
  for (;;) {
    const held = slots[slot] ?? -1
    let same = 0
    while (held >= 0 && same < width && index.records[held * width + same] === records[at + same]) same++
    if (held < 0 || same === width) return slot
    slot = (slot + 1) & mask
  }
}

/**
 * Indexes `records` (n × `width` words). `repeat` is the first row that equals an earlier one, or −1.
 * Records must be pseudo-random in their first two words (blinded points, keyed hashes).
 */
export function indexRecords(records: Uint32Array, width: number): { index: RecordIndex; repeat: number } {
  const count = records.length / width
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, count * 2)))).fill(-1)
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  const index = { records, width, slots, seed }
  let repeat = -1
  for (let row = 0; row < count; row++) {
    const slot = seek(index, records, row)
    if (slots[slot] === -1) slots[slot] = row
    else if (repeat < 0) repeat = row
  }
  return { index, repeat }
}

/** The row of the indexed record that equals row `row` of `records`, or −1. */
export function findRecord(index: RecordIndex, records: Uint32Array, row: number): number {
  return index.slots[seek(index, records, row)] ?? -1
}

/** An index that owns its records and grows; entries keep their numbers for ever. */
export type GrowingIndex = RecordIndex & { count: number }

/** An empty index with room for `room` records of `width` words. */
export function emptyIndex(width: number, room: number): GrowingIndex {
  const { index } = indexRecords(new Uint32Array(0), width)
  const grown = { ...index, records: new Uint32Array(Math.max(8, room) * width), count: 0 }
  grown.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, room) * 2))).fill(-1)
  return grown
}

/** The entry that equals row `row` of `records`, entered now if there was none. */
export function enterRecord(index: GrowingIndex, records: Uint32Array, row: number): number {
  const { width, count } = index
  if (count * 2 >= index.slots.length) regrow(index)
  const slot = seek(index, records, row)
  const held = index.slots[slot] ?? -1
  if (held >= 0) return held
  if ((count + 1) * width > index.records.length) {
    const wider = new Uint32Array(index.records.length * 2)
    wider.set(index.records)
    index.records = wider
  }
  index.records.set(records.subarray(row * width, (row + 1) * width), count * width)
  index.slots[slot] = count
  index.count = count + 1
  return count
}

function regrow(index: GrowingIndex): void {
  index.slots = new Int32Array(index.slots.length * 2).fill(-1)
  for (let entry = 0; entry < index.count; entry++) index.slots[seek(index, index.records, entry)] = entry
}
