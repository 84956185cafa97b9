import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { fault } from './fault.ts'
import type { OverlapResult } from './protocol.ts'
import type { List } from './read-list.ts'

/** The result as CSV (`count`, or `row,key` with data rows from 1) or as one JSON object. */
export function resultText(result: OverlapResult, list: List, format: 'csv' | 'json'): string {
  const rows = result.rows?.flatMap((at) => (list.rows[at] ?? []).map((row) => ({ row, key: list.keys[at] ?? '' }))) ?? null
  rows?.sort((a, b) => a.row - b.row)
  if (format === 'json') {
    const { transcript, commitment, peer_commitment, ...said } = result
    return `${JSON.stringify({ ...said, kind: list.kind, rows, transcript, ...commitment, peer_commitment })}\n`
  }
  if (rows) return ['row,key', ...rows.map(({ row, key }) => `${row},${csvCell(key)}`), ''].join('\n')
  return `count\n${result.below === null ? (result.count ?? '') : `<${result.below}`}\n`
}

/** Writes a whole file or none: beside its place first, then renamed. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${randomUUID()}.part`
  try {
    writeFileSync(beside, text)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw fault('input', `cannot write ${path}: ${error instanceof Error ? error.message : 'unknown trouble'}`)
  }
}

/** Quotes a cell where CSV asks for it, and disarms what a spreadsheet would run as a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
