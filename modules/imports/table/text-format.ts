import { open } from 'node:fs/promises'
import { unreadable } from './limits.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
const DELIMITERS = [',', ';', '\t', '|'] as const

/** UTF-16 by its mark or its NULs, UTF-8 where every byte fits it, else Windows-1252, which holds Latin-1. */
export async function encodingOf(path: string): Promise<Encoding> {
  const file = await open(path)
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const chunk = Buffer.alloc(1_048_576)
    for (let at = 0; ; ) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at)
      const bytes = chunk.subarray(0, bytesRead)
      if (at === 0) {
        const wide = wideOf(bytes)
        if (wide) return wide
      }
      if (bytes.includes(0)) throw unreadable('The file holds binary data; save it as CSV (UTF-8) or XLSX')
      try {
        decoder.decode(bytes, { stream: bytesRead > 0 })
      } catch {
        return 'windows-1252'
      }
      if (bytesRead === 0) return 'utf-8'
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

function wideOf(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, 512)
  const nuls = [0, 0]
  head.forEach((byte, i) => {
    if (byte === 0) nuls[i % 2] = (nuls[i % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = nuls
  if (odd > head.length / 4 && even === 0) return 'utf-16le'
  if (even > head.length / 4 && odd === 0) return 'utf-16be'
  return null
}

/** How often a character stands outside quotes in each of the first lines. */
function countsOf(head: string, delimiter: string): number[] {
  const counts: number[] = []
  let [count, isQuoted, isEmpty] = [0, false, true]
  for (const char of head) {
    if (char === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (char === '\n') {
      if (!isEmpty) counts.push(count)
      if (counts.length === 50) break
      count = 0
      isEmpty = true
      continue
    } else if (char === delimiter) count += 1
    isEmpty = false
  }
  if (!isEmpty && counts.length < 50) counts.push(count)
  return counts
}

/** The delimiter that parts most lines alike; a first line `sep=;` decides. */
export function delimiterOf(head: string): string {
  const told = /^sep=(.)\n/.exec(head)?.[1]
  if (told) return told
  const scored = DELIMITERS.map((delimiter) => {
    const counts = countsOf(head, delimiter)
    // Not what the first line has: it may be a title.
    const groups = Map.groupBy(
      counts.filter((count) => count > 0),
      (count) => count,
    )
    const [usual, same] = [...groups].sort(([a, some], [b, others]) => others.length - some.length || b - a)[0] ?? [0, []]
    const alike = same.length / Math.max(1, counts.length)
    return { delimiter, score: usual === 0 ? 0 : alike * 100 + Math.min(usual, 50) }
  })
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}
