import type { Ctx, DueClock, JobCtx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import { importForUpdate } from './queries.ts'

/** The time of a file is over: its removal is left to a job, since a clock has no way to the files. */
export async function forgetDue(ctx: Ctx, clock: DueClock): Promise<void> {
  ctx.enqueue('imports.forget', { import_id: clock.subject_id })
}

/** Removes the file of an import and the rows as they stood in it; what became of them stays. */
export async function forgetFile(job: JobCtx, { import_id }: Record<string, unknown>): Promise<void> {
  const id = String(import_id)
  const { file_key, rows_key } = await job.tx((ctx) => importForUpdate(ctx, id))
  for (const key of [file_key, rows_key]) if (key !== null) await job.files.remove(key)
  await job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    await changeImport(ctx, row, { file_key: null, rows_key: null, sample: '[]' })
    await ctx.db
      .updateTable('import_rows')
      .set({ cells: null })
      .where('tenant_id', '=', ctx.tenant_id)
      .where('import_id', '=', id)
      .execute()
  })
}
