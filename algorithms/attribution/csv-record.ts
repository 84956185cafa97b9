import { badInput } from './bad-input.ts'

const QUOTE = 34
const COMMA = 44
const LF = 10
const CR = 13

/** The fields of the record read last: field `i` is `buffer[starts[i] … ends[i] - 1]`; `doubled[i]` is 1 when it holds doubled quotes. */
export interface CsvRecord {
  fields: number
  starts: number[]
  ends: number[]
  doubled: number[]
  /** Line breaks inside quoted fields. */
  breaks: number
}

export const createRecord = (): CsvRecord => ({ fields: 0, starts: [], ends: [], doubled: [], breaks: 0 })

/** End of a quoted field (index of its closing quote), or −1 when the buffer ends first. */
function closingQuote(buffer: Uint8Array, from: number, last: boolean, record: CsvRecord): number {
  record.doubled[record.fields] = 0
  for (let p = from; p < buffer.length; p++) {
    const byte = buffer[p]
    if (byte === LF) record.breaks++
    if (byte !== QUOTE) continue
    if (p + 1 === buffer.length) return last ? p : -1
    if (buffer[p + 1] !== QUOTE) return p
    record.doubled[record.fields] = 1
    p++
  }
  return -1
}

/**
 * Reads one CSV record (RFC 4180; lines end with LF or CR LF) from index `at`. Returns the index after it, or −1 when the buffer ends
 * first and more may come. Throws bad input (without place) on text after a closing quote and, at the end, on a quote left open.
 */
export function readRecord(buffer: Uint8Array, at: number, last: boolean, record: CsvRecord): number {
  const length = buffer.length
  record.fields = 0
  record.breaks = 0
  for (let p = at; ; p++) {
    let start = p
    let end = p
    if (p < length && buffer[p] === QUOTE) {
      start = p + 1
      end = closingQuote(buffer, start, last, record)
      if (end === -1) {
        if (last) throw badInput('a quote is opened and never closed')
        return -1
      }
      p = end + 1
      if (p < length && buffer[p] === CR && (p + 1 === length || buffer[p + 1] === LF)) p++
      if (p < length && buffer[p] !== COMMA && buffer[p] !== LF) {
        throw badInput('text after a closing quote; double the quotes inside a quoted field')
      }
    } else {
      record.doubled[record.fields] = 0
      while (p < length) {
        const byte = buffer[p]
        if (byte === COMMA || byte === LF) break
        p++
      }
      end = p
      if (end > start && buffer[end - 1] === CR && (p === length || buffer[p] === LF)) end--
    }
    if (p >= length && !last) return -1
    record.starts[record.fields] = start
    record.ends[record.fields] = end
    record.fields++
    if (p >= length) return length
    if (buffer[p] === LF) return p + 1
  }
}

/** The bytes of a field with doubled quotes made single. */
export function undoubled(buffer: Uint8Array, start: number, end: number): Uint8Array {
  const plain = new Uint8Array(end - start)
  let n = 0
  for (let p = start; p < end; p++) {
    plain[n++] = buffer[p]!
    if (buffer[p] === QUOTE) p++
  }
  return plain.subarray(0, n)
}
