import { type Issue, Refusal } from '../../kernel/errors.ts'
import type { Importable, ImportOutcome } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { MadeRow } from './make-row.ts'

export interface Result {
  made: MadeRow
  outcome: ImportOutcome['outcome']
  record_id: string | null
  record_version: number | null
  changes: ImportOutcome['changes']
  issues: readonly Issue[]
}

/** Rows that came with the same content before and whose record is still of that import, by their hash. */
async function knownHashes(ctx: Ctx, rows: readonly MadeRow[]): Promise<Map<string, string>> {
  const hashes = rows.map(({ hash }) => hash).filter((hash) => hash !== null)
  if (hashes.length === 0) return new Map()
  const found = await ctx.db
    .selectFrom('import_rows')
    .select(['hash', 'record_id'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('hash', 'in', hashes)
    .where((eb) => eb.or([eb('undo', 'is', null), eb('undo', '<>', 'undone')]))
    .execute()
  return new Map(found.flatMap(({ hash, record_id }) => (hash && record_id ? [[hash, record_id] as const] : [])))
}

const blank = (made: MadeRow, outcome: Result['outcome'], record_id: string | null, issues: readonly Issue[] = []): Result => ({
  made,
  outcome,
  record_id,
  record_version: null,
  changes: {},
  issues,
})

/** Saves a batch in this transaction; tells the outcome of each row, in order. */
export async function saveBatch(ctx: Ctx, importable: Importable, rows: readonly MadeRow[]): Promise<Result[]> {
  const known = await knownHashes(ctx, rows)
  const here = new Set<string>()
  const results = new Map<MadeRow, Result>()
  const wanted: MadeRow[] = []
  for (const made of rows) {
    const there = made.hash === null ? undefined : known.get(made.hash)
    if (made.issues.length > 0) results.set(made, blank(made, 'refused', null, made.issues))
    else if (there !== undefined || (made.hash !== null && here.has(made.hash)))
      results.set(made, blank(made, 'unchanged', there ?? null))
    else {
      if (made.hash !== null) here.add(made.hash)
      wanted.push(made)
    }
  }
  // The rows went through the room's own schema.
  const saved = wanted.length === 0 ? [] : await importable.save(ctx, wanted.map(({ row }) => row) as never[])
  for (const [i, made] of wanted.entries()) {
    const one = saved[i]
    if (!one) throw new Error('A save gave fewer outcomes than it had rows')
    const isKept = one.outcome !== 'refused'
    const issues = isKept ? (one.warnings ?? []) : one.issues
    results.set(made, {
      made,
      outcome: one.outcome,
      record_id: isKept ? one.id : null,
      record_version: isKept ? one.version : null,
      changes: one.changes,
      issues,
    })
  }
  return rows.map((made) => results.get(made) ?? blank(made, 'refused', null))
}

/** What a row's own refusal says; other errors go on. */
export function issuesOf(error: unknown): readonly Issue[] {
  if (!(error instanceof Refusal) || error.code === 'unavailable') throw error
  return (error.details.issues as Issue[] | undefined) ?? [{ path: '', message: error.message }]
}

/** The one row's own refusal as its result; other errors go on. */
export const refusedResult = (made: MadeRow, error: unknown): Result => blank(made, 'refused', null, issuesOf(error))

export interface Counts {
  created: number
  changed: number
  unchanged: number
  refused: number
}

/** Adds the outcomes of results to counts. */
export function countInto(counts: Counts, results: readonly Result[]): Counts {
  const next = { ...counts }
  for (const { outcome } of results) next[outcome === 'updated' ? 'changed' : outcome] += 1
  return next
}
