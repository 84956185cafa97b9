import * as z from 'zod'
import { Day, event, Id, Instant, innerOnly, listInput, pageOf, route } from '../../kernel/contract.ts'
import { Branding } from '../identity/contract.ts'

const DocumentState = z.enum(['draft', 'tested', 'published', 'retired'])
/** What a document rules: a subject's decision table, its terms, or the public text. */
const DocumentKind = z.enum(['deals.review', 'deals.terms', 'engagement'])
/** Ecosystem-wide, or for a region, or for a track; the most specific one in force wins. */
const Scope = z.strictObject({ kind: z.enum(['ecosystem', 'region', 'track']), value: z.string().max(40).nullable() })

/** What a document says. Its form depends on its kind; the rooms of the kinds tell it (see `declareKind`). */
export const DocumentBody = z.record(z.string(), z.unknown())
export const StoredBody = z.unknown()

export const RuleDocument = z.object({
  id: Id,
  version: z.int(),
  kind: DocumentKind,
  title: z.string(),
  scope: Scope,
  number: z.int().describe('Counts the versions of a kind and scope: v1, v2 …'),
  state: DocumentState,
  body: StoredBody,
  published_from: Instant.nullable(),
  retired_at: Instant.nullable(),
  tested_at: Instant.nullable(),
  created_at: Instant,
})
export type RuleDocument = z.output<typeof RuleDocument>

const Comparison = z.object({
  field: z.string(),
  operator: z.string(),
  value: z.unknown(),
  seen: z.unknown(),
  hit: z.boolean(),
})
export const Reason = z.object({
  row: z.string(),
  label: z.string(),
  hit: z.boolean(),
  clause: z.int().nullable(),
  comparisons: z.array(Comparison),
})
export type Reason = z.output<typeof Reason>

export const Decision = z.object({
  id: Id,
  subject_type: z.string(),
  subject_id: Id,
  kind: DocumentKind,
  outcome: z.string(),
  by: z.enum(['rule', 'person', 'clock']),
  member_id: innerOnly(Id.nullable()),
  document_id: Id.nullable(),
  document_title: z.string().nullable(),
  document_number: z.int().nullable(),
  at: Instant,
  reasons: z.array(Reason).describe('The reasons that the caller may see'),
  facts: z.record(z.string(), z.unknown()).describe('The facts that the caller may see'),
  all_reasons: innerOnly(z.array(Reason)),
  all_facts: innerOnly(z.record(z.string(), z.unknown())),
  note: z.string().nullable(),
})
export type Decision = z.output<typeof Decision>

export const EngagementRules = z.object({
  ecosystem: z.string(),
  branding: Branding.nullable(),
  title: z.string(),
  number: z.int(),
  published_from: Instant,
  clauses: z.array(z.object({ number: z.int(), title: z.string(), text: z.string() })),
})

const DocumentDraft = z.object({
  kind: DocumentKind,
  title: z.string().trim().min(1).max(200),
  scope: Scope.default({ kind: 'ecosystem', value: null }),
  body: DocumentBody,
})

