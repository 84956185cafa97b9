import { sql } from 'kysely'
import type { SavedRow, UndoneRow } from '../../kernel/importing.ts'
import type { Ctx, JobCtx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import { undone } from './contract.ts'
import { importForUpdate } from './queries.ts'
import { BATCH } from './read-batches.ts'
import { STATE } from './rules.ts'
import { openRun } from './run-rows.ts'

/** The next rows to take back, the last saved first, since later rows may hang on earlier ones. */
async function nextRows(ctx: Ctx, import_id: string) {
  return ctx.db
    .selectFrom('import_rows')
    .select(['id', 'record_id', 'record_version', 'outcome', 'changes'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('import_id', '=', import_id)
    .where('outcome', 'in', ['created', 'updated'])
    .where('undo', 'is', null)
    .orderBy('line', 'desc')
    .orderBy('id', 'desc')
    .limit(BATCH)
    .execute()
}

/** Takes back the rows of an import, batch by batch; those touched or in use stay and are marked. */
export async function undoRows(job: JobCtx, { import_id }: Record<string, unknown>): Promise<void> {
  const id = String(import_id)
  const open = await openRun(job, id, 'undoing')
  if (!open) return
  const { importable, actor } = open.run
  const batch = () =>
    job.tx(async (ctx) => {
      const row = await importForUpdate(ctx, id)
      if (row.state !== 'undoing') return false
      const rows = await nextRows(ctx, id)
      if (rows.length === 0) {
        await changeImport(ctx, row, { state: STATE.move(row.state, 'finish'), ended_at: ctx.now })
        ctx.emit(undone, { import_id: id, undone: row.undone, kept: row.kept })
        return false
      }
      // The two outcomes are what the query asks for, and both have a record.
      const saves = rows.map(
        ({ record_id, record_version, outcome, changes }) =>
          ({ id: record_id, version: record_version, outcome, changes: changes ?? {} }) as SavedRow,
      )
      const told = new Map((await importable.undo(ctx, saves)).map((one) => [one.id, one.outcome]))
      const marks = rows.map(({ id: row_id, record_id }): { id: string; undo: UndoneRow['outcome'] } => ({
        id: row_id,
        undo: told.get(record_id ?? '') ?? 'touched',
      }))
      await sql`update import_rows set undo = r.undo from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as r(id uuid, undo text)
        where import_rows.tenant_id = ${ctx.tenant_id} and import_rows.id = r.id`.execute(ctx.db)
      const gone = marks.filter((one) => one.undo === 'undone').length
      await changeImport(ctx, row, { undone: row.undone + gone, kept: row.kept + marks.length - gone })
      return true
    }, actor)
  while (await batch());
}
