import { fault } from './fault.ts'
import { type Blinded, POINT_BYTES } from './group.ts'
import type { Answer, Job } from './job.ts'

/** One thread, whatever carries it: `post` sends a job, `listen` is told every answer and every death of the thread. */
export type Thread = {
  post: (job: Job) => void
  listen: (onAnswer: (answer: Answer) => void, onDeath: (error: Error) => void) => void
  close: () => void
}

/**
 * Called after every batch with the number of points done and to do.
 * @public
 */
export type Progress = (done: number, total: number) => void

export type Pool = {
  /** Hashes every key with the prefix to the group and multiplies by the scalar: 32·n bytes, in order. */
  blindKeys: (keys: readonly string[], prefix: Uint8Array, scalar: Uint8Array, progress?: Progress) => Promise<Blinded>
  /** Multiplies 32·n bytes of points by the scalar, in order; `bad` names the first invalid one. */
  blindPoints: (points: Uint8Array, scalar: Uint8Array, progress?: Progress) => Promise<Blinded>
  close: () => void
}

const BATCH = 1024
const encoder = new TextEncoder()

type Waiting = { resolve: (blinded: Blinded) => void; reject: (error: Error) => void }

/** Asks a thread and hears its answer; once a thread has died, nothing is answered any more. */
function connect(threads: readonly Thread[]): (thread: Thread, job: Job) => Promise<Blinded> {
  const waiting = new Map<number, Waiting>()
  let dead: Error | undefined
  const settle = (answer: Answer): void => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) call?.reject(new Error(answer.error))
    else call?.resolve(answer.blinded)
  }
  const die = (error: Error): void => {
    dead = error
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
  }
  for (const thread of threads) thread.listen(settle, die)
  return (thread, job) => {
    if (dead) return Promise.reject(dead)
    return new Promise((resolve, reject) => {
      waiting.set(job.id, { resolve, reject })
      thread.post(job)
    })
  }
}

/** Joins threads into a pool: batches of 1,024 go to whichever thread is free. `close` ends the threads. */
export function createPool(threads: readonly Thread[]): Pool {
  if (threads.length === 0) throw fault('input', 'a pool needs at least one thread')
  const ask = connect(threads)
  let last = 0

  async function spread(
    total: number,
    jobFor: (id: number, from: number, to: number) => Job,
    progress?: Progress,
  ): Promise<Blinded> {
    const points = new Uint8Array(total * POINT_BYTES)
    let next = 0
    let done = 0
    let bad = -1
    async function work(thread: Thread): Promise<void> {
      while (next < total && bad < 0) {
        const from = next
        next = Math.min(total, from + BATCH)
        const count = next - from
        const part = await ask(thread, jobFor(++last, from, next))
        if (part.bad >= 0) bad = bad < 0 ? from + part.bad : Math.min(bad, from + part.bad)
        points.set(part.points, from * POINT_BYTES)
        progress?.((done += count), total)
      }
    }
    // Two batches in flight per thread, so that none waits for the post.
    await Promise.all([...threads, ...threads].map(work))
    return { points, bad }
  }

  return {
    blindKeys: (keys, prefix, scalar, progress) =>
      spread(keys.length, (id, from, to) => ({ id, kind: 'keys', prefix, scalar, ...encodeKeys(keys, from, to) }), progress),
    blindPoints: (points, scalar, progress) =>
      spread(
        points.length / POINT_BYTES,
        (id, from, to) => ({ id, kind: 'points', scalar, points: points.slice(from * POINT_BYTES, to * POINT_BYTES) }),
        progress,
      ),
    close: () => {
      for (const thread of threads) thread.close()
    },
  }
}

function encodeKeys(keys: readonly string[], from: number, to: number): { text: Uint8Array; ends: Uint32Array } {
  const parts = keys.slice(from, to)
  const ends = new Uint32Array(parts.length)
  const text = new Uint8Array(parts.reduce((sum, key) => sum + key.length * 3, 0))
  let at = 0
  for (let i = 0; i < parts.length; i++) {
    at += encoder.encodeInto(parts[i] ?? '', text.subarray(at)).written
    ends[i] = at
  }
  return { text: text.slice(0, at), ends }
}
