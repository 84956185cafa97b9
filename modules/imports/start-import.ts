import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import { cancelled, type Import, started } from './contract.ts'
import { kindFor } from './kinds.ts'
import { getImport, importForUpdate, type LockedImport, missingFields } from './queries.ts'
import { STATE } from './rules.ts'

function refuseUnready(row: LockedImport): void {
  if (row.rows_key === null) throw new Refusal('conflict', 'The file is gone after its time: upload it again')
  const missing = missingFields(row.kind, row.mapping, row.settings)
  if (missing.length > 0)
    throw new Refusal('invalid', `mapping: no column fills ${missing.join(', ')}`, {
      issues: missing.map((field) => ({ path: `mapping.${field}`, message: 'choose the column that fills it' })),
    })
}

/** Starts to try every row without keeping anything. */
export async function checkImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  const row = await importForUpdate(ctx, id)
  kindFor(ctx, row.kind)
  const state = STATE.move(row.state, 'check')
  refuseUnready(row)
  await changeImport(ctx, row, { state, preview: null, done: 0, run_by: ctx.actor.member_id })
  ctx.enqueue('imports.check', { import_id: id, version: row.version + 1 })
  return getImport(ctx, { id })
}

/** Starts to save the rows, or goes on where it was stopped. */
export async function runImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  const row = await importForUpdate(ctx, id)
  kindFor(ctx, row.kind)
  const isNew = row.started_at === null
  const state = STATE.move(row.state, 'run')
  refuseUnready(row)
  const first = isNew ? { done: 0, started_at: ctx.now } : {}
  await changeImport(ctx, row, { state, ...first, problem: null, ended_at: null, run_by: ctx.actor.member_id })
  ctx.enqueue('imports.run', { import_id: id })
  if (isNew) ctx.emit(started, { import_id: id, kind: row.kind, rows: row.total })
  return getImport(ctx, { id })
}

export async function cancelImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  const row = await importForUpdate(ctx, id)
  kindFor(ctx, row.kind)
  const state = STATE.move(row.state, 'cancel')
  await changeImport(ctx, row, { state, ...(state === 'cancelled' ? { ended_at: ctx.now } : { done: 0 }) })
  if (state === 'cancelled') ctx.emit(cancelled, { import_id: id })
  return getImport(ctx, { id })
}

/** Starts to take back the rows that nobody touched since. */
export async function undoImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  const row = await importForUpdate(ctx, id)
  kindFor(ctx, row.kind)
  const state = STATE.move(row.state, 'undo')
  await changeImport(ctx, row, { state, run_by: ctx.actor.member_id })
  ctx.enqueue('imports.undo', { import_id: id })
  return getImport(ctx, { id })
}
