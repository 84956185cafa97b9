import { existsSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

type Figures = Record<string, number | string>

/** Prints the one JSON line of a bench: its name, parameters, figures (units in the key: `_s`, `_ms`, `_per_s`, `_mb`) and machine. */
export function report(name: string, params: Figures, figures: Figures): void {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
  }
  console.log(JSON.stringify({ name, params, figures, machine }))
}

/** Runs `work` and returns its result with the CPU seconds (user + system, all threads) and wall seconds it took. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; cpu_s: number; wall_s: number }> {
  const cpu = process.cpuUsage()
  const start = process.hrtime.bigint()
  const result = await work()
  const spent = process.cpuUsage(cpu)
  return { result, cpu_s: (spent.user + spent.system) / 1e6, wall_s: Number(process.hrtime.bigint() - start) / 1e9 }
}

/** CPU seconds that the connections of a database have used so far, by Linux' own account; 0 where there is none. `owner` runs a statement. */
export async function databaseCpu(owner: (text: string) => Promise<unknown[]>): Promise<number> {
  const rows = (await owner('select pid from pg_stat_activity where datname = current_database()')) as { pid: number }[]
  const ticks = rows.map(({ pid }) => {
    const fields = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ') : []
    return Number(fields[13] ?? 0) + Number(fields[14] ?? 0)
  })
  return ticks.reduce((sum, one) => sum + one, 0) / 100
}
