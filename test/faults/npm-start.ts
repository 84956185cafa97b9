import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'

const script = join(import.meta.dirname, '..', '..', 'bin', 'start.mjs')

export interface Started {
  /** How it ended, when it did: its exit code, and all that it printed. */
  ended: Promise<{ status: number | null; said: string }>
  address: string
  /** True once it answers; false when it ended before. */
  answers: () => Promise<boolean>
  stop: () => Promise<void>
}

/** `npm start` with these variables and no others of ours. */
export async function npmStart(folder: string, given: Record<string, string>): Promise<Started> {
  const port = given.PORT ?? String(await freePort())
  const { DATABASE_URL: _, ...inherited } = process.env
  const env = { ...inherited, RIALTO_DEMO: 'off', PORT: port, ...given }
  const child = spawn(process.execPath, [script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  let over = false
  const ended = new Promise<{ status: number | null; said: string }>((resolve) =>
    child.on('close', (status) => {
      over = true
      resolve({ status, said })
    }),
  )
  const address = `http://127.0.0.1:${port}`
  const answers = async () => {
    for (let tries = 0; tries < 600 && !over; tries += 1) {
      const found = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
        (one) => one.ok,
        () => false,
      )
      if (found) return true
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return false
  }
  return {
    ended,
    address,
    answers,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
