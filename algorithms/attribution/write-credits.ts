import { randomUUID } from 'node:crypto'
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { badInput } from './bad-input.ts'
import type { ChannelCredit } from './tally.ts'

// A cell that begins so would run as a formula in a spreadsheet; one more apostrophe in front keeps it text, reading takes it off.
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/u

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Credits as CSV `channel,conversions,value` or as a JSON array of the same fields; numbers in full precision. */
export function formatCredits(credits: readonly ChannelCredit[], format: 'csv' | 'json'): string {
  if (format === 'json') return `${JSON.stringify(credits, null, 2)}\n`
  const lines = credits.map(({ channel, conversions, value }) => `${cell(channel)},${conversions},${value}`)
  return `${['channel,conversions,value', ...lines].join('\n')}\n`
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Where a write to `path` really goes, and whether that is a plain file or may become one. */
function target(path: string): { path: string; plain: boolean } {
  try {
    const real = realpathSync(path)
    const found = statSync(real)
    if (found.isDirectory()) throw badInput(`--out ${path}: is a folder; name a file`)
    return { path: real, plain: found.isFile() }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { path, plain: true }
    throw error
  }
}

/** Refuses early, before anything is read, what could not be written in the end. */
export function checkTarget(path: string): void {
  const { path: real } = target(path)
  if (!statSync(dirname(real), { throwIfNoEntry: false })?.isDirectory())
    throw badInput(`--out ${path}: the folder ${dirname(real)} does not exist`)
}

/** Writes a file whole or not at all: a new file beside it takes its place when it is complete. Throws bad input when it cannot. */
export function writeWhole(path: string, text: string): void {
  const { path: real, plain } = target(path)
  const fresh = join(dirname(real), `.${basename(real)}.${randomUUID()}.tmp`)
  try {
    if (!plain) return writeFileSync(real, text)
    writeFileSync(fresh, text, { flag: 'wx' })
    renameSync(fresh, real)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw badInput(`--out ${path}: ${reason(error)}`)
  }
}
