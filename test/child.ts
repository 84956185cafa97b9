import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MILLIS = 20_000

export interface Child {
  process: ChildProcess
  /** How it ended, when it did: its exit code, and all that it printed. */
  ended: Promise<{ status: number | null; said: string }>
  isOver: () => boolean
  /** All that it printed until now. */
  said: () => string
  /** Ends it as a person would, and as the system would when it does not listen. */
  stop: () => Promise<void>
}

export interface ChildOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** The data folder in which it keeps a database, which outlives it when it is killed. */
  data?: string | undefined
}

const open = new Set<Child>()
const databases = new Set<string>()
const folders: string[] = []

/** A folder of this file's own, which goes when what works on it has ended. */
export function ownFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `rialto-${name}-`))
  folders.push(folder)
  return folder
}

/** A program of ours in a process of its own; with the file that started it, it ends. */
export function startChild(args: string[], { cwd, env, data }: ChildOptions = {}): Child {
  // No stream is shared with the runner of the tests, which would wait for whoever holds it.
  const started = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, over] = ['', false]
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = new Promise<{ status: number | null; said: string }>((resolve) => {
    const end = (status: number | null) => {
      over = true
      open.delete(child)
      resolve({ status, said })
    }
    started.on('error', (error) => {
      said += error.message
      end(null)
    })
    started.on('close', end)
  })
  const stop = async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (over) return
      started.kill(signal)
      await Promise.race([ended, pause(PATIENCE_MILLIS, undefined, { ref: false })])
    }
  }
  const child: Child = { process: started, ended, isOver: () => over, said: () => said, stop }
  open.add(child)
  if (data) databases.add(data)
  return child
}

/** The number of the process that keeps the database of a data folder. */
export const postmaster = (data: string): number =>
  Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

async function endDatabase(data: string): Promise<void> {
  const file = join(data, 'postgres', 'postmaster.pid')
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    if (!existsSync(file)) return
    try {
      process.kill(postmaster(data), signal)
    } catch {
      return
    }
    for (let waited = 0; waited < PATIENCE_MILLIS && existsSync(file); waited += 50) await pause(50)
  }
}

/** Ends all that was started and still runs, for a test that must not find what one before it left. */
export async function endChildren(): Promise<void> {
  await Promise.all([...open].map((child) => child.stop()))
  await Promise.all([...databases].map(endDatabase))
}

// Whatever a file started ends with it, also where an assertion failed in between: nothing keeps the runner waiting.
after(async () => {
  await endChildren()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
process.on('exit', () => {
  for (const child of open) child.process.kill('SIGKILL')
})
