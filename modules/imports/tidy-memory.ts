import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'major'; execution: 'async' }) => Promise<void>

/** Rows after which long work tidies up. */
const EVERY = 2500
let seen = 0
let collect: Collect | undefined

// V8 gives its collector to contexts made after the flag is set; there is no other door to it in a running process.
function collector(): Collect {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as Collect
}

/**
 * Rows that wait for the database outlive V8's young garbage, which it then lets grow with the machine's memory and not with what is
 * in use; so long work clears it away as it goes on, and takes as much memory for a hundred thousand rows as for ten thousand.
 */
export async function tidyMemory(rows: number): Promise<void> {
  seen += rows
  if (seen < EVERY) return
  seen = 0
  collect ??= collector()
  await collect({ type: 'major', execution: 'async' })
}
