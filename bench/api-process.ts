import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
// Linux counts processor time in hundredths of a second.
const TICK_MS = 10

interface Stat {
  parent: number
  millis: number
}

function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), millis: (Number(fields[11]) + Number(fields[12])) * TICK_MS }
  } catch {
    return null
  }
}

/** Processor milliseconds of a process so far. */
export const cpuOf = (pid: number): number => statOf(pid)?.millis ?? 0

/** Processor milliseconds of a PostgreSQL server with all its backends. */
export function cpuOfPostgres(folder: string): number {
  const master = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const stats = pids.map((pid) => ({ pid: Number(pid), stat: statOf(pid) }))
  return stats.reduce((sum, { pid, stat }) => (pid === master || stat?.parent === master ? sum + (stat?.millis ?? 0) : sum), 0)
}

/** Resident memory of a process in MB. */
export const memoryOf = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)

export interface Running {
  pid: number
  /** From the start of the process to the first answer, in milliseconds of wall time. */
  first_answer_ms: number
  stop: () => Promise<void>
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok
  } catch {
    return false
  }
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
/** What `npm start` runs, with its flags. */
const START = scripts.start.split(' ').slice(1)

/** Starts the product as `npm start` does and waits for its first answer. */
export async function startProduct(port: number, env: Record<string, string>, node: string[] = []): Promise<Running> {
  const started = performance.now()
  const child: ChildProcess = spawn(process.execPath, [...node, ...START], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), RIALTO_DEMO: 'off', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode} before its first answer`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return {
    pid: child.pid ?? 0,
    first_answer_ms: Math.round(performance.now() - started),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Starts the floor (`api-floor.ts`) in a process of its own; a create there stores one row or all `rows` of a registration. */
export async function startFloor(
  url: string,
  port: number,
  { size, creates }: { size: string; creates: 'row' | 'rows' },
): Promise<Pick<Running, 'pid' | 'stop'>> {
  const script = join(import.meta.dirname, 'api-floor.ts')
  const child = spawn(process.execPath, [script, url, String(port), size, creates], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs the loader in a process of its own and reads what it saw. */
export async function runLoader<T>(job: object): Promise<T> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'api-load.ts'), JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  if (code !== 0) throw new Error(`The loader ended with ${code}`)
  return JSON.parse(text) as T
}
