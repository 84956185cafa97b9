import type { Input } from '../../kernel/contract.ts'
import { type Issue, invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import type { Import, Mapped, map } from './contract.ts'
import { kindFor } from './kinds.ts'
import { getImport, importForUpdate, type LockedImport } from './queries.ts'
import { STATE } from './rules.ts'

function merged(row: LockedImport, given: NonNullable<Input<typeof map>['mapping']>, fields: ReadonlySet<string>): Mapped[] {
  const issues: Issue[] = []
  const chosen = new Map<string, string | null>()
  for (const [i, { column, field }] of given.entries()) {
    if (!row.header.includes(column))
      issues.push({ path: `mapping.${i}.column`, message: `'${column}' is no column of the file` })
    if (field !== null && !fields.has(field))
      issues.push({ path: `mapping.${i}.field`, message: `'${field}' is no field of ${row.kind}` })
    chosen.set(column, field)
  }
  // A field that is given to one column is taken from the one that was guessed for it.
  const taken = new Set([...chosen.values()].filter((field) => field !== null))
  const mapping = row.mapping.map(({ column, field, sure }) => {
    if (chosen.has(column)) return { column, field: chosen.get(column) ?? null, sure: 1 }
    return field !== null && taken.has(field) ? { column, field: null, sure: 0 } : { column, field, sure }
  })
  for (const field of taken) {
    const columns = mapping.filter((one) => one.field === field)
    if (columns.length > 1)
      issues.push({ path: 'mapping', message: `two columns fill ${field}: ${columns.map(({ column }) => column).join(', ')}` })
  }
  if (issues.length > 0) throw invalid(issues)
  return mapping
}

/** Reads another sheet of the workbook; what was mapped for the one before says nothing about it. */
async function readSheet(ctx: Ctx, row: LockedImport, { mapping, sheet }: { mapping: unknown; sheet: string }): Promise<Import> {
  const sheets = row.format?.sheets ?? []
  const issues: Issue[] = []
  if (!sheets.includes(sheet))
    issues.push({ path: 'sheet', message: `'${sheet}' is no sheet of the file; there are ${sheets.join(', ') || 'none'}` })
  if (mapping !== undefined) issues.push({ path: 'mapping', message: 'comes after the sheet is read: its columns are others' })
  if (issues.length > 0) throw invalid(issues)
  if (row.file_key === null) throw new Refusal('conflict', 'The file is gone after its time: upload it again')
  const blank = { header: '[]', sample: '[]', mapping: '[]', preview: null, total: 0, done: 0, problem: null, ended_at: null }
  await changeImport(ctx, row, {
    ...blank,
    state: STATE.move(row.state, 'choose_sheet'),
    format: JSON.stringify({ ...row.format, sheet }),
  })
  ctx.enqueue('imports.read', { import_id: row.id })
  return getImport(ctx, { id: row.id })
}

export async function mapImport(ctx: Ctx, { id, mapping, settings, sheet }: Input<typeof map>): Promise<Import> {
  const row = await importForUpdate(ctx, id)
  const importable = kindFor(ctx, row.kind)
  if (sheet !== undefined && sheet !== row.format?.sheet) return readSheet(ctx, row, { mapping, sheet })
  const state = STATE.move(row.state, 'map')
  const fields = new Set(importable.columns.map(({ field }) => field))
  await changeImport(ctx, row, {
    state,
    mapping: JSON.stringify(mapping ? merged(row, mapping, fields) : row.mapping),
    settings: JSON.stringify({ ...row.settings, ...settings }),
    preview: null,
    done: 0,
  })
  return getImport(ctx, { id })
}
