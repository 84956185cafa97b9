import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// A number may have been given to another process since; when it started tells them apart, where the system says so.
function bornAt(pid: number): string {
  const file = `/proc/${pid}/stat`
  return existsSync(file) ? (readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '') : ''
}

/** The process that works on a data folder now, other than this one; null when there is none. */
export function holderOf(folder: string): number | null {
  const file = join(folder, 'rialto.pid')
  const [pid = 0, born] = existsSync(file) ? readFileSync(file, 'utf8').split(' ') : []
  if (!Number(pid) || Number(pid) === process.pid) return null
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    // Somebody else's process is one that lives.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null
  }
  return born === undefined || born === bornAt(Number(pid)) ? Number(pid) : null
}

/** Does what a data folder needs; where the system refuses that, the folder and the remedy are named. */
function inFolder<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const why = `The data folder ${folder} cannot be used (${error.message}).`
    throw new Error(`${why} Give one that this user may write, with DATA_DIR.`, { cause: error })
  }
}

/** Makes a data folder, and sees that this user may write there. */
export function makeFolder(folder: string): void {
  inFolder(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  })
}

/** One copy at a time works on a data folder; what a killed copy left is taken over. Returns how to give it back. */
export function claimFolder(folder: string): () => void {
  const file = join(folder, 'rialto.pid')
  makeFolder(folder)
  const holder = holderOf(folder)
  if (holder !== null)
    throw new Error(
      `Rialto runs on the data folder ${folder} already (process ${holder}). Stop that one, or give this one a folder of its own with DATA_DIR.`,
    )
  inFolder(folder, () => {
    if (existsSync(file)) rmSync(file)
    // Of two copies that start at once, one makes the file.
    writeFileSync(file, `${process.pid} ${bornAt(process.pid)}`, { flag: 'wx' })
  })
  return () => rmSync(file, { force: true })
}