export const list = route('GET', '/rule-documents', {
  summary: 'List rule documents',
  permission: 'decisions.read',
  list: true,
  input: listInput({ kind: DocumentKind.optional(), state: DocumentState.optional() }, ['title', 'published_from', 'created_at']),
  output: pageOf(RuleDocument),
})
export const get = route('GET', '/rule-documents/:id', {
  summary: 'Read a rule document',
  permission: 'decisions.read',
  input: z.object({ id: Id }),
  output: RuleDocument,
})
export const draft = route('POST', '/rule-documents', {
  summary: 'Draft a new version of a rule document',
  permission: 'decisions.draft',
  status: 201,
  input: DocumentDraft,
  output: RuleDocument,
})
export const edit = route('PATCH', '/rule-documents/:id', {
  summary: 'Change a draft',
  permission: 'decisions.draft',
  versioned: true,
  input: z.object({ id: Id, title: z.string().trim().min(1).max(200).optional(), body: DocumentBody.optional() }),
  output: RuleDocument,
})
export const Replayed = z.object({
  state: z.enum(['running', 'done', 'stale']).describe('stale: the document was changed meanwhile; test it again'),
  total: z.int().describe('Recorded cases of the kind'),
  decisions: z.int().describe('Those judged so far'),
  same: z.int(),
  better: z.int().describe('Cases that end better for the party concerned'),
  worse: z.int(),
  rows: z
    .array(z.object({ row: z.string(), hits: z.int(), before: z.int() }))
    .describe("How many cases each row decides, and how many it decided then; the row '' is the outcome when none holds"),
  moves: z.array(z.object({ before: z.string(), after: z.string(), count: z.int() })),
  parties: z
    .array(z.object({ partner_id: Id, name: z.string(), better: z.int(), worse: z.int() }))
    .describe('Who gains and who loses, those with most changes first'),
  changed: z
    .array(
      z.object({
        decision_id: Id,
        subject_id: Id,
        at: Instant,
        before: z.string(),
        after: z.string(),
        row: z.string().describe('The row that decides now'),
        because: z.array(Reason).describe('The rows of the draft that hold, with what each comparison saw'),
      }),
    )
    .describe('The first of those that would come out otherwise'),
  started_at: Instant,
  ended_at: Instant.nullable(),
})
export type Replayed = z.output<typeof Replayed>
export const replay = route('GET', '/rule-documents/:id/replay', {
  summary: 'The last replay of a document, with its progress',
  permission: 'decisions.read',
  input: z.object({ id: Id }),
  output: Replayed,
})
export const test = route('POST', '/rule-documents/:id/test', {
  summary: 'Replay a draft over the recorded decisions of its kind; a long history is judged in the background',
  permission: 'decisions.draft',
  input: z.object({ id: Id, since: Day.optional() }),
  output: z.object({ document: RuleDocument, replay: Replayed }),
})
export const publish = route('POST', '/rule-documents/:id/publish', {
  summary: 'Publish a tested document from a moment on; the one in force is retired then',
  permission: 'decisions.publish',
  versioned: true,
  input: z.object({ id: Id, from: Instant.optional() }),
  output: RuleDocument,
})
export const retire = route('POST', '/rule-documents/:id/retire', {
  summary: 'Retire a published document',
  permission: 'decisions.publish',
  versioned: true,
  input: z.object({ id: Id }),
  output: RuleDocument,
})
export const of_subject = route('GET', '/decisions', {
  summary: 'The decisions on a record, newest first',
  permission: 'decisions.read_own',
  input: z.object({ subject_type: z.string().max(60), subject_id: Id }),
  output: z.object({ items: z.array(Decision) }),
})
export const engagement_rules = route('GET', '/ecosystems/:slug/rules-of-engagement', {
  summary: 'The rules of engagement in force, for everybody',
  permission: 'public',
  input: z.object({ slug: z.string().max(60) }),
  output: EngagementRules,
})

/** A new version is being written: the host's business until it is published. */
export const drafted = event('decisions.drafted', z.object({ document_id: Id, kind: DocumentKind, number: z.int() }), {
  audience: 'inner',
})
export const published = event('decisions.published', z.object({ document_id: Id, kind: DocumentKind, number: z.int() }))

const staff = [
  'owner',
  'admin',
  'channel_manager',
  'direct_seller',
  'partner_marketing',
  'enablement',
  'finance',
  'legal',
  'auditor',
  'executive',
]
const partner = ['partner_admin', 'partner_seller', 'partner_marketer', 'partner_technical', 'partner_finance']
export const permissions = {
  'decisions.read': staff,
  'decisions.read_own': [...staff, ...partner],
  'decisions.draft': ['owner', 'admin'],
  'decisions.publish': ['owner', 'admin'],
}
