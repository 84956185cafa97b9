import { fault } from './fault.ts'
import { type Blinded, type Group, UNIFORM_BYTES } from './group.ts'
import { sodiumGroup } from './group-sodium.ts'
import { hasSimd, simdGroup } from './simd/group-simd.ts'
import { loadSodium, type Sodium } from './sodium.ts'

/** A batch of work for one thread; structured-cloneable. */
export type Job = { id: number; scalar: Uint8Array } & (
  | {
      kind: 'keys' /** 64 bytes hashed before every key */
      prefix: Uint8Array /** UTF-8 of all keys */
      text: Uint8Array
      ends: Uint32Array
    }
  | { kind: 'points'; points: Uint8Array }
)
export type Answer = { id: number; blinded: Blinded } | { id: number; error: string }

type Machine = { raw: Sodium; group: Group; textAt: number; hashAt: number; room: number }
let machine: Promise<Machine> | undefined

async function start(): Promise<Machine> {
  const raw = await loadSodium()
  const group = hasSimd() ? await simdGroup() : sodiumGroup(raw)
  return { raw, group, textAt: raw.room(4096), hashAt: raw.room(UNIFORM_BYTES), room: 4096 }
}

/** SHA-512(prefix ‖ key) of every key, 64 bytes each. */
function hashKeys(to: Machine, prefix: Uint8Array, text: Uint8Array, ends: Uint32Array): Uint8Array {
  const out = new Uint8Array(ends.length * UNIFORM_BYTES)
  let start = 0
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i] ?? start
    const length = prefix.length + end - start
    if (length > to.room)
      throw fault('input', `key ${i + 1} of this batch has ${end - start} bytes; a key may have ${to.room - prefix.length}`)
    to.raw.heap().set(prefix, to.textAt)
    to.raw.heap().set(text.subarray(start, end), to.textAt + prefix.length)
    to.raw.sha512(to.hashAt, to.textAt, length, 0)
    out.set(to.raw.heap().subarray(to.hashAt, to.hashAt + UNIFORM_BYTES), i * UNIFORM_BYTES)
    start = end
  }
  return out
}

/** Does one job; the same code runs in a Node worker thread, a Web Worker and in the calling thread. */
export async function runJob(job: Job): Promise<Answer> {
  try {
    machine ??= start()
    const to = await machine
    if (job.kind === 'points') return { id: job.id, blinded: to.group.blind(job.points, job.scalar) }
    return { id: job.id, blinded: to.group.hashBlind(hashKeys(to, job.prefix, job.text, job.ends), job.scalar) }
  } catch (error) {
    return { id: job.id, error: error instanceof Error ? error.message : String(error) }
  }
}
