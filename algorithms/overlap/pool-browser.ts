import { createPool, type Pool, type Thread } from './pool.ts'

/** A pool of Web Workers, one per core unless told. The worker, and with it the WASM, is fetched only when this is called. */
export function browserPool(threads = navigator.hardwareConcurrency): Pool {
  return createPool(Array.from({ length: threads }, browserThread))
}

function browserThread(): Thread {
  const worker = new Worker(new URL('./worker-browser.ts', import.meta.url), { type: 'module' })
  return {
    post: (job) => worker.postMessage(job, []),
    listen: (onAnswer, onDeath) => {
      worker.addEventListener('message', (event) => onAnswer(event.data))
      worker.addEventListener('error', (event) => onDeath(new Error(event.message || 'a worker could not be started')))
    },
    close: () => worker.terminate(),
  }
}
