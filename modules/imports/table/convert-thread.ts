import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../kernel/errors.ts'
import { convertTable } from './convert-table.ts'

const { path, out } = workerData as { path: string; out: string }
try {
  parentPort?.postMessage({ table: await convertTable(path, out) })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  parentPort?.postMessage({ refused: error.message })
}
