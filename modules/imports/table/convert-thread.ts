import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../kernel/errors.ts'
import { type Conversion, convertTable, type TableFormat } from './convert-table.ts'

const { path, out, sheet } = workerData as Conversion
let format: TableFormat | null = null
// A thread's port has no origin to name.
/* oxlint-disable unicorn/require-post-message-target-origin */
try {
  parentPort?.postMessage({ table: await convertTable({ path, out, sheet, told: (one) => (format = one) }) })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  parentPort?.postMessage({ refused: error.message, format })
}
