import type { JobCtx } from '../../kernel/module.ts'

export const BATCH = 500

export interface RawRow {
  line: number
  /** Texts, and numbers where a workbook holds one as such. */
  cells: (string | number)[]
}

async function* linesOf(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let held = ''
  for await (const chunk of chunks) {
    held += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const end = held.lastIndexOf('\n')
    if (end < 0) continue
    for (const line of held.slice(0, end).split('\n')) yield line
    held = held.slice(end + 1)
  }
}

/** The rows of a read file from the one after `skip`, in batches; never more than a few batches are held. */
export async function* readBatches(job: JobCtx, rows_key: string, skip: number): AsyncGenerator<RawRow[]> {
  let batch: RawRow[] = []
  let at = 0
  for await (const text of linesOf(await job.files.read(rows_key))) {
    at += 1
    if (at <= skip) continue
    // We wrote it ourselves: `[line, cell, …]`.
    const [line, ...cells] = JSON.parse(text) as [number, ...(string | number)[]]
    batch.push({ line, cells })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
