import type { JobCtx } from '../../kernel/module.ts'
import { changeImport } from './change-import.ts'
import type { Preview, PreviewRow } from './contract.ts'
import { type MadeRow, makeReader } from './make-row.ts'
import { importForUpdate } from './queries.ts'
import { readBatches } from './read-batches.ts'
import { STATE } from './rules.ts'
import { openRun } from './run-rows.ts'
import { type Counts, countInto, type Result, refusedResult, saveBatch } from './save-batch.ts'
import { tidyMemory } from './tidy-memory.ts'

const SHOWN = 50
// Rows that see one another's effect in the preview; more would hold locks for too long.
const CHUNK = 5000

type Shown = Pick<Preview, 'items' | 'reasons'>

function makeTally() {
  let counts: Counts = { created: 0, changed: 0, unchanged: 0, refused: 0 }
  const shown = new Map<string, PreviewRow[]>()
  const reasons = new Map<string, Shown['reasons'][number]>()
  const take = (results: readonly Result[]) => {
    counts = countInto(counts, results)
    for (const { made, outcome, issues, changes } of results) {
      const own = shown.get(outcome) ?? []
      shown.set(outcome, own)
      if (own.length < SHOWN)
        own.push({
          line: made.line,
          outcome,
          title: made.title,
          issues: [...issues],
          changes:
            outcome === 'updated' ? Object.fromEntries(Object.entries(changes).map(([field, pair]) => [field, [...pair]])) : {},
        })
      if (outcome !== 'refused') continue
      for (const { path, message, code, values } of issues) {
        // Alike but for the value that they quote.
        const text = message.replace(/'[^']*'/g, '…')
        const key = `${path} ${text}`
        const blank = values && Object.fromEntries(Object.keys(values).map((name) => [name, '…']))
        const reason = reasons.get(key) ?? { path, message: text, count: 0, code, values: blank }
        reason.count += 1
        if (reasons.size < 200 || reasons.has(key)) reasons.set(key, reason)
      }
    }
  }
  const result = (): Counts & Shown => ({
    ...counts,
    reasons: [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, 50),
    items: [...shown.values()].flat().sort((a, b) => a.line - b.line),
  })
  return { take, result }
}

/** Saves rows in a transaction that is then thrown away, and gives the outcomes. */
async function tryRows(
  run: NonNullable<Awaited<ReturnType<typeof openRun>>>['run'],
  rows: readonly MadeRow[],
): Promise<Result[]> {
  const back = new Error('The preview keeps nothing')
  const results: Result[] = []
  try {
    await run.job.tx(async (ctx) => {
      for (let from = 0; from < rows.length; from += 500)
        results.push(...(await saveBatch(ctx, run.importable, rows.slice(from, from + 500))))
      throw back
    }, run.actor)
  } catch (error) {
    if (error === back) return results
    if (rows.length === 1 && rows[0]) return [refusedResult(rows[0], error)]
    const half = Math.ceil(rows.length / 2)
    if (!refusedResult(rows[0] as MadeRow, error)) return []
    return [...(await tryRows(run, rows.slice(0, half))), ...(await tryRows(run, rows.slice(half)))]
  }
  return results
}

/** Tries every row of an import without keeping anything, and stores what would have been. */
export async function checkRows(job: JobCtx, { import_id, version }: Record<string, unknown>): Promise<void> {
  const id = String(import_id)
  const open = await openRun(job, id, 'checking')
  const rows_key = open?.row.rows_key
  if (!open || !rows_key) return
  const { row, run } = open
  if (typeof version === 'number' && row.version < version) return
  const read = makeReader(run.importable, row.mapping, row.settings)
  const tally = makeTally()
  let [pending, done]: [MadeRow[], number] = [[], 0]
  const flush = async (): Promise<boolean> => {
    tally.take(await tryRows(run, pending))
    done += pending.length
    pending = []
    return job.tx(async (ctx) => {
      const now = await importForUpdate(ctx, id)
      if (now.state !== 'checking') return false
      const state = done < row.total ? now.state : STATE.move(now.state, 'finish')
      await changeImport(ctx, now, { state, done, preview: JSON.stringify(tally.result()) })
      return true
    })
  }
  for await (const batch of readBatches(job, rows_key, 0)) {
    for (const { line, cells } of batch) pending.push(read(line, cells))
    if (pending.length < CHUNK) continue
    if (!(await flush())) return
    await tidyMemory(CHUNK)
  }
  if (pending.length > 0) await flush()
}
