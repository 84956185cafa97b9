import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from './errors.ts'
import { uuidv7 } from './ids.ts'
import { openBucket } from './s3.ts'

interface StoredFile {
  key: string
  size: number
  sha256: string
}

/** The one door to files: written whole or not at all, under a key that names a tenant and nothing of the sender. */
export interface Files {
  put: (tenant_id: string, source: AsyncIterable<Uint8Array>, max_bytes: number) => Promise<StoredFile>
  read: (key: string) => Promise<Readable>
  /** Runs `work` with a path on this machine; the path is good only until it returns. */
  local: <T>(key: string, work: (path: string) => Promise<T>) => Promise<T>
  remove: (key: string) => Promise<void>
}

/** Where finished files rest; `move` takes a file of this machine. */
export interface Shelf {
  move: (path: string, key: string, size: number) => Promise<void>
  /** Null where there is no such file. */
  read: (key: string) => Promise<Readable | null>
  remove: (key: string) => Promise<void>
  /** The file's own path, where there is one. */
  path: ((key: string) => string) | null
}

const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/
function checked(key: string): string {
  if (!KEY.test(key)) throw new Error(`${key} is no key of a file`)
  return key
}

const orGone = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null
  throw error
}

/** What was found, or the refusal of a file that is not there. */
function there<T>(found: T | null): T {
  if (found === null) throw new Refusal('not_found', 'The file is not in the file store any more: upload it again')
  return found
}

function openFolder(folder: string): Shelf {
  const path = (key: string) => join(folder, checked(key))
  return {
    path,
    move: async (from, key) => {
      await mkdir(dirname(path(key)), { recursive: true, mode: 0o700 })
      await rename(from, path(key))
    },
    // Opened here, since a stream that opens by itself breaks only when it is read.
    read: async (key) => (await open(path(key)).catch(orGone))?.createReadStream() ?? null,
    remove: (key) => rm(path(key), { force: true }),
  }
}

const mebibytes = (bytes: number) => `${Math.floor(bytes / 1_048_576)} MiB`

async function spool(source: AsyncIterable<Uint8Array>, path: string, max_bytes: number): Promise<Omit<StoredFile, 'key'>> {
  const digest = createHash('sha256')
  let size = 0
  // Opened before anything can break off: a stream that opens by itself could make the file after it was taken away.
  const file = await open(path, 'wx', 0o600)
  await pipeline(
    source,
    async function* count(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > max_bytes)
          throw new Refusal('invalid', `file: it is larger than ${mebibytes(max_bytes)}; split it`, {
            issues: [{ path: 'file', message: `is larger than ${mebibytes(max_bytes)}; split it` }],
          })
        digest.update(chunk)
        yield chunk
      }
    },
    file.createWriteStream(),
  )
  return { size, sha256: digest.digest('hex') }
}

/** Opens the file door: the folder `files` below the data folder, or the bucket that `s3_url` names. */
export function openFiles(options: { data_dir: string; s3_url: string | null }): Files {
  const folder = join(options.data_dir, 'files')
  const incoming = join(folder, 'incoming')
  const shelf = options.s3_url ? openBucket(options.s3_url, checked) : openFolder(folder)
  return {
    put: async (tenant_id, source, max_bytes) => {
      mkdirSync(incoming, { recursive: true, mode: 0o700 })
      const key = checked(`${tenant_id}/${uuidv7()}`)
      const path = join(incoming, key.slice(37))
      try {
        const { size, sha256 } = await spool(source, path, max_bytes)
        await shelf.move(path, key, size)
        return { key, size, sha256 }
      } finally {
        await rm(path, { force: true })
      }
    },
    read: async (key) => there(await shelf.read(key)),
    local: async (key, work) => {
      if (shelf.path) {
        const path = shelf.path(key)
        there(await stat(path).catch(orGone))
        return work(path)
      }
      const own = await mkdtemp(join(tmpdir(), 'rialto-file-'))
      try {
        const path = join(own, 'file')
        await pipeline(there(await shelf.read(key)), createWriteStream(path))
        return await work(path)
      } finally {
        await rm(own, { recursive: true, force: true })
      }
    },
    remove: (key) => shelf.remove(key),
  }
}
