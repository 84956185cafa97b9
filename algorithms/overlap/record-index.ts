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
