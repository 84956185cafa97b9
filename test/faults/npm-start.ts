import { join } from 'node:path'
import { type Child, startChild } from '../child.ts'
import { freePort } from '../free-port.ts'

const script = join(import.meta.dirname, '..', '..', 'bin', 'start.mjs')
const START_MILLIS = 90_000

export interface Started extends Child {
  address: string
  /** True once it answers; false when it ended before. */
  answers: () => Promise<boolean>
  /** Waits until it answers; when it does not, what it said is why. */
  ready: () => Promise<Started>
}

/** Whether the product of an address says that all is well. */
const isWell = (address: string): Promise<boolean> =>
  fetch(`${address}/api/health`, { signal: AbortSignal.timeout(10_000) }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.ok
    },
    () => false,
  )

/** `npm start` with these variables and no others of ours. */
export async function npmStart(folder: string, given: Record<string, string>): Promise<Started> {
  const port = given.PORT ?? String(await freePort())
  const { DATABASE_URL: _, ...inherited } = process.env
  const env = { ...inherited, RIALTO_DEMO: 'off', PORT: port, ...given }
  const child = startChild([script], { cwd: folder, env, data: given.DATA_DIR })
  const address = `http://127.0.0.1:${port}`
  const answers = async () => {
    for (const end = performance.now() + START_MILLIS; performance.now() < end && !child.isOver(); ) {
      if (await isWell(address)) return true
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return false
  }
  const started: Started = {
    ...child,
    address,
    answers,
    ready: async () => {
      const from = performance.now()
      if (await answers()) return started
      const how = child.isOver() ? `ended with ${(await child.ended).status}` : 'still runs'
      throw new Error(
        `${address} did not answer within ${Math.round(performance.now() - from)} ms; it ${how} and said:\n${child.said()}`,
      )
    },
  }
  return started
}
