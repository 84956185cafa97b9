import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import type { Tables } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage, type Page } from '../../kernel/pages.ts'
import type { Import, ImportRow, list, Mapped, Preview, RowResult, rows } from './contract.ts'
import { importableOf } from './kinds.ts'
import type { Settings, State } from './rules.ts'
import type { TableFormat } from './table/convert-table.ts'

const LISTED = [
  'imports.id',
  'kind',
  'imports.name',
  'imports.state',
  'problem',
  'file_bytes',
  'total',
  'done',
  'created',
  'changed',
  'unchanged',
  'refused',
  'undone',
  'kept',
  'imports.created_at',
  'started_at',
  'imports.ended_at',
  'imports.version',
] as const

/** The one door to imports: everybody of the host who may read imports sees them all. */
const visibleImports = (ctx: Ctx) =>
  ctx.db
    .selectFrom('imports')
    .leftJoin('members as by', (join) =>
      join.onRef('by.tenant_id', '=', 'imports.tenant_id').onRef('by.id', '=', 'imports.created_by'),
    )
    .select([...LISTED, 'by.name as created_by_name'])
    .where('imports.tenant_id', '=', ctx.tenant_id)

export async function listImports(ctx: Ctx, input: Input<typeof list>): Promise<Page<ImportRow>> {
  let query = visibleImports(ctx)
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.state) query = query.where('imports.state', 'in', input.state)
  if (input.q) query = query.where(sql<boolean>`position(lower(${input.q}) in lower(imports.name)) > 0`)
  const page = await keysetPage(query, input, {
    sorts: { name: sql`imports.name`, state: sql`imports.state`, created_at: sql`imports.created_at` },
    fallback: '-created_at',
    id: sql`imports.id`,
  })
  // The table's check holds the states of the contract.
  return page as Page<ImportRow>
}

type Stored = Omit<{ [K in keyof Tables['imports']]: unknown }, 'tenant_id'>
/** An import as its own verbs and jobs see it. */
export interface LockedImport extends Stored {
  id: string
  kind: string
  name: string
  state: State
  file_key: string | null
  rows_key: string | null
  header: string[]
  sample: string[][]
  mapping: Mapped[]
  settings: Settings
  format: TableFormat | null
  total: number
  done: number
  created: number
  changed: number
  unchanged: number
  refused: number
  undone: number
  kept: number
  run_by: string | null
  version: number
}

const missing = () => new Refusal('not_found', 'There is no such import')

/** Locks an import and matches its version. */
export async function importForUpdate(ctx: Ctx, id: string): Promise<LockedImport> {
  const row = await ctx.db
    .selectFrom('imports')
    .selectAll()
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw missing()
  ctx.match(row.version)
  return row as LockedImport
}

async function sameFile(ctx: Ctx, row: { id: string; kind: string; file_sha256: string; created_at: string }) {
  const found = await ctx.db
    .selectFrom('imports')
    .select(['id', 'state', 'created_at'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('file_sha256', '=', row.file_sha256)
    .where('kind', '=', row.kind)
    .where('id', '<>', row.id)
    .where('created_at', '<', row.created_at)
    .where('started_at', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (found ?? null) as Import['same_file']
}

export const missingFields = (kind: string, mapping: readonly Mapped[], settings: Partial<Settings>): string[] => {
  const filled = new Set(mapping.map(({ field }) => field))
  return importableOf(kind)
    .columns.filter(
      ({ field, required, kind: cell }) => required && !filled.has(field) && !(cell === 'country' && settings.country),
    )
    .map(({ field }) => field)
}

export async function getImport(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  const row = await visibleImports(ctx)
    .select(['format', 'header', 'sample', 'mapping', 'settings', 'report', 'file_sha256'])
    .where('imports.id', '=', id)
    .executeTakeFirst()
  if (!row) throw missing()
  const hasTable = row.header.length > 0
  return {
    ...row,
    format: row.format && { ...(row.format as TableFormat), sheets: (row.format as Partial<TableFormat>).sheets ?? [] },
    sample: row.sample.slice(0, 10),
    settings: hasTable ? row.settings : null,
    missing: hasTable ? missingFields(row.kind, row.mapping, row.settings) : [],
    same_file: await sameFile(ctx, row),
  } as Import
}

const NOTHING = { created: 0, changed: 0, unchanged: 0, refused: 0, reasons: [], items: [] }

export async function getPreview(ctx: Ctx, { id }: { id: string }): Promise<Preview> {
  const row = await ctx.db
    .selectFrom('imports')
    .select(['state', 'done', 'total', 'preview'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw missing()
  return { ...NOTHING, ...row.preview, state: row.state, done: row.done, total: row.total } as Preview
}

/** Why a row was refused, in one text. */
const reasonOf = (issues: readonly { path: string; message: string }[]): string =>
  issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')

export async function listRows(ctx: Ctx, input: Input<typeof rows>): Promise<Page<RowResult>> {
  const own = await ctx.db
    .selectFrom('imports')
    .select('header')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', input.id)
    .executeTakeFirst()
  if (!own) throw missing()
  let query = ctx.db
    .selectFrom('import_rows')
    .select(['id', 'line', 'outcome', 'title', 'record_id', 'undo', 'issues', 'cells'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('import_id', '=', input.id)
  if (input.outcome) query = query.where('outcome', 'in', input.outcome)
  if (input.undo) query = query.where('undo', 'in', input.undo)
  if (input.q) query = query.where(sql<boolean>`position(lower(${input.q}) in lower(title)) > 0`)
  const page = await keysetPage(query, input, { sorts: { line: sql`line` }, fallback: 'line', id: sql`id` })
  const header = own.header as string[]
  const items = page.items.map(({ issues, cells, ...row }) => ({
    ...row,
    reason: reasonOf(issues ?? []),
    issues: issues ?? [],
    cells: header.map((name, i): [string, string] => [name, (cells as string[] | null)?.[i] ?? '']),
  }))
  return { next: page.next, items: items as RowResult[] }
}
