import { sql } from 'kysely'
import type { Issue } from '../../kernel/errors.ts'
import type { SavedRow, UndoneRow } from '../../kernel/importing.ts'
import type { Ctx, JobCtx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import { undone } from './contract.ts'
import { importForUpdate } from './queries.ts'
import { BATCH } from './read-batches.ts'
import { STATE } from './rules.ts'
import { openRun } from './run-rows.ts'
import { issuesOf } from './save-batch.ts'

/**
 * The next rows to take back, the last saved first, since later rows may hang on earlier ones; each record once, since an earlier row of
 * the same one waits until the later is back.
 */
async function nextRows(ctx: Ctx, import_id: string, limit: number) {
  const rows = await ctx.db
    .selectFrom('import_rows')
    .select(['id', 'record_id', 'record_version', 'outcome', 'changes'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('import_id', '=', import_id)
    .where('outcome', 'in', ['created', 'updated'])
    .where('undo', 'is', null)
    .orderBy('line', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const records = new Set<string | null>()
  const again = rows.findIndex(({ record_id }) => records.size === records.add(record_id).size)
  return again < 0 ? rows : rows.slice(0, again)
}
type NextRow = Awaited<ReturnType<typeof nextRows>>[number]

/** Marks rows with what became of them, and gives how many are back. */
async function markRows(ctx: Ctx, import_id: string, rows: readonly NextRow[], told: readonly UndoneRow[]): Promise<number> {
  const of = new Map(told.map((one) => [one.id, one]))
  const marks = rows.map(({ id, record_id, outcome }) => {
    const { outcome: undo, issues = null } = of.get(record_id ?? '') ?? { outcome: 'touched' as const }
    return { id, undo, issues, record_id, outcome }
  })
  await sql`update import_rows set undo = r.undo, issues = coalesce(r.issues, import_rows.issues)
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as r(id uuid, undo text, issues jsonb)
    where import_rows.tenant_id = ${ctx.tenant_id} and import_rows.id = r.id`.execute(ctx.db)
  const back = marks.filter(({ undo }) => undo === 'undone')
  // A change and its undoing count two versions, which earlier rows of the same record do not know.
  const changed = back.flatMap(({ outcome, record_id }) => (outcome === 'updated' && record_id ? [record_id] : []))
  if (changed.length > 0)
    await sql`update import_rows set record_version = record_version + 2 where tenant_id = ${ctx.tenant_id}
      and import_id = ${import_id} and undo is null and record_id = any(${changed}::uuid[])`.execute(ctx.db)
  return back.length
}

type Undoing = NonNullable<Awaited<ReturnType<typeof openRun>>>['run']
type Undo = (ctx: Ctx, rows: SavedRow[]) => Promise<UndoneRow[]>

/** Takes the next rows back in a transaction of their own; false when there is nothing more to do. */
const takeBack = ({ job, id, actor }: Undoing, undo: Undo, limit: number): Promise<boolean> =>
  job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    if (row.state !== 'undoing') return false
    const rows = await nextRows(ctx, id, limit)
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
    const gone = await markRows(ctx, id, rows, await undo(ctx, saves))
    await changeImport(ctx, row, { undone: row.undone + gone, kept: row.kept + rows.length - gone })
    return true
  }, actor)

const refuseAll =
  (issues: readonly Issue[]): Undo =>
  async (_ctx, rows) =>
    rows.map(({ id }) => ({ id, outcome: 'refused', issues }))

/** Takes back the rows of an import, batch by batch; those touched, in use or refused stay and are marked. */
export async function undoRows(job: JobCtx, { import_id }: Record<string, unknown>): Promise<void> {
  const open = await openRun(job, String(import_id), 'undoing')
  if (!open) return
  const { run } = open
  // A batch in which the database refuses one row is halved until that one stands alone, so that only that one is left.
  let size = BATCH
  for (;;) {
    try {
      if (!(await takeBack(run, run.importable.undo, size))) return
      size = Math.min(BATCH, size * 2)
    } catch (error) {
      const issues = issuesOf(error)
      if (size === 1) await takeBack(run, refuseAll(issues), 1)
      size = Math.ceil(size / 2)
    }
  }
}
