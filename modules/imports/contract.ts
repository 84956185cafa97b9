import * as z from 'zod'
import { event, Id, Instant, listInput, pageOf, route, Several, UploadedFile } from '../../kernel/contract.ts'
import { DAY_ORDERS, DECIMALS, STATE } from './rules.ts'

const Label = z.object({ en: z.string(), de: z.string() })
const Kind = z.string().min(1).max(60)

export const KindInfo = z.object({
  kind: z.string(),
  label: Label,
  columns: z.array(
    z.object({ field: z.string(), kind: z.string(), label: Label, required: z.boolean(), choices: z.array(z.string()) }),
  ),
})
export type KindInfo = z.output<typeof KindInfo>

/** One column of the file and the field that it fills; null fills none. `sure` is between 0 and 1, and 1 once a person said so. */
export const Mapped = z.object({ column: z.string(), field: z.string().nullable(), sure: z.number().min(0).max(1) })
export type Mapped = z.output<typeof Mapped>

const Settings = z.strictObject({
  day_order: z.enum(DAY_ORDERS).describe('How days with figures are written: 2026-11-22, 22.11.2026 or 11/22/2026'),
  decimal: z.enum(DECIMALS).describe('The decimal mark of amounts'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency code of three letters as EUR')
    .nullable()
    .describe('For amounts that come without a currency'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two letters as DE')
    .nullable()
    .describe('For rows that come without a country'),
})

export const ImportRow = z.object({
  id: Id,
  kind: z.string(),
  name: z.string(),
  state: STATE.schema,
  problem: z.string().nullable(),
  file_bytes: z.int(),
  total: z.int(),
  done: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  undone: z.int(),
  kept: z.int(),
  created_at: Instant,
  created_by_name: z.string().nullable(),
  started_at: Instant.nullable(),
  ended_at: Instant.nullable(),
  version: z.int(),
})
export type ImportRow = z.output<typeof ImportRow>

export const Import = ImportRow.extend({
  format: z
    .object({
      type: z.enum(['csv', 'xlsx']),
      encoding: z.string(),
      delimiter: z.string().nullable(),
      sheet: z.string().nullable(),
      sheets: z.array(z.string()).describe('The visible sheets of a workbook; one of them is read'),
    })
    .nullable(),
  header: z.array(z.string()),
  sample: z.array(z.array(z.string())).describe('The first rows as they stand in the file'),
  mapping: z.array(Mapped),
  settings: Settings.nullable(),
  missing: z.array(z.string()).describe('Required fields that no column fills'),
  same_file: z
    .object({ id: Id, state: STATE.schema, created_at: Instant })
    .nullable()
    .describe('An earlier import of this very file'),
  report: z
    .record(z.string(), z.int())
    .nullable()
    .describe('What there is to know of the rows that it brought or changed, as duplicates and families'),
})
export type Import = z.output<typeof Import>

const Issue = z.object({
  path: z.string(),
  message: z.string(),
  code: z.string().optional().describe('What the message says, for saying it in another language'),
  values: z.record(z.string(), z.string()).optional(),
})
const Outcome = z.enum(['created', 'updated', 'unchanged', 'refused'])
const Undo = z.enum(['undone', 'touched', 'in_use', 'refused'])

export const PreviewRow = z.object({
  line: z.int(),
  outcome: Outcome,
  title: z.string(),
  issues: z.array(Issue),
  changes: z.record(z.string(), z.array(z.unknown())),
})
export type PreviewRow = z.output<typeof PreviewRow>
export const Preview = z.object({
  state: STATE.schema,
  done: z.int(),
  total: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  reasons: z.array(Issue.extend({ count: z.int() })).describe('Why rows would be refused, the commonest first'),
  items: z.array(PreviewRow).describe('The first rows of each outcome'),
})
export type Preview = z.output<typeof Preview>

export const RowResult = z.object({
  id: Id,
  line: z.int(),
  outcome: Outcome,
  title: z.string(),
  record_id: Id.nullable(),
  undo: Undo.nullable(),
  reason: z.string(),
  issues: z.array(Issue).describe('The reason, part by part'),
  cells: z.array(z.array(z.string())).describe('The row as it stood in the file, where it was refused'),
})
export type RowResult = z.output<typeof RowResult>

const UPLOAD_BYTES = 128 * 1_048_576

export const kinds = route('GET', '/imports/kinds', {
  summary: 'What may be imported, with the fields that columns can fill',
  permission: 'imports.read',
  input: z.object({}),
  output: z.object({ items: z.array(KindInfo) }),
})
export const list = route('GET', '/imports', {
  summary: 'List imports',
  permission: 'imports.read',
  list: true,
  input: listInput({ kind: Kind.optional(), state: Several(STATE.schema).optional() }, ['name', 'state', 'created_at']),
  output: pageOf(ImportRow),
})
export const get = route('GET', '/imports/:id', {
  summary: 'Show an import with its progress',
  permission: 'imports.read',
  input: z.object({ id: Id }),
  output: Import,
})
export const upload = route('POST', '/imports', {
  summary: 'Upload a CSV or XLSX file; it is read in the background, then its columns can be mapped',
  permission: 'imports.run',
  status: 201,
  upload: UPLOAD_BYTES,
  input: z.object({ kind: Kind, name: z.string().trim().min(1).max(200).default('Upload'), file: UploadedFile }),
  output: Import,
})
export const map = route('PATCH', '/imports/:id', {
  summary: 'Say which column fills which field, how days and amounts are written, or which sheet of a workbook is meant',
  permission: 'imports.run',
  versioned: true,
  input: z.object({
    id: Id,
    mapping: z
      .array(z.strictObject({ column: z.string().max(250), field: z.string().max(60).nullable() }))
      .max(500)
      .optional(),
    settings: Settings.partial().optional(),
    sheet: z.string().max(200).optional().describe('Another sheet is read in the background, and its columns are guessed anew'),
  }),
  output: Import,
})
export const check = route('POST', '/imports/:id/preview', {
  summary: 'Try every row without keeping anything, in the background',
  permission: 'imports.run',
  input: z.object({ id: Id }),
  output: Import,
})
export const preview = route('GET', '/imports/:id/preview', {
  summary: 'What the rows would do: counts, reasons and the first rows of each outcome',
  permission: 'imports.read',
  input: z.object({ id: Id }),
  output: Preview,
})
export const run = route('POST', '/imports/:id/run', {
  summary: 'Import the rows in the background; one that was stopped goes on where it was',
  permission: 'imports.run',
  input: z.object({ id: Id }),
  output: Import,
})
export const cancel = route('POST', '/imports/:id/cancel', {
  summary: 'Stop an import or a preview after the rows that are just being saved',
  permission: 'imports.run',
  input: z.object({ id: Id }),
  output: Import,
})
export const undo = route('POST', '/imports/:id/undo', {
  summary: 'Take back the rows that nobody touched since; the others are listed',
  permission: 'imports.run',
  input: z.object({ id: Id }),
  output: Import,
})
export const rows = route('GET', '/imports/:id/rows', {
  summary: 'What became of each row; as CSV with the row as it stood, to be corrected and uploaded again',
  permission: 'imports.read',
  list: true,
  spread: { field: 'cells', beside: ['line', 'title', 'reason', 'undo'] },
  input: listInput({ id: Id, outcome: Several(Outcome).optional(), undo: Several(Undo).optional() }, ['line']),
  output: pageOf(RowResult),
})

const about = z.object({ import_id: Id })
const inside = { audience: 'inner' } as const
const counts = { created: z.int(), changed: z.int(), unchanged: z.int(), refused: z.int() }
export const uploaded = event('imports.uploaded', about.extend({ kind: z.string() }), inside)
export const started = event('imports.started', about.extend({ kind: z.string(), rows: z.int() }), inside)
export const finished = event('imports.finished', about.extend({ kind: z.string(), ...counts }), inside)
export const failed = event('imports.failed', about, inside)
export const cancelled = event('imports.cancelled', about, inside)
export const undone = event('imports.undone', about.extend({ undone: z.int(), kept: z.int() }), inside)

const RUNNERS = ['owner', 'admin', 'channel_manager', 'direct_seller']
export const permissions: Record<string, string[]> = {
  'imports.read': [...RUNNERS, 'auditor'],
  'imports.run': RUNNERS,
}
