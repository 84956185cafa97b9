import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { createPool, type Pool, type Thread } from './pool.ts'

/** A pool of worker threads, as many as the machine has cores unless told. Call `close` or the process stays alive. */
export function nodePool(threads = availableParallelism()): Pool {
  return createPool(Array.from({ length: threads }, nodeThread))
}

function nodeThread(): Thread {
  const worker = new Worker(new URL('./worker-node.ts', import.meta.url))
  return {
    post: (job) => worker.postMessage(job, []),
    listen: (onAnswer, onDeath) => {
      worker.on('message', onAnswer)
      worker.on('error', onDeath)
      worker.on('exit', (code) => onDeath(new Error(`a worker thread ended (code ${code}) before its work was done`)))
    },
    close: () => void worker.terminate(),
  }
}
