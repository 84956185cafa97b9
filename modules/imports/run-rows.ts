import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Importable } from '../../kernel/importing.ts'
import type { Actor, Ctx, JobCtx } from '../../kernel/module.ts'
import { actorOf } from './actor-of.ts'
import { changeImport } from './change-import.ts'
import { failed, finished } from './contract.ts'
import { importableOf } from './kinds.ts'
import { type MadeRow, makeReader } from './make-row.ts'
import { importForUpdate, type LockedImport } from './queries.ts'
import { readBatches } from './read-batches.ts'
import { reportOf } from './report-of.ts'
import { STATE } from './rules.ts'
import { countInto, type Result, refusedResult, saveBatch } from './save-batch.ts'
import { tidyMemory } from './tidy-memory.ts'

// A job may be taken for lost after a quarter of an hour, so a long import hands itself on before that.
const SLICE_MILLIS = 300_000

/** Keeps what became of the rows; the rows as they stood only of those refused. */
async function keepResults(ctx: Ctx, import_id: string, results: readonly Result[]): Promise<void> {
  const rows = results.map(({ made, outcome, record_id, record_version, changes, issues }) => ({
    id: ctx.id(),
    line: made.line,
    outcome,
    title: made.title,
    record_id,
    record_version,
    changes: outcome === 'updated' ? changes : null,
    hash: outcome === 'created' ? made.hash : null,
    cells: outcome === 'refused' ? made.cells : null,
    issues: issues.length > 0 ? issues : null,
  }))
  await sql`insert into import_rows (tenant_id, id, import_id, line, outcome, title, record_id, record_version, changes, hash, cells, issues)
    select ${ctx.tenant_id}::uuid, r.id, ${import_id}::uuid, r.line, r.outcome, r.title, r.record_id, r.record_version, r.changes, r.hash, r.cells, r.issues
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, line int, outcome text, title text, record_id uuid, record_version int,
      changes jsonb, hash text, cells jsonb, issues jsonb) on conflict do nothing`.execute(ctx.db)
}

interface Run {
  job: JobCtx
  id: string
  actor: Actor
  importable: Importable
}

/** Saves rows with the progress in the same transaction: whoever finds another place reached gives way. */
async function commitRows({ job, id, actor, importable }: Run, at: number, rows: readonly MadeRow[]): Promise<boolean> {
  return job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    if (row.state !== 'running' || row.done !== at) return false
    const results = await saveBatch(ctx, importable, rows)
    await keepResults(ctx, id, results)
    const { created, changed, unchanged, refused } = row
    await changeImport(ctx, row, { done: at + rows.length, ...countInto({ created, changed, unchanged, refused }, results) })
    return true
  }, actor)
}

async function commitRefused({ job, id, actor }: Run, at: number, result: Result): Promise<boolean> {
  return job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    if (row.state !== 'running' || row.done !== at) return false
    await keepResults(ctx, id, [result])
    await changeImport(ctx, row, { done: at + 1, refused: row.refused + 1 })
    return true
  }, actor)
}

/** A batch in which one row is refused by the database is saved row by row, so that only that one is left out. */
async function commitBatch(run: Run, at: number, rows: readonly MadeRow[]): Promise<boolean> {
  try {
    return await commitRows(run, at, rows)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'unavailable') throw error
  }
  for (const [i, made] of rows.entries()) {
    const isOn = await commitRows(run, at + i, [made]).catch((error: unknown) =>
      commitRefused(run, at + i, refusedResult(made, error)),
    )
    if (!isOn) return false
  }
  return true
}

async function finish({ job, id, actor }: Run): Promise<void> {
  await job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    if (row.state !== 'running' || row.done < row.total) return
    const report = await reportOf(ctx, row)
    await changeImport(ctx, row, {
      state: STATE.move(row.state, 'finish'),
      ended_at: ctx.now,
      report: report === null ? null : JSON.stringify(report),
    })
    const { kind, created, changed, unchanged, refused } = row
    ctx.emit(finished, { import_id: id, kind, created, changed, unchanged, refused })
  }, actor)
}

/** Leaves an import as failed with the reason; what was saved stays, and it can be run on. */
async function failImport(job: JobCtx, id: string, problem: string): Promise<void> {
  await job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    if (!STATE.can(row.state, 'fail')) return
    await changeImport(ctx, row, {
      state: STATE.move(row.state, 'fail'),
      problem,
      ...(row.state === 'running' ? { ended_at: ctx.now } : {}),
    })
    ctx.emit(failed, { import_id: id })
  })
}

/** Finds the import and whoever runs it; a person who may no longer do so ends it, with null. */
export async function openRun(
  job: JobCtx,
  id: string,
  state: LockedImport['state'],
): Promise<{ row: LockedImport; run: Run } | null> {
  try {
    return await job.tx(async (ctx) => {
      const row = await importForUpdate(ctx, id)
      if (row.state !== state) return null
      const importable = importableOf(row.kind)
      const actor = await actorOf(ctx, row.run_by)
      if (!actor.permissions.has(importable.permission))
        throw new Refusal('forbidden', `Whoever started this may no longer do it: ${importable.permission} is missing`)
      return { row, run: { job, id, actor, importable } }
    })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'forbidden') throw error
    await failImport(job, id, error.message)
    return null
  }
}

/** Saves the rows of an import from where it stands. */
export async function runRows(job: JobCtx, { import_id }: Record<string, unknown>): Promise<void> {
  const id = String(import_id)
  const open = await openRun(job, id, 'running')
  const rows_key = open?.row.rows_key
  if (!open || !rows_key) return
  const { row, run } = open
  const read = makeReader(run.importable, row.mapping, row.settings)
  const until = Date.now() + SLICE_MILLIS
  let at = row.done
  for await (const batch of readBatches(job, rows_key, at)) {
    const rows = batch.map(({ line, cells }) => read(line, cells))
    if (!(await commitBatch(run, at, rows))) return
    at += rows.length
    await tidyMemory(rows.length)
    if (Date.now() > until) {
      await job.tx(async (ctx) => ctx.enqueue('imports.run', { import_id: id }))
      return
    }
  }
  await finish(run)
}
