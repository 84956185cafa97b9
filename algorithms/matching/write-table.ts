import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { badInput } from './bad-input.ts'

/** Refuses early an output that could not be written in the end. */
export function checkTarget(path: string): void {
  if (path === '-') return
  if (!existsSync(dirname(path))) throw badInput(`--out ${path}: the folder ${dirname(path)} does not exist; create it first`)
  if (existsSync(path) && statSync(path).isDirectory()) throw badInput(`--out ${path}: is a folder; name a file`)
}

/** Writes lines to a file beside the target and renames it when whole, so that no half-written file is ever seen; `-` is standard output. */
export async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  if (path === '-') {
    for (const line of lines) if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
    return
  }
  if (existsSync(path) && !statSync(path).isFile()) return writeThrough(path, lines)
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`
  try {
    await writeThrough(temporary, lines)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw badInput(`--out ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function writeThrough(path: string, lines: Iterable<string>): Promise<void> {
  const out = createWriteStream(path)
  const closed = once(out, 'close')
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, 'drain')
  out.end()
  await closed
}

/** A CSV cell: quoted where it must be, and never a formula to a spreadsheet. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
