import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../kernel/errors.ts'
import { convertTable } from './convert-table.ts'

const { path, out } = workerData as { path: string; out: string }
// A thread's port has no origin to name.
/* oxlint-disable unicorn/require-post-message-target-origin */
try {
  parentPort?.postMessage({ table: await convertTable(path, out) })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  parentPort?.postMessage({ refused: error.message })
}
