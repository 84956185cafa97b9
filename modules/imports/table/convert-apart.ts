import { Worker } from 'node:worker_threads'
import type { Conversion, Table, TableFormat } from './convert-table.ts'
import { unreadable } from './limits.ts'

const MEMORY_MB = 160
const SECONDS = 60

/** The table, or why there is none; of a workbook its sheets are told even then. */
export type Converted = { table: Table } | { problem: string; format: TableFormat | null }

/** Converts a file in a thread of its own with bounded memory and time, so that no file can hold up anybody else. */
export function convertApart({ path, out, sheet }: Omit<Conversion, 'told'>): Promise<Converted> {
  const thread = new Worker(new URL('./convert-thread.ts', import.meta.url), {
    workerData: { path, out, sheet },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 16 },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Converted>()
  const timer = setTimeout(() => {
    reject(unreadable(`The file takes more than ${SECONDS} seconds to read; split it`))
    void thread.terminate()
  }, SECONDS * 1000)
  thread.on('message', ({ table, refused, format }: { table?: Table; refused?: string; format?: TableFormat | null }) => {
    resolve(table ? { table } : { problem: refused ?? '', format: format ?? null })
  })
  thread.on('error', (error: Error & { code?: string }) => {
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? unreadable('The file takes too much memory to read; split it') : error)
  })
  thread.on('exit', () => reject(new Error('The reading thread ended without an answer')))
  return promise.finally(() => clearTimeout(timer))
}
