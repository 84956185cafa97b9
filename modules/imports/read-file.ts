import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../kernel/errors.ts'
import type { JobCtx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import { guessMapping, guessSettings } from './guess-mapping.ts'
import { importableOf } from './kinds.ts'
import { importForUpdate } from './queries.ts'
import { STATE } from './rules.ts'
import { convertApart } from './table/convert-apart.ts'
import type { Table, TableFormat } from './table/convert-table.ts'

const ROWS_BYTES = 1_073_741_824

type Read = { table: Table; rows_key: string } | { problem: string; format: TableFormat | null }

async function convert(job: JobCtx, file_key: string, sheet: string | null): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), 'rialto-import-'))
  try {
    const out = join(folder, 'rows')
    const converted = await job.files.local(file_key, (path) => convertApart({ path, out, sheet }))
    if ('problem' in converted) return converted
    const { key } = await job.files.put(job.tenant_id, createReadStream(out), ROWS_BYTES)
    return { table: converted.table, rows_key: key }
  } catch (error) {
    // A store that does not answer is no fault of the file: the job is tried again.
    if (error instanceof Refusal && error.code !== 'unavailable') return { problem: error.message, format: null }
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Reads an uploaded file into rows, and guesses which column fills which field. */
export async function readFile(job: JobCtx, { import_id }: Record<string, unknown>): Promise<void> {
  const id = String(import_id)
  const before = await job.tx((ctx) => importForUpdate(ctx, id))
  if (before.state !== 'reading' || before.file_key === null) return
  const read = await convert(job, before.file_key, before.format?.sheet ?? null)
  // The rows of a sheet that was read before.
  if (before.rows_key !== null) await job.files.remove(before.rows_key)
  await job.tx(async (ctx) => {
    const row = await importForUpdate(ctx, id)
    if (row.state !== 'reading') return
    if ('problem' in read) {
      const format = read.format ?? row.format
      await changeImport(ctx, row, {
        state: STATE.move(row.state, 'refuse'),
        problem: read.problem,
        ended_at: ctx.now,
        rows_key: null,
        format: format && JSON.stringify(format),
      })
      return
    }
    const { format, header, rows, sample } = read.table
    await changeImport(ctx, row, {
      state: STATE.move(row.state, 'read'),
      rows_key: read.rows_key,
      format: JSON.stringify(format),
      header: JSON.stringify(header),
      sample: JSON.stringify(sample.slice(0, 20)),
      mapping: JSON.stringify(guessMapping(header, sample, importableOf(row.kind))),
      settings: JSON.stringify(guessSettings(sample, format.delimiter)),
      total: rows,
    })
  })
}
