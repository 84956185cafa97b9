import { createReadStream, readSync } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import { LIMITS, unreadable } from './limits.ts'

export interface ZipPart {
  name: string
  offset: number
  packed: number
  isDeflated: boolean
}

export interface Zip {
  parts: ReadonlyMap<string, ZipPart>
  /** Unpacks a part bit by bit; refuses what unpacks to far more than it was. */
  read: (part: ZipPart) => AsyncGenerator<Buffer>
}

const broken = () => unreadable('The file is a damaged workbook; open it in your spreadsheet and save it again as XLSX')

function slice(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  if (readSync(fd, bytes, 0, length, from) !== length) throw broken()
  return bytes
}

function directoryOf(fd: number, size: number): { count: number; bytes: Buffer } {
  const tail = slice(fd, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const at = tail.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (at < 0 || at + 22 > tail.length) throw broken()
  const [count, length, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (count > LIMITS.parts || length > 8_388_608) throw unreadable(`The workbook has more than ${LIMITS.parts} parts`)
  if (offset + length > size) throw broken()
  return { count, bytes: slice(fd, offset, length) }
}

function partsOf({ count, bytes }: { count: number; bytes: Buffer }): Map<string, ZipPart> {
  const parts = new Map<string, ZipPart>()
  for (let i = 0, at = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken()
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
    const [names, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    if ((flags & 1) === 1) throw unreadable('The workbook is protected by a password; remove it and upload again')
    if (method !== 0 && method !== 8) throw broken()
    const name = bytes.toString('utf8', at + 46, at + 46 + names).replace(/^\//, '')
    const part = { name, offset: bytes.readUInt32LE(at + 42), packed: bytes.readUInt32LE(at + 20), isDeflated: method === 8 }
    parts.set(name.toLowerCase(), part)
    at += 46 + names + extra + comment
  }
  return parts
}

/** Opens a ZIP by its directory; what it says of unpacked sizes is not believed. */
export function openZip(fd: number, path: string, size: number): Zip {
  const parts = partsOf(directoryOf(fd, size))
  let total = 0
  async function* read({ offset, packed, isDeflated }: ZipPart): AsyncGenerator<Buffer> {
    const head = slice(fd, offset, 30)
    if (head.readUInt32LE(0) !== 0x04034b50) throw broken()
    const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
    if (packed === 0) return
    if (start + packed > size) throw broken()
    const source = createReadStream(path, { start, end: start + packed - 1 })
    const inflate = isDeflated ? source.pipe(createInflateRaw({ chunkSize: 65_536 })) : source
    source.on('error', (error) => inflate.destroy(error))
    let own = 0
    try {
      for await (const chunk of inflate) {
        const bytes = chunk as Buffer
        own += bytes.length
        total += bytes.length
        if (total > LIMITS.unpacked || (own > 8_388_608 && own > packed * LIMITS.ratio))
          throw unreadable(
            'The workbook unpacks to far more than it should; copy the rows into a new workbook, or save them as CSV',
          )
        yield bytes
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw broken()
      throw error
    } finally {
      source.destroy()
    }
  }
  return { parts, read }
}
